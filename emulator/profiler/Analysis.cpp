// Analysis: sums what was counted of each instruction by the names that the
// symbols give it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/profiler/Analysis.h"

#include "tatami/isa/Access.h"
#include "tatami/isa/Isa.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace tatami::prof {
namespace {

/// Static functions of one name in two files are two functions.
using FunctionKey = std::pair<std::string, std::string>;
using LineKey = std::tuple<std::string, unsigned, std::string>;

FunctionKey keyOf(const SourcePlace &place) {
  return {place.function, place.file};
}

/// Thread-cycles of every function with its callees, from the tree of calls.
std::map<FunctionKey, uint64_t> inclusiveOf(const Profile &profile,
                                            const Symbols &symbols) {
  const std::vector<CallContext> &contexts = profile.contexts;
  std::vector<uint64_t> subtree(contexts.size());
  for (size_t i = contexts.size(); i-- > 0;) {
    subtree[i] += contexts[i].cycles;
    if (contexts[i].parent != CallContext::none)
      subtree[contexts[i].parent] += subtree[i];
  }
  std::map<FunctionKey, uint64_t> result;
  for (size_t i = 0; i < contexts.size(); ++i) {
    const uint64_t start = contexts[i].function;
    bool isNested = false;
    for (uint32_t up = contexts[i].parent; up != CallContext::none && !isNested;
         up = contexts[up].parent)
      isNested = contexts[up].function == start;
    if (!isNested)
      result[keyOf(symbols.at(start).back())] += subtree[i];
  }
  return result;
}

template <class T> void sortByCycles(std::vector<T> &list, auto name) {
  std::sort(list.begin(), list.end(), [&](const T &a, const T &b) {
    return a.cycles() != b.cycles() ? a.cycles() > b.cycles()
                                    : name(a) < name(b);
  });
}

} // namespace

CodeCycles &CodeCycles::operator+=(const CodeCycles &other) {
  PcCounts::operator+=(other);
  macs += other.macs;
  flops += other.flops;
  sramBytes += other.sramBytes;
  return *this;
}

ThreadTotals threadTotals(const Profile &profile) {
  ThreadTotals totals;
  for (const NodeProfile &node : profile.nodes)
    for (const ThreadProfile &thread : node.threads) {
      const uint64_t idle = thread.lost[size_t(Cause::Idle)];
      const bool ran = thread.instructions > 0;
      totals.threads += thread.issued + thread.lostCycles() > 0;
      totals.ran += ran;
      totals.idle += idle;
      totals.neverRan += ran ? 0 : idle;
    }
  return totals;
}

void addWork(CodeCycles &counts, uint32_t word, uint64_t executed) {
  std::optional<isa::Opcode> opcode = isa::findOpcode(word);
  if (!opcode)
    return;
  counts.macs += executed * isa::info(*opcode).macs;
  counts.flops += executed * isa::info(*opcode).flops;
  counts.sramBytes += executed * isa::accessBytes(*opcode);
}

Analysis::Analysis(const Profile &profile, const Symbols &symbols,
                   Inlined inlined)
    : profile(profile), symbols(symbols) {
  std::map<FunctionKey, FunctionCycles> byFunction;
  std::map<LineKey, LineCycles> byLine;
  // Cycles of inlined copies with what was inlined into them.
  std::map<FunctionKey, uint64_t> inlinedInclusive;

  for (const CodeCounts &counts : profile.code) {
    if (!counts.happened())
      continue;
    InstructionCycles inst;
    static_cast<PcCounts &>(inst) = counts;
    inst.pc = profile.pcOf(counts.index);
    inst.text = isa::disassemble(profile.text[counts.index], inst.pc);
    std::replace(inst.text.begin(), inst.text.end(), '\t', ' ');
    addWork(inst, profile.text[counts.index], inst.executed);
    total += inst;

    const std::vector<SourcePlace> &places = symbols.at(inst.pc);
    const SourcePlace &place =
        inlined == Inlined::Apart ? places.front() : places.back();
    byFunction[keyOf(place)] += inst;
    // A line is where the code was written, whoever it has become part of.
    const SourcePlace &written = places.front();
    byLine[{written.file, written.line, written.function}] += inst;
    if (inlined == Inlined::Apart)
      for (size_t depth = 0; depth + 1 < places.size(); ++depth)
        if (places[depth].function != places.back().function)
          inlinedInclusive[keyOf(places[depth])] += inst.cycles();
    instructions.push_back(std::move(inst));
  }

  // The hottest line of each function.
  std::map<FunctionKey, std::map<unsigned, uint64_t>> linesOf;
  for (const InstructionCycles &inst : instructions) {
    const std::vector<SourcePlace> &places = symbols.at(inst.pc);
    const SourcePlace &place =
        inlined == Inlined::Apart ? places.front() : places.back();
    linesOf[keyOf(place)][place.line] += inst.cycles();
  }
  const std::map<FunctionKey, uint64_t> calls = inclusiveOf(profile, symbols);
  // What only calls, or only has inlined code, has no cycles of its own.
  for (const auto &[key, cycles] : inlinedInclusive)
    byFunction.try_emplace(key);
  for (const auto &[key, cycles] : calls)
    byFunction.try_emplace(key);

  for (auto &[key, f] : byFunction) {
    f.name = key.first;
    f.file = key.second;
    uint64_t most = 0;
    for (const auto &[line, cycles] : linesOf[key])
      if (line != 0 && (f.line == 0 || cycles > most)) {
        f.line = line;
        most = cycles;
      }
    if (!profile.contexts.empty()) {
      auto called = calls.find(key);
      auto inside = inlinedInclusive.find(key);
      f.inclusive = (called == calls.end() ? 0 : called->second) +
                    (inside == inlinedInclusive.end() ? 0 : inside->second);
      f.inclusive = std::min(std::max(f.inclusive, f.cycles()), total.cycles());
    }
    functions.push_back(std::move(f));
  }
  for (auto &[key, l] : byLine) {
    std::tie(l.file, l.line, l.function) = key;
    lines.push_back(std::move(l));
  }
  for (const NodeProfile &node : profile.nodes)
    for (const ThreadProfile &thread : node.threads)
      threads += thread;

  sortByCycles(functions, [](const FunctionCycles &f) {
    return std::tie(f.name, f.file);
  });
  sortByCycles(lines, [](const LineCycles &l) {
    return std::tie(l.file, l.line, l.function);
  });
  sortByCycles(instructions, [](const InstructionCycles &i) { return i.pc; });
}

} // namespace tatami::prof
