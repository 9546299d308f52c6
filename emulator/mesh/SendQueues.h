// What nodes have handed to the mesh and what has not entered a router yet.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "PacketPool.h"

#include <array>
#include <vector>

namespace tatami::mesh {

/// Per sender and class a FIFO ordered by (time, order of insertion); queue
/// number = sender * numClasses + class. Entries may lie in the future, because
/// nodes run ahead of the mesh.
class SendQueues {
public:
  struct Entry {
    /// The cycle from which on the router can take the packet.
    Cycle ready;
    PacketIndex packet;
  };

  /// \p nodes senders with queues of \p depths, then \p devices senders whose
  /// queues have no limit.
  SendQueues(size_t nodes, size_t devices,
             const std::array<unsigned, numClasses> &depths);

  unsigned freeSlots(uint32_t queue) const {
    unsigned depth = depthOf(queue), count = queues[queue].count;
    if (depth == 0)
      return ~0u - count;
    return depth > count ? depth - count : 0;
  }
  /// True if there would be a slot without what is to come after \p cycle.
  bool hasRoomAt(uint32_t queue, Cycle cycle) const;
  bool empty(uint32_t queue) const { return queues[queue].count == 0; }
  const Entry &front(uint32_t queue) const {
    const Queue &q = queues[queue];
    return q.ring[q.head];
  }

  /// Inserts in order; returns true if the front changed.
  bool insert(uint32_t queue, Entry entry);
  void pop(uint32_t queue);

  template <class Archive> void archive(Archive &a);

private:
  /// A ring whose size is a power of two; it grows when full, so that a node
  /// that never sends costs no memory.
  struct Queue {
    std::vector<Entry> ring;
    uint32_t head = 0;
    uint32_t count = 0;
  };
  static void grow(Queue &q);
  /// 0: no limit.
  unsigned depthOf(uint32_t queue) const {
    return queue < limited ? depths[queue % numClasses] : 0;
  }

  std::vector<Queue> queues;
  size_t limited;
  std::array<unsigned, numClasses> depths;
};

} // namespace tatami::mesh
