//===- move.cpp - Collectives that move data as they are ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Group.h"

#include <string.h>

using namespace tatami::collectives;

// Whoever writes to another node's memory must know that this node has made
// the call: meet() tells the root of the first tree that all have, and Go tells
// it on. What comes behind Go cannot be taken for another call's: its receiver
// has finished the calls before, and no one begins the call behind it before
// everyone has met again.

/// Lets the node with rank \p root go on when all nodes have made the call.
/// Only the tree's root sends Go to a single node, in the order of calls.
static void meetAt(tatami_group &group, int root) {
  const int node = tatami_group_node(&group, root);
  if (meet(group))
    tatami_sem_signal(node, semaphoreOf(group, Go), 1);
  if (group.rank == root)
    tatami_sem_wait(semaphoreOf(group, Go), 1);
}

void tatami_group_sync(tatami_group *group) {
  if (meet(*group))
    tatami_multicast_signal(group->nodes, semaphoreOf(*group, Go), 1);
  tatami_sem_wait(semaphoreOf(*group, Go), 1);
}

void tatami_broadcast(tatami_group *group, void *data, size_t bytes, int root) {
  check("tatami_broadcast", bytes, data, data);
  checkRank(*group, "tatami_broadcast", root);
  if (bytes == 0 || group->size == 1)
    return;
  meetAt(*group, root);
  if (group->rank == root) {
    tatami_multicast(group->nodes, data, data, bytes);
    tatami_multicast_signal(group->nodes, semaphoreOf(*group, Data), 1);
  }
  tatami_sem_wait(semaphoreOf(*group, Data), 1);
}

void tatami_scatter(tatami_group *group, const void *in, void *out,
                    size_t bytes, int root) {
  check("tatami_scatter", bytes, in, out);
  checkRank(*group, "tatami_scatter", root);
  if (bytes == 0)
    return;
  meetAt(*group, root);
  if (group->rank == root) {
    const Members start(*group, 0);
    Members to = start; // In registers: nobody has its address.
    const uint8_t *block = (const uint8_t *)in;
    for (int i = 0; i < group->size; ++i, to.next(), block += bytes) {
      tatami_push(tatami_remote(to.node(), out), block, bytes);
      tatami_sem_signal(to.node(), semaphoreOf(*group, Data), 1);
    }
  }
  tatami_sem_wait(semaphoreOf(*group, Data), 1);
}

void tatami_gather(tatami_group *group, const void *in, void *out, size_t bytes,
                   int root) {
  check("tatami_gather", bytes, in, out);
  checkRank(*group, "tatami_gather", root);
  if (bytes == 0)
    return;
  // Everyone waits: a signal to the root of this call must not meet the root
  // in the call before.
  tatami_group_sync(group);
  const int node = tatami_group_node(group, root);
  tatami_push(tatami_remote(node, (uint8_t *)out + group->rank * bytes), in,
              bytes);
  tatami_sem_signal(node, semaphoreOf(*group, Data), 1);
  if (group->rank == root)
    tatami_sem_wait(semaphoreOf(*group, Data), group->size);
}

void tatami_all_gather(tatami_group *group, const void *in, void *out,
                       size_t bytes) {
  check("tatami_all_gather", bytes, in, out);
  if (bytes == 0)
    return;
  tatami_group_sync(group);
  tatami_multicast(group->nodes, (uint8_t *)out + group->rank * bytes, in,
                   bytes);
  tatami_multicast_signal(group->nodes, semaphoreOf(*group, Data), 1);
  tatami_sem_wait(semaphoreOf(*group, Data), group->size);
}

void tatami_all_to_all(tatami_group *group, const void *in, void *out,
                       size_t bytes) {
  check("tatami_all_to_all", bytes, in, out);
  if (bytes == 0)
    return;
  tatami_group_sync(group);
  uint8_t *place = (uint8_t *)out + group->rank * bytes;
  // Oneself first, then the next rank: not all send to one node at a time.
  const Members start(*group, group->rank);
  Members to = start; // In registers: nobody has its address.
  int rank = group->rank;
  for (int i = 0; i < group->size; ++i, to.next()) {
    tatami_push(tatami_remote(to.node(), place),
                (const uint8_t *)in + rank * bytes, bytes);
    tatami_sem_signal(to.node(), semaphoreOf(*group, Data), 1);
    if (++rank == group->size)
      rank = 0;
  }
  tatami_sem_wait(semaphoreOf(*group, Data), group->size);
}
