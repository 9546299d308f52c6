// How packets travel where some routers are dead.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Network.h"

#include "Routing.h"

namespace tatami::mesh {

PacketIndex Network::createCopy(const Packet &packet, const Rect &target) {
  const PacketIndex copy = pool.create(packet, target);
  if (detours)
    setTravel(copy);
  return copy;
}

/// The same in every part that a packet comes through, since it depends on its
/// source and target only.
void Network::setTravel(PacketIndex packet) {
  if (travels.size() < pool.capacity())
    travels.resize(pool.capacity());
  const Coord from = params.topology.coord(pool[packet].source);
  travels[packet] = detours->find(from, pool.destination(packet));
}

unsigned Network::detour(const Router &r, unsigned from, unsigned lane,
                         PacketIndex packet) {
  const Rect &to = pool.destination(packet);
  const Travel &travel = travels[packet];
  if (travel.mode == Travel::UpDown) {
    const Coord source = params.topology.coord(pool[packet].source);
    const Direction next = detours->nextUpDown(source, {to.x0, to.y0}, r.at);
    return 1u << static_cast<unsigned>(next);
  }
  if (travel.mode == Travel::WayPoint && lane < numClasses) {
    if (r.at != travel.via)
      return route(r.at, from, Rect::at(travel.via));
    return route(r.at, localPort, to);
  }
  return route(r.at, from, to);
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

/// The first place from \p place on in a rectangle that has an enabled node, or
/// its size.
uint64_t Network::nextTarget(const Rect &rect, uint64_t place) const {
  const Topology &t = params.topology;
  while (place < rect.size() &&
         !t.enabled(t.node(rect.x0 + unsigned(place % rect.width()),
                           rect.y0 + unsigned(place / rect.width()))))
    ++place;
  return place;
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
  const auto x = static_cast<uint16_t>(rect.x0 + e.next % rect.width());
  const auto y = static_cast<uint16_t>(rect.y0 + e.next / rect.width());
  return createCopy(pool[front], Rect::at({x, y}));
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

} // namespace tatami::mesh
