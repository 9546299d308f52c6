// Runs a node ahead of the mesh. Touches nothing but the node: nodes run on
// several threads of the host at the same time.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Die.h"

#include <algorithm>

using namespace tatami;

void Die::runNode(Node &node) {
  const uint64_t begin = mesh.now();
  if (node.recorder)
    node.recorder->attach(node);
  uint64_t longest = 0;
  bool first = true;
  while (node.state != Node::State::Done) {
    unsigned thread = 0;
    uint64_t next;
    if (!node.pickThread(thread, next)) {
      node.state = Node::State::Blocked;
      if (node.recorder)
        node.recorder->sample(node, node.timeOf(node.longestThread()), true);
      return;
    }
    node.time = node.timeOf(thread);
    if (node.threads[thread].status == ThreadStatus::Sync) {
      node.state = Node::State::Sync;
      return;
    }
    node.state = Node::State::Ready;
    if (std::exchange(first, false))
      longest = std::max(begin, node.time) + quantum;
    uint64_t end = node.waitsForMesh() ? begin + coupledQuantum : longest;
    end = std::min(end, limitOf(node));
    uint64_t pause = ~uint64_t(0);
    if (node.recorder) {
      if (node.time >= node.record->nextSample)
        node.recorder->sample(node, node.time);
      pause = node.record->nextSample;
    }
    if (node.time >= end)
      return;
    if (takesTurns(node))
      runTurns(node, std::min(end, pause));
    else
      runThread(node, thread, std::min(next, end), pause);
  }
}

bool Die::takesTurns(const Node &node) const {
  unsigned running = 0;
  for (const NodeThread &thread : node.threads) {
    if (thread.status == ThreadStatus::Sync)
      return false;
    running += thread.status == ThreadStatus::Running;
  }
  return running > 1 && !program.options.trace;
}

void Die::runTurns(Node &node, uint64_t limit) {
  ThreadTurns turns;
  turns.limit = limit;
  for (unsigned i = 0; i < threadsPerNode; ++i)
    if (node.threads[i].status == ThreadStatus::Running) {
      turns.states[i] = node.threads[i].state.get();
      turns.times[i] = node.timeOf(i);
    }
  RunContext context = contextOf(node);
  context.turns = &turns;
  StopReason reason = program.level->run(context);
  for (unsigned i = 0; i < threadsPerNode; ++i) {
    node.threads[i].instructions += turns.instructions[i];
    node.threads[i].time += turns.instructions[i];
  }
  afterRun(node, context, reason);
}

RunContext Die::contextOf(Node &node) const {
  RunContext context = {};
  context.memory = &node.memory;
  context.code = node.code.get();
  context.clock = node.scoreboard.get();
  if (node.recorder)
    context.recorder = node.record->recorder;
  return context;
}

void Die::runThread(Node &node, unsigned number, uint64_t limit,
                    uint64_t pause) {
  NodeThread &thread = node.threads[number];
  uint64_t now = node.timeOf(number);
  RunContext context = contextOf(node);
  context.thread = thread.state.get();
  context.isAlone = node.runsAlone(number);
  // The plain model stops anywhere at no cost.
  if (!context.isAlone || !program.remembersTiming())
    limit = std::min(limit, pause);
  context.threadNumber = number;
  context.budget = ~uint64_t(0);
  context.lastCycle = std::max(now, limit - 1);
  context.pauseCycle = pause;
  if (!node.scoreboard)
    context.budget = std::max<uint64_t>(1, limit > now ? limit - now : 1);
  StopReason reason;
  if (program.options.trace) {
    context.budget = 1;
    reason = traceStep(node, number, context);
  } else {
    reason = program.level->run(context);
  }
  thread.instructions += context.instructions;
  thread.time += context.instructions;
  afterRun(node, context, reason);
}

void Die::afterRun(Node &node, const RunContext &context, StopReason reason) {
  const unsigned number = context.threadNumber;
  node.macs += context.macs;
  node.flops += context.flops;
  switch (reason) {
  case StopReason::Budget:
    return;
  case StopReason::Request:
    node.threads[number].request = context.request;
    request(node, number);
    return;
  case StopReason::Trap:
    raiseTrap(node, number, context.trap);
    return;
  }
}
