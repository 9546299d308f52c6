// The time of a node's threads. While one of them runs alone, its pipeline is a
// remembered state; else the scoreboard keeps all of them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/timing/PipelineStates.h"
#include "tatami/timing/TimedBlocks.h"

#include <array>
#include <cstdint>
#include <memory>

namespace tatami {

/// Says the same as a Scoreboard that is asked the same, always. Small until a
/// second thread starts.
class NodeClock {
public:
  static constexpr unsigned maxThreads = Scoreboard::maxThreads;

  /// \p states must outlive the clock. If not \p remembers, the scoreboard does
  /// it all.
  NodeClock(PipelineStates &states, bool remembers);
  NodeClock(const NodeClock &) = delete;
  NodeClock &operator=(const NodeClock &) = delete;

  uint64_t now(unsigned thread) const { return times[thread].front; }
  uint64_t issued(unsigned thread) const { return times[thread].issued; }
  const LostCycles &lost(unsigned thread) const { return times[thread].lost; }
  uint64_t accounted(unsigned thread) const { return times[thread].cursor; }

  void start(unsigned thread, uint64_t cycle, Cause cause = Cause::Idle) {
    expand().start(thread, cycle, cause);
  }
  uint64_t step(unsigned thread, const StaticTiming &inst, bool taken = false) {
    return expand().step(thread, inst, taken);
  }
  void waitUntil(unsigned thread, uint64_t cycle, Cause cause);
  void drain(unsigned thread);

  //===-- For the interpreter -----------------------------------------------===//

  /// The plain model with all threads.
  Scoreboard &expand();

  /// Takes the pipeline of the thread out of the scoreboard. False if that
  /// cannot be yet: other threads' instructions are under way in it. Only while
  /// the other threads, if they ever run again, do so at this one's time or
  /// later: what it books in cycles that have passed is forgotten.
  bool remember(unsigned thread);

  /// The remembered thread's state; null if it is not kept in the pool.
  const PipelineState *state() const { return current; }
  /// Tries to have one: worth it where the thread will be in it again.
  void intern() {
    if (!current)
      current = pool.intern(pipeline);
  }

  /// The remembered thread has run to cycle \p front, has then \p state, and
  /// did \p lanes on the way.
  void advance(const PipelineState *state, uint64_t front,
               const CycleLanes &lanes) {
    ThreadTime &time = own[sole];
    time.front = front;
    time.cursor = front + state->ahead;
    lanes.addTo(time);
    current = state;
  }

  /// The plain model with the remembered thread alone, as thread 0 and on a
  /// clock of its own, for some instructions that are not remembered.
  class Stretch {
  public:
    explicit Stretch(NodeClock &clock);
    /// Tells the clock what has happened.
    ~Stretch();
    Stretch(const Stretch &) = delete;
    Stretch &operator=(const Stretch &) = delete;

    Scoreboard &operator*() const { return *board; }
    /// What to add to the board's time to get the node's.
    uint64_t toNode() const { return begin - boardBegin; }
    /// A cycle of the node on the board's clock.
    uint64_t toBoard(uint64_t cycle) const {
      if (cycle < begin)
        return boardBegin - 1;
      uint64_t later = cycle - begin;
      return later > UINT64_MAX - boardBegin ? UINT64_MAX : boardBegin + later;
    }

  private:
    NodeClock &clock;
    PipelineStates::Workbench board;
    uint64_t begin, boardBegin;
  };

  /// In a form that does not depend on what the pool has.
  template <class Archive> void archive(Archive &a) {
    bool hasBoard = board != nullptr;
    if constexpr (!Archive::isReading)
      if (current)
        pipeline = current->pipeline;
    a(hasBoard, sole, own, pipeline);
    if constexpr (Archive::isReading) {
      current = nullptr;
      board = hasBoard ? std::make_unique<Scoreboard>(pool.model()) : nullptr;
    }
    if (board)
      board->archive(a);
    times = sole == nobody ? board->times.data() : own.data();
  }

private:
  static constexpr unsigned nobody = maxThreads;

  /// The remembered thread's pipeline.
  const PipelineItems &underWay() const {
    return current ? current->pipeline : pipeline;
  }
  void letPass(uint64_t cycles);

  PipelineStates &pool;
  std::array<ThreadTime, maxThreads> own = {};
  /// Of all threads: own, or the scoreboard's.
  ThreadTime *times;
  /// The remembered state; null if it is not interned but `pipeline`.
  const PipelineState *current;
  PipelineItems pipeline;
  /// Made when the first thread is no longer alone. While one is remembered it
  /// keeps the pipelines of the others.
  std::unique_ptr<Scoreboard> board;
  /// The thread that is remembered.
  unsigned sole = 0;
  const bool remembers;
};

} // namespace tatami
