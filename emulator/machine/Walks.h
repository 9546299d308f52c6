// What the interpreter's loop does about time, in three ways: instruction by
// instruction, along remembered blocks, and along blocks that it counts.
//
// Values of the loop, not closures over them: those would keep what they refer to
// in memory. For InterpreterLevel.cpp, of which each host level has its own.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "Interpreter.h"

#include "PcRecorder.h"

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace tatami {
inline namespace TATAMI_HOST_LEVEL {
namespace {

/// Where a run along remembered blocks begins, and where it has come to.
struct BlockRun {
  /// The block at the thread's pc, which may run to its end.
  const TimedBlock *block = nullptr;
  uint64_t now = 0;

  // Given back; the time, too.
  const PipelineState *state = nullptr;
  CycleLanes lanes;
  /// After a trap: instructions from the state's block on that were executed.
  size_t executed = 0;

  /// The last cycle that blocks may reach.
  uint64_t lastCycle(const RunContext &context) const {
    // Chosen: most blocks are shorter, so the pause comes behind its cycle.
    constexpr uint64_t slack = 128;
    uint64_t most = std::max(slack, block->most.cycles());
    uint64_t last = context.lastCycle;
    return context.pauseCycle > last - std::min(most, last)
               ? last
               : std::max(context.pauseCycle, now) + most;
  }

  bool mayRun(const RunContext &context) const {
    return block && block->most.instructions() < context.budget &&
           now + block->most.cycles() <= context.lastCycle;
  }
};

/// Who a run by the plain model tells what it does, if anybody, and as which
/// thread.
struct PlainRun {
  Scoreboard *board;
  unsigned thread = 0;
};

/// Instruction by instruction.
struct PlainWalk : PlainRun {
  using Run = PlainRun;

  const StaticTiming *timing;
  PcRecorder *recorder;
  uint64_t now = 0;

  PlainWalk(const RunContext &context, const PlainRun &run)
      : PlainRun(run), timing(context.code->timing()),
        recorder(context.recorder) {}

  /// \p taken is for those that end a block.
  template <class... Taken>
  [[gnu::always_inline]] void step(size_t index, Taken... taken) {
    if (!board)
      return;
    now = board->step(thread, timing[index], taken...);
    if (recorder)
      recorder->step(thread, board->times[thread], index);
  }

  uint64_t nodeTime() const { return now + recorder->toNodeTime; }
  // Behind step().
  [[gnu::always_inline]] void call(size_t function, const uint64_t *x) {
    if (!recorder)
      return;
    CallCursor calls(recorder->stacks[thread], *recorder->calls);
    calls.call(function, x, *this);
    calls.end();
  }
  [[gnu::always_inline]] void doReturn(uint64_t target, const uint64_t *x) {
    if (!recorder)
      return;
    CallCursor calls(recorder->stacks[thread], *recorder->calls);
    calls.doReturn(target, x, *this);
    calls.end();
  }
};

/// From one remembered block to the next, as long as they are known and may run
/// to their ends.
struct BlockWalk {
  using Run = BlockRun;

  /// Null where it is not known which one follows on `way`.
  const TimedBlock *block;
  const BlockExit *way = nullptr;
  /// What blocks may cost. A block's last instruction never is the last that the
  /// budget has, so that its end is not the end of the run.
  const BlockCost room;
  /// What all of them have cost, and their lanes: two words each, for the host
  /// to add at once.
  using Words [[gnu::vector_size(16)]] = uint64_t;
  Words sums = {}, moreSums = {};

  BlockWalk(const RunContext &context, const BlockRun &run)
      : block(run.block),
        room(BlockCost::of(
            std::min(run.lastCycle(context) - run.now, CycleLanes::most - 1),
            std::min(context.budget, BlockCost::limit) - 1)) {}

  [[gnu::always_inline]] bool hasRoom() const {
    return (room - spent() - block->most).isPositive();
  }
  [[gnu::always_inline]] void enter(const TimedBlock *next,
                                    const BlockExit &from) {
    block = next;
    if (!next) [[unlikely]]
      way = &from;
  }
  [[gnu::always_inline]] const BlockExit &leave(unsigned taken) {
    const BlockExit &exit = block->exits[taken];
    static_assert(offsetof(BlockExit, lanes) ==
                      offsetof(BlockExit, cost) + sizeof(BlockCost) &&
                  2 * sizeof(Words) == sizeof(BlockCost) + sizeof(CycleLanes));
    Words own, more;
    const char *at =
        reinterpret_cast<const char *>(&exit) + offsetof(BlockExit, cost);
    std::memcpy(&own, at, sizeof(own));
    std::memcpy(&more, at + sizeof(own), sizeof(more));
    sums += own;
    moreSums += more;
    enter(exit.next.load(std::memory_order_acquire), exit);
    return exit;
  }
  [[gnu::always_inline]] void call(size_t, const uint64_t *) {}
  [[gnu::always_inline]] void doReturn(uint64_t, const uint64_t *) {}

  BlockCost spent() const { return {sums[0]}; }
  /// Tells \p run where it has come to.
  void end(BlockRun &run) const {
    run.state = block ? block->state : way->state;
    run.now += spent().cycles();
    run.lanes.lanes[0] = sums[1];
    run.lanes.lanes[1] = moreSums[0];
    run.lanes.lanes[2] = moreSums[1];
  }
};

/// The same for a profile, which wants to know how blocks were left, and calls.
struct CountedWalk : BlockWalk {
  uint64_t *const exits;
  CallCursor calls;
  /// The node's time when the run began.
  const uint64_t first;

  CountedWalk(const RunContext &context, const BlockRun &run)
      : BlockWalk(context, run), exits(context.recorder->exits),
        calls(*context.recorder->stacks, *context.recorder->calls),
        first(run.now) {}

  [[gnu::always_inline]] const BlockExit &leave(unsigned taken) {
    ++(exits + block->counter)[taken];
    return BlockWalk::leave(taken);
  }
  [[gnu::always_inline]] uint64_t nodeTime() const {
    return first + spent().cycles();
  }
  // Behind leave().
  [[gnu::always_inline]] void call(size_t function, const uint64_t *x) {
    // Known blocks say it themselves.
    calls.call(block ? block->index : function, x, *this);
  }
  [[gnu::always_inline]] void doReturn(uint64_t target, const uint64_t *x) {
    calls.doReturn(target, x, *this);
  }

  void end(BlockRun &run) const {
    BlockWalk::end(run);
    calls.end();
  }
};

} // namespace
} // inline namespace TATAMI_HOST_LEVEL
} // namespace tatami
