// Send queues and routers, exchange with other parts, sleeping and waking.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Network.h"
#include "Enter.h"

#include <algorithm>
#include <bit>
#include <cassert>

namespace tatami::mesh {

/// A router whose packets all arrive within so many cycles stays active:
/// visiting it costs less than a wake-up.
static constexpr ShortTime shortNap = 4;

/// Shows the front of a send queue to its router, or sees to it that this
/// happens when its time has come.
void Network::armSendQueue(uint32_t queue) {
  const Source s = sourceOf(queue);
  QueueEntry &entry = entries[queueAt(s.router, s.port, s.cls).base];
  Router &r = routers[s.router];

  if (detours && expansions[queue].shown) {
    // Another packet has got ahead of a multicast that had not begun.
    pool.release(entry.packet());
    expansions[queue] = {};
  }
  if (!sendQueues.empty(queue) && sendQueues.front(queue).ready <= now() + 1) {
    const PacketIndex packet = showFront(queue);
    // What comes from a device starts its path here as a node's packets do.
    entry = QueueEntry::full(packet, routeAt(r.at, localPort, true, packet),
                             shortTime(sendQueues.front(queue).ready));
    r.nonEmpty |= laneBit(s.port, s.cls);
    activate(s.router);
    return;
  }
  entry = {};
  r.nonEmpty &= ~laneBit(s.port, s.cls);
  if (!r.nonEmpty)
    deactivate(s.router);
  if (sendQueues.empty(queue))
    return;
  const Cycle ready = sendQueues.front(queue).ready;
  if (ready < sendWake[queue]) {
    sendWake[queue] = ready;
    wakeUps.push({ready, queue});
  }
}

void Network::receive(Direction from, Model &other) {
  const auto port = static_cast<unsigned>(from);
  // The box over there is on the side that faces this part.
  Box &box = static_cast<Network &>(other).boxes[port ^ 2];
  for (const Box::Flight &f : box.packets)
    enter(edgeRouter(from, f.link), port, f.lane,
          createCopy(f.packet, f.target), f.at);
  for (const Box::Credit &c : box.credits) {
    InputQueue &mirror = queueBehind(edgeRouter(from, c.link), port, c.lane);
    entries[mirror.base + mirror.head] = {0, shortTime(c.at)};
    stepOn(mirror, mirror.head);
  }
  if (!box.packets.empty() || !box.credits.empty())
    stillCycles = 0;
  box.packets.clear();
  box.credits.clear();
}

/// For the first virtual channel, in which every packet starts.
unsigned Network::detourLane(const Router &r, PacketIndex packet,
                             unsigned lane) const {
  const Travel &travel = travels[packet];
  switch (travel.mode) {
  case Travel::UpDown:
    return lane + 2 * numClasses;
  case Travel::WayPoint:
    return r.at == travel.via ? lane + numClasses : lane;
  case Travel::Direct:
  case Travel::Copies:
    break;
  }
  return lane;
}

/// The packet that the router sees of the front of a send queue: itself, or the
/// next copy of a multicast whose tree is not alive.
PacketIndex Network::showFront(uint32_t queue) {
  const PacketIndex front = sendQueues.front(queue).packet;
  if (!detours || travels[front].mode != Travel::Copies)
    return front;
  const Rect &rect = pool.destination(front);
  Expansion &e = expansions[queue];
  e.next = nextTarget(rect, e.next);
  e.shown = true;
  return createCopy(pool[front], targetAt(rect, e.next));
}

/// Called when what the router saw of the front has left. Returns true if a
/// multicast at the front has a node left, whose copy is then shown.
bool Network::nextCopy(uint32_t queue) {
  Expansion &e = expansions[queue];
  if (!e.shown)
    return false;
  e.shown = false;
  const PacketIndex front = sendQueues.front(queue).packet;
  const Rect &rect = pool.destination(front);
  e.next = nextTarget(rect, e.next + 1);
  if (e.next < rect.size()) {
    armSendQueue(queue);
    return true;
  }
  e = {};
  pool.release(front);
  return false;
}

size_t Network::packetsInFlight() const {
  size_t count = pool.live();
  for (const Box &box : boxes)
    count += box.packets.size();
  return count;
}

/// Called when no packet of \p router can leave now because none is there yet:
/// takes the router off the active set until the first one is.
void Network::sleep(RouterIndex router) {
  const Router &r = routers[router];
  ShortTime first = ~ShortTime(0);
  for (uint64_t bits = r.nonEmpty; bits; bits &= bits - 1) {
    const unsigned bit = std::countr_zero(bits);
    const InputQueue &q = queueAt(router, bit / laneBits, bit % laneBits);
    first = std::min(first, entries[q.base + q.head].time);
  }
  if (r.nonEmpty) {
    if (first <= shortTime(now()) + shortNap)
      return;
    wakeUps.push({base + first, routerFlag | router});
  }
  deactivate(router);
}

void Network::wakeDue() {
  while (!wakeUps.empty() && wakeUps.top().at <= now()) {
    const WakeUp w = wakeUps.top();
    wakeUps.pop();
    if (w.what & routerFlag) {
      activate(w.what & ~routerFlag);
      continue;
    }
    if (sendWake[w.what] == w.at)
      sendWake[w.what] = never;
    // A wake-up may be for a packet that another one has got ahead of. That one
    // may have taken some of its outputs already: leave it alone.
    const Source s = sourceOf(w.what);
    if (!(routers[s.router].nonEmpty & laneBit(s.port, s.cls)))
      armSendQueue(w.what);
  }
}

void Network::jump(Cycle cycle) {
  assert(cycle >= now());
  if (activeCount != 0)
    countStandstill(cycle - now());
  currentCycle = cycle;
  rebase();
}

bool Network::deliverDue(Sink &sink) {
  bool stop = false;
  while (nextDelivery < deliveries.size() &&
         deliveries[nextDelivery].at <= now()) {
    const Delivery d = deliveries[nextDelivery++];
    if (nextDelivery + 1 < deliveries.size())
      pool.prefetch(deliveries[nextDelivery + 1].packet);
    stop |= deliver(d.router, d.packet, sink);
  }
  // Forget what is done, now and then, so that the list stays short.
  if (nextDelivery == deliveries.size()) {
    deliveries.clear();
    nextDelivery = 0;
  } else if (nextDelivery > 4096) {
    deliveries.erase(deliveries.begin(),
                     deliveries.begin() + ptrdiff_t(nextDelivery));
    nextDelivery = 0;
  }
  return stop;
}

Cycle Network::nextOwnEvent() const {
  if (canMove())
    return now();
  Cycle next = wakeUps.empty() ? never : wakeUps.top().at;
  if (nextDelivery < deliveries.size())
    next = std::min(next, deliveries[nextDelivery].at);
  return next;
}

bool Network::simulate() {
  wakeDue();
  if (!canMove())
    return false;
  step();
  return true;
}

void Network::rebase() {
  if (currentCycle - base < uint64_t(1) << 30)
    return;
  // Times that have passed all mean the same, so they may become 0.
  const Cycle delta = currentCycle - base;
  for (QueueEntry &e : entries)
    e.time = e.time > delta ? static_cast<ShortTime>(e.time - delta) : 0;
  base = currentCycle;
}

void Network::setOutputStuck(NodeId node, Direction d, bool stuck) {
  const unsigned bit = 1u << static_cast<unsigned>(d);
  Router &r = routers[routerOf(node)];
  r.stuck = static_cast<uint8_t>(stuck ? r.stuck | bit : r.stuck & ~bit);
  stillCycles = 0;
}

} // namespace tatami::mesh
