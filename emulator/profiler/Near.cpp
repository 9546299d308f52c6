// Finds similar names by their edit distance.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/profiler/Near.h"

#include "llvm/ADT/StringRef.h"

#include <fmt/format.h>

#include <algorithm>

namespace tatami::prof {

std::string didYouMean(const std::string &given,
                       const std::vector<std::string> &names) {
  constexpr size_t most = 3;
  const llvm::StringRef wanted(given);
  const unsigned limit = unsigned(std::max<size_t>(2, given.size() / 3));
  std::vector<std::pair<unsigned, std::string>> near;
  for (const std::string &name : names) {
    // Parameters are seldom what was mistyped.
    const llvm::StringRef plain = llvm::StringRef(name).split('(').first;
    unsigned distance = wanted.edit_distance_insensitive(plain, true, limit);
    if (distance > limit && wanted.size() >= 3 &&
        plain.contains_insensitive(wanted))
      distance = limit;
    if (distance <= limit)
      near.emplace_back(distance, name);
  }
  std::sort(near.begin(), near.end());
  near.resize(std::min(near.size(), most));
  std::string text;
  for (size_t i = 0; i < near.size(); ++i)
    text += fmt::format("{}'{}'",
                        i == 0                 ? ""
                        : i + 1 == near.size() ? " or "
                                               : ", ",
                        near[i].second);
  return text.empty() ? text : "; did you mean " + text + "?";
}

} // namespace tatami::prof
