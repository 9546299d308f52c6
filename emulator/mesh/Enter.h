// How a packet gets into a router's queue: at every hop, so it is inline.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "Network.h"

namespace tatami::mesh {

inline void Network::activate(RouterIndex router) {
  // Whatever wakes up can move packets, so the count of still cycles restarts.
  stillCycles = 0;
  uint64_t &word = activeMap[router / 64];
  const uint64_t bit = uint64_t(1) << (router % 64);
  activeCount += !(word & bit);
  word |= bit;
}

inline void Network::deactivate(RouterIndex router) {
  uint64_t &word = activeMap[router / 64];
  const uint64_t bit = uint64_t(1) << (router % 64);
  activeCount -= (word & bit) != 0;
  word &= ~bit;
}

/// Puts \p entry at the tail of a queue, whose memory is made now if it is the
/// first one.
inline void Network::putTail(InputQueue &q, QueueEntry entry) {
  if (q.base == 0) {
    q.base = static_cast<uint32_t>(entries.size());
    entries.resize(entries.size() + q.depth);
  }
  entries[q.base + q.tail] = entry;
  stepOn(q, q.tail);
}

/// Puts a packet into a router's input queue, to be there at \p arrival.
inline void Network::enter(RouterIndex router, unsigned port, unsigned lane,
                           PacketIndex packet, Cycle arrival) {
  Router &r = routers[router];
  putTail(queueAt(router, port, lane),
          QueueEntry::full(packet,
                           routeAt(r.at, port, lane < numClasses, packet),
                           shortTime(arrival)));
  r.nonEmpty |= laneBit(port, lane);
  activate(router);
}

} // namespace tatami::mesh
