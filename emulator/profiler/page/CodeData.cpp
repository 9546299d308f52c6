// Functions, lines, instructions and calls for the page.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "PageData.h"

#include "tatami/isa/Codec.h"

#include <algorithm>
#include <functional>

using namespace tatami;
using namespace tatami::prof;
using nlohmann::json;

// Chosen: more than a person looks at, and far less than a page can hold.
static constexpr size_t maxInstructions = 20000, maxLines = 10000,
                        maxFunctions = 5000, maxContexts = 20000;
// Chosen: source around an executed line that is shown with it.
static constexpr unsigned linesAround = 8;

json tatami::prof::countsData(const CodeCycles &counts) {
  json lost = json::array();
  for (size_t i = 0; i < numCauses; ++i)
    if (counts.lost[i])
      lost.insert(lost.end(), {i, counts.lost[i]});
  json row = {counts.executed, counts.issued,  lost,
              counts.macs,     counts.flops,   counts.sramBytes,
              counts.packets,  counts.hops,    counts.crossings};
  while (row.size() > 3 && row.back() == 0)
    row.erase(row.size() - 1);
  return row;
}

namespace {

/// The places that instructions come from, each chain of inlined calls once.
class Chains {
public:
  Chains(const Symbols &symbols, Names &names, Names &files)
      : symbols(symbols), names(names), files(files) {}

  size_t operator()(uint64_t pc) {
    json chain = json::array();
    for (const SourcePlace &place : symbols.at(pc))
      chain.push_back({names(place.function), files(place.file), place.line});
    auto [place, isNew] = numbers.try_emplace(
        chain.dump(-1, ' ', true, json::error_handler_t::replace),
        chains.size());
    if (isNew)
      chains.push_back(std::move(chain));
    return place->second;
  }
  const json &list() const { return chains; }

private:
  const Symbols &symbols;
  Names &names, &files;
  std::map<std::string, size_t> numbers;
  json chains = json::array();
};

} // namespace

/// The rows [pc, text, chain, counts...] by address: what was executed, and the
/// rest of the functions that took more than a thousandth of the time.
static json instructionRows(const Analysis &analysis, Chains &chains) {
  const Profile &profile = analysis.profile;
  std::map<uint64_t, const InstructionCycles *> rows;
  std::map<uint64_t, uint64_t> cyclesOf; // By first address of the function.
  for (const InstructionCycles &row : analysis.instructions) {
    if (rows.size() < maxInstructions)
      rows[row.pc] = &row;
    cyclesOf[analysis.symbols.functionStart(row.pc)] += row.cycles();
  }
  for (size_t i = 0; i < profile.text.size(); ++i) {
    uint64_t pc = profile.pcOf(i);
    auto function = cyclesOf.find(analysis.symbols.functionStart(pc));
    if (function != cyclesOf.end() && rows.size() < maxInstructions &&
        function->second * 1000 > analysis.total.cycles())
      rows.try_emplace(pc, nullptr);
  }

  json result = json::array();
  for (auto [pc, row] : rows) {
    json fields = {pc,
                   row ? row->text
                       : isa::disassemble(
                             profile.text[(pc - profile.textBase) / 4], pc),
                   chains(pc)};
    json counts = countsData(row ? *row : InstructionCycles());
    fields.insert(fields.end(), counts.begin(), counts.end());
    result.push_back(std::move(fields));
  }
  return result;
}

/// The rows [parent's row or -1, name, calls, own cycles] of the tree of calls;
/// what is too narrow to be seen counts for its caller.
static json contextRows(const Analysis &analysis, Names &names) {
  const std::vector<CallContext> &contexts = analysis.profile.contexts;
  std::vector<uint64_t> own(contexts.size()), all(contexts.size());
  uint64_t total = 0;
  for (size_t i = contexts.size(); i-- > 0;) {
    own[i] = contexts[i].cycles;
    all[i] += own[i];
    total += own[i];
    if (contexts[i].parent != CallContext::none)
      all[contexts[i].parent] += all[i];
  }
  // The least that is shown: what leaves few enough.
  uint64_t least = total / 50000;
  if (contexts.size() > maxContexts) {
    std::vector<uint64_t> sorted = all;
    auto last = sorted.begin() + maxContexts;
    std::nth_element(sorted.begin(), last, sorted.end(), std::greater<>());
    least = std::max(least, *last + 1);
  }

  std::vector<size_t> number(contexts.size(), SIZE_MAX);
  for (size_t i = contexts.size(); i-- > 0;)
    if (all[i] < least && contexts[i].parent != CallContext::none) {
      own[contexts[i].parent] += own[i];
      own[i] = 0;
    }
  json result = json::array();
  for (size_t i = 0; i < contexts.size(); ++i) {
    bool isRoot = contexts[i].parent == CallContext::none;
    size_t parent = isRoot ? SIZE_MAX : number[contexts[i].parent];
    if (!all[i] || (!isRoot && (all[i] < least || parent == SIZE_MAX)))
      continue;
    number[i] = result.size();
    result.push_back(
        {isRoot ? json(-1) : json(parent),
         names(analysis.symbols.functionAt(contexts[i].function)),
         contexts[i].calls, own[i]});
  }
  return result;
}

/// {names, files, functions: [name, file, line, inclusive, counts...],
///  lines: [file, line, function, counts...], instructions: [pc, text, chain,
///  counts...], chains: lists of [function, file, line], contexts,
///  sources: see sourceData, omitted: {functions, lines,
///  instructions}}, texts as numbers into names and files.
json tatami::prof::codeData(const Analysis &analysis) {
  Names names, files;
  auto appendCounts = [](json &row, const CodeCycles &counts) {
    json fields = countsData(counts);
    row.insert(row.end(), fields.begin(), fields.end());
  };

  json functions = json::array(), lines = json::array();
  for (const FunctionCycles &function : analysis.functions) {
    if (functions.size() == maxFunctions)
      break;
    json row = {names(function.name), files(function.file), function.line,
                function.inclusive};
    appendCounts(row, function);
    functions.push_back(std::move(row));
  }
  for (const LineCycles &line : analysis.lines) {
    if (lines.size() == maxLines)
      break;
    json row = {files(line.file), line.line, names(line.function)};
    appendCounts(row, line);
    lines.push_back(std::move(row));
  }
  Chains chains(analysis.symbols, names, files);
  json instructions = instructionRows(analysis, chains);

  std::map<size_t, std::set<unsigned>> wanted;
  for (const json &chain : chains.list())
    for (const json &place : chain)
      if (unsigned line = place[2]; line != 0)
        for (unsigned i = line - std::min(line - 1, linesAround);
             i <= line + linesAround; ++i)
          wanted[place[1]].insert(i);

  auto left = [](size_t all, size_t shown) { return all - std::min(all, shown); };
  json result = {
      {"omitted",
       {{"functions", left(analysis.functions.size(), maxFunctions)},
        {"lines", left(analysis.lines.size(), maxLines)},
        {"instructions", left(analysis.instructions.size(), maxInstructions)}}},
      {"contexts", contextRows(analysis, names)},
      {"functions", std::move(functions)},
      {"lines", std::move(lines)},
      {"instructions", std::move(instructions)},
      {"chains", chains.list()},
      {"sources", sourceData(wanted, files.list(), analysis.symbols)}};
  result["names"] = names.list();
  result["files"] = files.list();
  return result;
}
