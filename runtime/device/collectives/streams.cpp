//===- streams.cpp - Running a reduction's streams on a node's threads ----===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Reduce.h"

using namespace tatami::collectives;

extern "C" void __tatami_stream_main(tatami_group_plan *plan) {
  plan->run(plan);
  __tatami_release_thread();
}

void tatami::collectives::selectFunctions(tatami_group &group,
                                          const StreamFunction *functions) {
  group.functions = functions;
  for (tatami_group_plan &plan : group.plan) {
    plan.functions[0] = functions[plan.kind];
    plan.functions[1] = functions[plan.kind + KindNumbers];
  }
}

void tatami::collectives::runOnSomeThreads(tatami_group &group,
                                           unsigned claimed) {
  const int streams = 1 << group.shift;
  const size_t each = group.packets >> group.shift;
  for (int s = 0; s < streams; ++s) {
    group.plan[s].run = group.plan[s].functions[group.packets > packetsOfShortMessage];
    group.plan[s].own = group.in + s * each * packetBytes;
    group.plan[s].packets = each;
  }
  group.plan[streams - 1].packets = group.packets - (streams - 1) * each;
  int next = 1;
  unsigned helpers = 0;
  for (int t = 1; t < 4; ++t)
    if (claimed >> t & 1 && next < streams) {
      helpers |= 1u << t;
      startThread(t, __tatami_stream_entry, &group.plan[next++]);
    }
  // The rest in ascending order: if all nodes do so, stream 0 never waits for
  // another one, nor do those behind it, whoever shares a thread with whom.
  group.plan[0].run(&group.plan[0]);
  for (; next < streams; ++next)
    group.plan[next].run(&group.plan[next]);
  for (int t = 1; t < 4; ++t)
    if (helpers >> t & 1)
      tatami_raw_wait(t);
}

template <int Chunk>
[[gnu::always_inline]] static inline void runLeaf(tatami_group_plan *plan) {
  const uint8_t *own = plan->own;
  const uint64_t parentSemaphore = (uint64_t)plan->parent_semaphore;
  for (size_t left = plan->packets; left > 0;) {
    const unsigned now = left < partPackets ? (unsigned)left : partPackets;
    uint64_t to = plan->parent + (uint64_t)plan->turn;
    plan->turn = nextTurn(plan->turn);
    left -= now;
    __builtin_tatami_swait((uint64_t)plan->credit_semaphore, 1);
#pragma clang loop unroll(disable)
    for (unsigned n = now / Chunk; __builtin_expect(n > 0, 1); --n) {
      __builtin_tatami_push(own, to, Chunk * packetBytes);
      __builtin_tatami_ssig(to, parentSemaphore, 1);
      own += Chunk * packetBytes;
      to += Chunk * packetBytes;
    }
    if (unsigned rest = now % Chunk; __builtin_expect(rest, 0)) {
      __builtin_tatami_push(own, to, rest * packetBytes);
      __builtin_tatami_ssig(to, parentSemaphore, 1);
      own += rest * packetBytes;
    }
  }
}
void tatami::collectives::runShortLeaf(tatami_group_plan *plan) {
  runLeaf<shortChunk>(plan);
}
void tatami::collectives::runLongLeaf(tatami_group_plan *plan) {
  runLeaf<longChunk>(plan);
}

bool tatami::collectives::meet(tatami_group &group) {
  const tatami_group_plan &plan = group.plan[0];
  for (int i = 0; i < plan.row_inputs + plan.column_inputs; ++i)
    __builtin_tatami_swait((uint64_t)plan.semaphore[i], 1);
  if (plan.is_root)
    return true;
  __builtin_tatami_ssig(plan.parent, (uint64_t)plan.parent_semaphore, 1);
  return false;
}
