// How packets travel where some routers are dead.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Model.h"

#include "Routing.h"

namespace tatami::mesh {

PacketIndex Model::createCopy(const Packet &packet, const Rect &target) {
  const PacketIndex copy = pool.create(packet, target);
  if (detours)
    setTravel(copy);
  return copy;
}

/// The same in every part that a packet comes through, since it depends on its
/// source and target only.
void Model::setTravel(PacketIndex packet) {
  if (travels.size() < pool.capacity())
    travels.resize(pool.capacity());
  const Coord from = params.topology.coord(pool[packet].source);
  travels[packet] = detours->find(from, pool.destination(packet));
}

unsigned Model::detour(Coord at, unsigned from, bool first,
                       PacketIndex packet) {
  const Rect &to = pool.destination(packet);
  const Travel &travel = travels[packet];
  if (travel.mode == Travel::UpDown) {
    const Coord source = params.topology.coord(pool[packet].source);
    const Direction next = detours->nextUpDown(source, {to.x0, to.y0}, at);
    return 1u << static_cast<unsigned>(next);
  }
  if (travel.mode == Travel::WayPoint && first)
    return at == travel.via ? route(at, localPort, to)
                            : route(at, from, Rect::at(travel.via));
  return route(at, from, to);
}

uint64_t Model::nextTarget(const Rect &rect, uint64_t place) const {
  const Topology &t = params.topology;
  while (place < rect.size() &&
         !t.enabled(t.node(rect.x0 + unsigned(place % rect.width()),
                           rect.y0 + unsigned(place / rect.width()))))
    ++place;
  return place;
}

Rect Model::targetAt(const Rect &rect, uint64_t place) const {
  return Rect::at({static_cast<uint16_t>(rect.x0 + place % rect.width()),
                   static_cast<uint16_t>(rect.y0 + place / rect.width())});
}

} // namespace tatami::mesh
