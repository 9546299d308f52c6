// What nodes have handed to the mesh and what has not entered a router yet.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "PacketPool.h"

#include <array>
#include <vector>

namespace tatami::mesh {

/// Per node and class a FIFO ordered by (time, order of insertion). Entries may
/// lie in the future, because nodes run ahead of the mesh.
class SendQueues {
public:
  struct Entry {
    /// The cycle from which on the router can take the packet.
    Cycle ready;
    PacketIndex packet;
  };

  SendQueues(size_t nodes, const std::array<unsigned, numClasses> &depths);

  /// Number of a queue: node * numClasses + class.
  static uint32_t number(NodeId node, TrafficClass cls) {
    return node * numClasses + static_cast<unsigned>(cls);
  }

  unsigned freeSlots(uint32_t queue) const {
    unsigned depth = depths[queue % numClasses];
    return depth ? depth - queues[queue].count : ~0u - queues[queue].count;
  }
  bool empty(uint32_t queue) const { return queues[queue].count == 0; }
  const Entry &front(uint32_t queue) const {
    const Queue &q = queues[queue];
    return q.ring[q.head];
  }

  /// Inserts in order; returns true if the front changed.
  bool insert(uint32_t queue, Entry entry);
  void pop(uint32_t queue);

private:
  /// A ring whose size is a power of two; it grows when full, so that a node
  /// that never sends costs no memory.
  struct Queue {
    std::vector<Entry> ring;
    uint32_t head = 0;
    uint32_t count = 0;
  };
  static void grow(Queue &q);

  std::vector<Queue> queues;
  std::array<unsigned, numClasses> depths;
};

} // namespace tatami::mesh
