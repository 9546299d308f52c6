// A profile with names: its cycles by function, by source line and by
// instruction, and what they say.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/profiler/Symbols.h"
#include "tatami/trace/Profile.h"

#include <string>
#include <vector>

namespace tatami::prof {

/// All that is counted of a set of instructions.
struct CodeCycles : PcCounts {
  uint64_t macs = 0, flops = 0;
  /// Bytes of the node's own SRAM that its loads and stores touch (what goes to
  /// the mesh in blocks does not count).
  uint64_t sramBytes = 0;

  CodeCycles &operator+=(const CodeCycles &other);
  /// Issued and lost.
  uint64_t cycles() const { return issued + lostCycles(); }
};

/// A function, inlined copies included (as `perf report --inline`): an
/// instruction belongs to the innermost function that it was written in.
struct FunctionCycles : CodeCycles {
  std::string name, file;
  unsigned line = 0; ///< Its hottest.
  /// With its callees; what called itself counts once. 0 if calls were not
  /// recorded. Of an inlined copy: with what was inlined into it.
  uint64_t inclusive = 0;
};

struct LineCycles : CodeCycles {
  std::string file, function;
  unsigned line = 0;
};

/// One instruction that was executed or waited.
struct InstructionCycles : CodeCycles {
  uint64_t pc = 0;
  std::string text; ///< Disassembly.
};

/// Whether inlined code belongs to the function that it was written in, or to
/// the one that it has become part of.
enum class Inlined { Apart, WithCaller };

/// How many threads there are, and what became of them.
struct ThreadTotals {
  uint64_t threads = 0, ran = 0;
  uint64_t idle = 0;      ///< Thread-cycles before a start and after an end,
  uint64_t neverRan = 0;  ///< of these those of threads that never ran.
};
ThreadTotals threadTotals(const Profile &profile);

/// What has become of \p executed executions of \p word, all but time.
void addWork(CodeCycles &counts, uint32_t word, uint64_t executed);

/// By name, as a reader of the profile wants them: the most cycles first, equal
/// ones by name.
struct Analysis {
  Analysis(const Profile &profile, const Symbols &symbols,
           Inlined inlined = Inlined::Apart);

  const Profile &profile;
  const Symbols &symbols;
  CodeCycles total;       ///< Of all instructions.
  CycleCounts threads;    ///< Of all threads: as `total`, and idle time.
  std::vector<FunctionCycles> functions;
  std::vector<LineCycles> lines;
  std::vector<InstructionCycles> instructions;
};

} // namespace tatami::prof
