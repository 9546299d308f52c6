// What nodes have handed to the mesh and what has not entered a router yet.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "SendQueues.h"

#include <algorithm>
#include <cassert>

namespace tatami::mesh {

SendQueues::SendQueues(size_t nodes, size_t devices,
                       const std::array<unsigned, numClasses> &depths)
    : queues((nodes + devices) * numClasses), limited(nodes * numClasses),
      depths(depths) {}

void SendQueues::grow(Queue &q) {
  std::rotate(q.ring.begin(), q.ring.begin() + q.head, q.ring.end());
  q.head = 0;
  q.ring.resize(std::max<size_t>(4, q.ring.size() * 2));
}

bool SendQueues::hasRoomAt(uint32_t queue, Cycle cycle) const {
  const unsigned depth = depthOf(queue);
  const Queue &q = queues[queue];
  if (depth == 0 || q.count < depth)
    return true;
  // Entries are in the order of time, so this one decides.
  return q.ring[(q.head + depth - 1) & (q.ring.size() - 1)].ready > cycle;
}

bool SendQueues::insert(uint32_t queue, Entry entry) {
  Queue &q = queues[queue];
  assert(hasRoomAt(queue, entry.ready) && "send queue is full");
  if (q.count == q.ring.size())
    grow(q);
  const uint32_t mask = static_cast<uint32_t>(q.ring.size()) - 1;
  // Nearly always the new entry is the latest one and the loop does not run.
  uint32_t place = q.count;
  for (; place > 0; --place) {
    const Entry &before = q.ring[(q.head + place - 1) & mask];
    if (before.ready <= entry.ready)
      break;
    q.ring[(q.head + place) & mask] = before;
  }
  q.ring[(q.head + place) & mask] = entry;
  ++q.count;
  return place == 0;
}

void SendQueues::pop(uint32_t queue) {
  Queue &q = queues[queue];
  assert(q.count > 0);
  q.head = (q.head + 1) & (static_cast<uint32_t>(q.ring.size()) - 1);
  --q.count;
}

} // namespace tatami::mesh
