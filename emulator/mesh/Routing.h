// Dimension-order routing of packets and of multicast trees; who is beside
// whom. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/mesh/Topology.h"

namespace tatami::mesh {

/// The neighbour of \p c; outside of the grid it is some impossible place.
inline Coord beside(Coord c, unsigned side) {
  switch (static_cast<Direction>(side)) {
  case Direction::North:
    --c.y;
    break;
  case Direction::East:
    ++c.x;
    break;
  case Direction::South:
    ++c.y;
    break;
  case Direction::West:
    --c.x;
    break;
  case Direction::Local:
    break;
  }
  return c;
}

/// The outputs (bit = Direction) that a packet for \p dest takes at the router
/// at \p here when it came in through port \p from. Along x first, then along
/// y, never back: for a single node this is the XY path, for a rectangle the
/// tree of all XY paths to its nodes. The set is never empty.
inline unsigned route(Coord here, unsigned from, const Rect &dest) {
  constexpr auto bit = [](Direction d) {
    return 1u << static_cast<unsigned>(d);
  };
  constexpr auto port = [](Direction d) { return static_cast<unsigned>(d); };

  unsigned outputs = 0;
  // A packet that already travels along y does not turn back to x.
  if (from != port(Direction::North) && from != port(Direction::South)) {
    if (dest.x1 > here.x && from != port(Direction::East))
      outputs |= bit(Direction::East);
    if (dest.x0 < here.x && from != port(Direction::West))
      outputs |= bit(Direction::West);
    if (here.x < dest.x0 || here.x > dest.x1)
      return outputs;
  }
  if (dest.y1 > here.y && from != port(Direction::South))
    outputs |= bit(Direction::South);
  if (dest.y0 < here.y && from != port(Direction::North))
    outputs |= bit(Direction::North);
  if (dest.y0 <= here.y && here.y <= dest.y1)
    outputs |= bit(Direction::Local);
  return outputs;
}

} // namespace tatami::mesh
