// What the script of a page gets: the parts of its data. Each function's
// comment in the .cpp says what its JSON holds; the script is the only reader.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "Blob.h"
#include "Page.h"

#include <nlohmann/json.hpp>

#include <map>
#include <set>
#include <string>

namespace tatami::prof {

/// Texts that occur often, each held once and named by its number.
class Names {
public:
  size_t operator()(const std::string &name) {
    auto [place, isNew] = numbers.try_emplace(name, all.size());
    if (isNew)
      all.push_back(name);
    return place->second;
  }
  const nlohmann::json &list() const { return all; }

private:
  std::map<std::string, size_t> numbers;
  nlohmann::json all = nlohmann::json::array();
};

nlohmann::json runData(const PageInput &input);
nlohmann::json codeData(const Analysis &analysis);
nlohmann::json meshData(const PageInput &input, Blob &blob);
nlohmann::json energyData(const EnergyReport &energy, Blob &blob);
nlohmann::json rooflineData(const Roofline &node, const Roofline &machine);
nlohmann::json pathData(const CriticalPath &path);
/// \p wanted: lines by file. Only what looks like source.
nlohmann::json
sourceData(const std::map<size_t, std::set<unsigned>> &wanted,
           const nlohmann::json &files, const Symbols &symbols);

/// {executed, issued, [cause, cycles, ...], macs, flops, sramBytes, packets,
/// hops, crossings}, zeros at the end left out.
nlohmann::json countsData(const CodeCycles &counts);

} // namespace tatami::prof
