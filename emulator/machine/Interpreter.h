// The interpreter: runs one thread until something outside of it is needed.
// Built once per host level from InterpreterLevel.cpp; this header chooses.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/isa/Traps.h"
#include "tatami/machine/Code.h"
#include "tatami/node/Sram.h"
#include "tatami/node/ThreadState.h"
#include "tatami/semantics/Facts.h"
#include "tatami/timing/NodeClock.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace tatami {

struct PcRecorder;

/// A store that an instruction has done.
struct StoreRecord {
  uint64_t address;
  uint32_t bytes;
};

/// Threads of a node that run in turn: always the one whose time is the earliest,
/// up to the time of the next; of equals, thread `time` modulo 4 comes first.
struct ThreadTurns {
  static constexpr unsigned maxThreads = NodeClock::maxThreads;

  /// Null for those that do not run.
  std::array<ThreadState *, maxThreads> states = {};
  std::array<uint64_t, maxThreads> times = {};
  /// Nobody begins an instruction at this time or later.
  uint64_t limit = 0;
  /// What each has executed.
  std::array<uint64_t, maxThreads> instructions = {};

  // Whose turn it is, and up to which time.
  unsigned thread = 0;
  uint64_t until = 0;

  /// A thread goes on within its cycle.
  uint64_t lastCycle() const { return std::max(until, times[thread] + 1) - 1; }
  /// How much earlier than the next it is; one at least.
  uint64_t ownTime() const {
    return std::max<uint64_t>(until - times[thread], 1);
  }
  /// Whose turn is next? False if nobody's before the limit.
  bool pick() {
    uint64_t best = limit, second = limit;
    for (unsigned i = 0; i < maxThreads; ++i) {
      if (!states[i])
        continue;
      uint64_t time = times[i];
      auto turn = [&](unsigned t) {
        return (t - unsigned(time)) % maxThreads;
      };
      if (time < best || (time == best && best < limit && turn(i) < turn(thread))) {
        second = best;
        best = time;
        thread = i;
      } else {
        second = std::min(second, time);
      }
    }
    until = second;
    return best < limit;
  }
};

/// What the interpreter needs and what it gives back.
struct RunContext {
  // Given.
  ThreadState *thread;
  Sram *memory;
  const Code *code;
  /// Null with --timing off; then every instruction takes one cycle.
  NodeClock *clock;
  unsigned threadNumber;
  /// No other thread of the node will run before this one's time, so its timing
  /// may be remembered.
  bool isAlone;
  /// Instructions to run at most; with a clock, also: run while the thread's
  /// time is at most lastCycle.
  uint64_t budget;
  uint64_t lastCycle;
  /// Of a thread whose timing is remembered: the run may end with the first block
  /// that reaches this cycle, and should soon after. A limit that would cut a
  /// block in two costs much more.
  uint64_t pauseCycle = ~uint64_t(0);
  /// If not null, these run and not `thread` alone: `threadNumber` is given back,
  /// budget and lastCycle mean nothing, and the instructions are counted there.
  ThreadTurns *turns = nullptr;
  /// Who makes a profile, if not null; with a clock only.
  PcRecorder *recorder = nullptr;
  /// Where the generic level notes stores, if not null.
  std::vector<StoreRecord> *stores = nullptr;

  // Given back; the counters are added to.
  uint64_t instructions = 0;
  uint64_t macs = 0;
  uint64_t flops = 0;
  Request request = {};
  isa::TrapKind trap = isa::TrapKind::None;
};

enum class StopReason : uint8_t {
  Budget,  ///< budget or lastCycle reached; pc is the next instruction
  Request, ///< executed up to and including pc, whose request is to be done
  Trap,    ///< pc is the instruction that trapped, not executed
};

using RunFunction = StopReason (*)(RunContext &);

/// One build of the interpreter.
struct HostLevel {
  const char *name; ///< "generic", "v3", "v4"
  RunFunction run;
  /// For each opcode: 1 if it has semantics.
  const uint8_t *hasSemantics;
  /// For each opcode: whether the loop leaves a block behind it. The same on
  /// all levels.
  const StaticTiming::BlockEnd *blockEnds;
  bool (*supported)();
};

/// The best level that this host supports, or the one called \p name; null if
/// there is none of that name or the host cannot run it.
const HostLevel *selectHostLevel(std::string_view name = {});

extern const HostLevel hostLevelGeneric;
#ifdef TATAMI_X86_LEVELS
extern const HostLevel hostLevelV3;
extern const HostLevel hostLevelV4;
#endif

} // namespace tatami
