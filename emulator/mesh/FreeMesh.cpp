// A mesh that costs nothing.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "FreeMesh.h"

#include "ArchiveHelp.h"

#include <algorithm>
#include <cassert>

namespace tatami::mesh {

FreeMesh::FreeMesh(const MeshParams &p, const Rect &area)
    : Model(p, area), armed(slotWanted.size(), never),
      freeFrom(slotWanted.size()) {
  assert(area == p.topology.whole() && !detours);
}

void FreeMesh::armSendQueue(uint32_t queue) {
  if (sendQueues.empty(queue))
    return;
  const Cycle at =
      std::max({sendQueues.front(queue).ready, freeFrom[queue], now()});
  if (at >= armed[queue])
    return;
  armed[queue] = at;
  events.push({at, queue});
}

Cycle FreeMesh::nextOwnEvent() const {
  Cycle next = events.empty() ? never : events.top().at;
  if (nextDelivery < deliveries.size())
    next = std::min(next, deliveries[nextDelivery].at);
  return next;
}

bool FreeMesh::deliverDue(Sink &sink) {
  bool stop = false;
  while (nextDelivery < deliveries.size() &&
         deliveries[nextDelivery].at <= now()) {
    const Delivery d = deliveries[nextDelivery++];
    stop |= deliver(d.router, d.packet, sink);
  }
  if (nextDelivery == deliveries.size()) {
    deliveries.clear();
    nextDelivery = 0;
  }
  return stop;
}

/// Lets the front of a queue go, a copy to each node that it is for.
void FreeMesh::depart(uint32_t queue) {
  const PacketIndex packet = sendQueues.front(queue).packet;
  freeFrom[queue] = now() + 1;
  popSendQueue(queue);
  const Rect &to = pool.destination(packet);
  if (const Direction side = pool[packet].exit; side != Direction::Local) {
    const Coord at{to.x0, to.y0};
    exits.push({now() + params.edgePort(at, side)->latency,
                routerOf(params.topology.node(at)), side, exitCount++, packet});
    return;
  }
  bool first = true;
  for (NodeId node : params.topology.nodes(to)) {
    if (!std::exchange(first, false))
      pool.addRef(packet);
    deliveries.push_back({now() + params.ejectCycles, routerOf(node), packet});
  }
}

bool FreeMesh::simulate() {
  if (events.empty() || events.top().at > now())
    return false;
  const size_t firstNew = deliveries.size();
  while (!events.empty() && events.top().at <= now()) {
    const Event e = events.top();
    events.pop();
    if (armed[e.queue] != e.at)
      continue;
    armed[e.queue] = never;
    depart(e.queue);
    armSendQueue(e.queue);
  }
  std::stable_sort(deliveries.begin() + ptrdiff_t(firstNew), deliveries.end(),
                   [](const Delivery &a, const Delivery &b) {
                     return a.router < b.router;
                   });
  ++currentCycle;
  return true;
}

template <class Archive> void FreeMesh::archiveAll(Archive &a) {
  archiveBase(a);
  archiveHeap(a, events);
  a(armed, freeFrom);
  uint64_t next = nextDelivery;
  a(next);
  nextDelivery = next;
  archiveList(a, deliveries, [&](Delivery &d) { a(d); });
}

void FreeMesh::archive(ArchiveWriter &a) { archiveAll(a); }
void FreeMesh::archive(ArchiveReader &a) { archiveAll(a); }

} // namespace tatami::mesh
