// What the interpreter tells a profile while it runs.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "Calls.h"
#include "tatami/machine/Code.h"
#include "tatami/timing/Scoreboard.h"

#include <array>
#include <cstdint>

namespace tatami {

/// The interpreter goes along remembered blocks and only counts how often it has
/// left each by which exit; the instructions of a block are looked at when the
/// run is over, since they always do the same. Where it runs by the plain model,
/// each instruction gets what the clock has counted since the one before.
///
/// Used by all builds of the interpreter: what is inlined there must not exist
/// out of line, where one of them would serve the others.
struct PcRecorder {
  /// By instruction.
  PcCounts *rows = nullptr;
  /// By block and exit.
  uint64_t *exits = nullptr;
  /// Of the node's threads.
  CallStack *stacks = nullptr;
  CallCounts *calls = nullptr;
  /// From the clock that the interpreter looks at to that of the node.
  uint64_t toNodeTime = 0;

  /// From here on, \p board does what is to be counted.
  void begin(const Scoreboard &board) { seen = board.times; }

  /// The thread has executed the instruction at \p index.
  [[gnu::always_inline]] void step(unsigned thread, const ThreadTime &time,
                                   size_t index) {
    PcCounts &row = rows[index];
    ThreadTime &before = seen[thread];
    uint64_t issued = time.issued - before.issued;
    ++row.executed;
    row.issued += issued;
    if (time.cursor - before.cursor == issued) [[likely]] {
      before.issued = time.issued;
      before.cursor = time.cursor;
      return;
    }
    for (size_t i = 0; i < numCauses; ++i)
      row.lost[i] += time.lost[i] - before.lost[i];
    before = time;
  }

private:
  std::array<ThreadTime, Scoreboard::maxThreads> seen = {};
};

} // namespace tatami
