// Moves a thread's pipeline between its two forms, and lets time pass in both.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/timing/NodeClock.h"

using namespace tatami;

NodeClock::NodeClock(PipelineStates &states, bool remembers)
    : pool(states), times(own.data()), current(states.idle()),
      remembers(remembers) {
  if (!remembers)
    expand();
}

Scoreboard &NodeClock::expand() {
  if (sole == nobody)
    return *board;
  if (!board)
    board = std::make_unique<Scoreboard>(pool.model());
  board->times = own;
  board->load(sole, underWay());
  times = board->times.data();
  sole = nobody;
  current = nullptr;
  return *board;
}

bool NodeClock::remember(unsigned thread) {
  if (!remembers)
    return false;
  if (sole == thread)
    return true;
  Scoreboard &all = expand();
  if (!all.save(thread, pipeline))
    return false;
  own = all.times;
  times = own.data();
  sole = thread;
  return true;
}

void NodeClock::letPass(uint64_t cycles) {
  if (!current) {
    pass(pipeline, cycles);
    return;
  }
  if (cycles == 0)
    return;
  if (cycles >= current->horizon) {
    current = pool.idle();
    return;
  }
  pipeline = current->pipeline;
  pass(pipeline, cycles);
  current = pool.intern(pipeline);
}

void NodeClock::waitUntil(unsigned thread, uint64_t cycle, Cause cause) {
  ThreadTime &time = times[thread];
  uint64_t before = time.front;
  time.raise(time.front, cycle, cause);
  if (thread == sole)
    letPass(time.front - before);
}

void NodeClock::drain(unsigned thread) {
  if (thread != sole) {
    expand().drain(thread);
    return;
  }
  ThreadTime &time = own[thread];
  uint64_t before = time.front;
  for (const PipelineItem &item : underWay())
    if (item.kind <= PipelineItem::VectorIssue)
      time.raise(time.front, before + item.cycles, Cause(item.detail));
  letPass(time.front - before);
}

NodeClock::Stretch::Stretch(NodeClock &clock) : clock(clock), board(clock.pool) {
  begin = clock.own[clock.sole].front;
  boardBegin = board->restart(0, clock.underWay());
}

NodeClock::Stretch::~Stretch() {
  const ThreadTime &spent = board->times[0];
  ThreadTime &time = clock.own[clock.sole];
  time.front = begin + (spent.front - boardBegin);
  time.cursor = begin + (spent.cursor - boardBegin);
  time.issued += spent.issued;
  for (size_t i = 0; i < numCauses; ++i)
    time.lost[i] += spent.lost[i];
  board->save(0, clock.pipeline);
  clock.current = nullptr;
}
