//===- Reduce.h - The reductions of one type --------------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TATAMI_COLLECTIVES_REDUCE_H
#define TATAMI_COLLECTIVES_REDUCE_H

#include "../start/Runtime.h"
#include "Stream.h"

#include <string.h>

/// thread.S: gives a claimed thread a stack and calls __tatami_stream_main.
extern "C" void __tatami_stream_entry(void);

namespace tatami::collectives {

/// Reduces \p packets packets at \p in. Every node is on its way here together
/// with all others, so what this does before the first packet leaves is what a
/// small reduction takes longer.
[[gnu::always_inline]] inline void
runStreams(tatami_group &group, const StreamFunction *functions, const void *in,
           void *out, size_t packets, Deliver deliver) {
  const int shift =
      (packets >= packetsOfTwoStreams) + (packets >= packetsOfFourStreams);
  // Thread 0 cannot be claimed; who claims itself finds that it is busy.
  const unsigned wanted = (1u << (1u << shift)) - 2;
  const unsigned claimed = claimThreads(wanted);
  const bool isLong = packets > packetsOfShortMessage;
  group.out = static_cast<uint8_t *>(out);
  group.in = static_cast<const uint8_t *>(in);
  group.packets = packets;
  group.deliver = deliver;
  group.shift = shift;
  if (__builtin_expect(group.functions != functions, 0))
    selectFunctions(group, functions);
  if (__builtin_expect(claimed != 0xe, 0))
    return runOnSomeThreads(group, claimed);

  static_assert(TATAMI_GROUP_STREAMS == 4);
  const StreamFunction run = group.plan[0].functions[isLong];
  const size_t each = packets / 4;
  const uint8_t *own = group.in;
  for (int s = 1; s < 4; ++s) {
    tatami_group_plan &plan = group.plan[s];
    plan.run = plan.functions[isLong];
    plan.own = own + s * each * packetBytes;
    plan.packets = s < 3 ? each : packets - 3 * each;
    startThread(s, __tatami_stream_entry, &plan);
  }
  group.plan[0].own = own;
  group.plan[0].packets = each;
  run(&group.plan[0]);
  for (int t = 1; t < 4; ++t)
    tatami_raw_wait(t);
}

/// Sum, Min and Max are the operations on packets of one type.
template <class Sum, class Min, class Max> struct Reductions {
  static const StreamFunction *functionsOf(tatami_op op) {
    return op == TATAMI_SUM   ? streamTable<Sum>.function
           : op == TATAMI_MIN ? streamTable<Min>.function
                              : streamTable<Max>.function;
  }
  /// True if there is nothing to do with other nodes.
  static bool isAlone(const tatami_group &group, const void *in, void *out,
                      size_t bytes) {
    if (__builtin_expect(bytes > 0 && group.size > 1, 1))
      return false;
    memmove(out, in, bytes);
    return true;
  }

  static void reduce(tatami_group &group, tatami_op op, const void *in,
                     void *out, size_t bytes, int root) {
    check("tatami_reduce", bytes, in, out);
    checkRank(group, "tatami_reduce", root);
    if (isAlone(group, in, out, bytes))
      return;
    group.target = root;
    runStreams(group, functionsOf(op), in, out, bytes / packetBytes, ToTarget);
    if (group.rank == root)
      tatami_sem_wait(semaphoreOf(group, Data), (uint32_t)(bytes / packetBytes));
  }

  static void allReduce(tatami_group &group, tatami_op op, const void *in,
                        void *out, size_t bytes) {
    check("tatami_all_reduce", bytes, in, out);
    if (isAlone(group, in, out, bytes))
      return;
    runStreams(group, functionsOf(op), in, out, bytes / packetBytes, ToAll);
    tatami_sem_wait(semaphoreOf(group, Result), 1u << group.shift);
  }

  /// \p bytes is what each node gets.
  static void reduceScatter(tatami_group &group, tatami_op op, const void *in,
                            void *out, size_t bytes) {
    check("tatami_reduce_scatter", bytes, in, out);
    if (isAlone(group, in, out, bytes))
      return;
    group.block = bytes / packetBytes;
    runStreams(group, functionsOf(op), in, out, group.block * group.size,
               ToOwners);
    tatami_sem_wait(semaphoreOf(group, Data), (uint32_t)group.block);
  }
};

/// The three functions of tatami/collectives.h for a type.
#define TATAMI_DEFINE_REDUCTIONS(NAME, TYPE, ...)                              \
  extern "C" void tatami_reduce_##NAME(tatami_group *group, tatami_op op,      \
                                       const TYPE *in, TYPE *out,              \
                                       size_t count, int root) {               \
    __VA_ARGS__::reduce(*group, op, in, out, count * sizeof(TYPE), root);      \
  }                                                                            \
  extern "C" void tatami_all_reduce_##NAME(tatami_group *group, tatami_op op,  \
                                           const TYPE *in, TYPE *out,          \
                                           size_t count) {                     \
    __VA_ARGS__::allReduce(*group, op, in, out, count * sizeof(TYPE));         \
  }                                                                            \
  extern "C" void tatami_reduce_scatter_##NAME(                                \
      tatami_group *group, tatami_op op, const TYPE *in, TYPE *out,            \
      size_t count) {                                                          \
    __VA_ARGS__::reduceScatter(*group, op, in, out, count * sizeof(TYPE));     \
  }

} // namespace tatami::collectives

#endif // TATAMI_COLLECTIVES_REDUCE_H
