// What the interpreter tells a profile while it runs.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "Calls.h"
#include "CodeRows.h"
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
  const CodeRows *rows = nullptr;
  /// By block and exit.
  uint64_t *exits = nullptr;
  /// Of the node's threads.
  CallStack *stacks = nullptr;
  CallCounts *calls = nullptr;
  /// From the clock that the interpreter looks at to that of the node.
  uint64_t toNodeTime = 0;

  /// From here on, \p board does what is to be counted, of one thread or all.
  void begin(const Scoreboard &board, unsigned thread) {
    seen[thread] = board.times[thread];
  }
  void begin(const Scoreboard &board) { seen = board.times; }

  /// The thread has executed the instruction at \p index.
  [[gnu::always_inline]] void step(unsigned thread, const ThreadTime &time,
                                   size_t index) {
    PcCounts &row = (*rows)[index];
    ThreadTime &before = seen[thread];
    // Word by word: two at once, of which the scoreboard has just written one,
    // would wait until that is in the cache.
    uint64_t nowIssued = time.issued, cursor = time.cursor;
    asm("" : "+r"(nowIssued), "+r"(cursor));
    const uint64_t issued = nowIssued - before.issued;
    const uint64_t passed = cursor - before.cursor;
    before.issued = nowIssued;
    before.cursor = cursor;
    ++row.executed;
    row.issued += issued;
    // Every cycle that has passed was issued or lost; seldom for two causes.
    uint64_t left = passed - issued;
    if (left == 0)
      return;
    auto lose = [&](size_t cause, uint64_t lost) {
      row.lost[cause] += lost;
      before.lost[cause] += lost;
      left -= lost;
    };
    uint8_t &cause = rows->lastCause(index);
    lose(cause, time.lost[cause] - before.lost[cause]);
    if (left == 0)
      return;
    for (size_t i = 0; left != 0 && i < numCauses; ++i)
      if (const uint64_t lost = time.lost[i] - before.lost[i]) {
        lose(i, lost);
        cause = uint8_t(i);
      }
  }

private:
  std::array<ThreadTime, Scoreboard::maxThreads> seen = {};
};

} // namespace tatami
