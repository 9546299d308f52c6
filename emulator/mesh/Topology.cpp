// Where nodes are: coordinates, rectangles of nodes, the map of enabled nodes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/mesh/Topology.h"

#include <algorithm>
#include <cassert>
#include <cstdlib>

namespace tatami::mesh {

Topology::Topology(unsigned columns, unsigned rows)
    : numColumns(columns), numRows(rows), numEnabled(size_t(columns) * rows),
      enabledMap(numEnabled, true) {
  assert(columns >= 1 && rows >= 1 && columns <= 65535 && rows <= 65535);
}

Topology Topology::die() {
  Topology t(18, 20);
  for (unsigned y = 0; y <= 5; ++y)
    t.setEnabled(t.node(17, y), false);
  return t;
}

void Topology::setEnabled(NodeId n, bool on) {
  assert(contains(n));
  if (enabledMap[n] == on)
    return;
  enabledMap[n] = on;
  numEnabled += on ? 1 : -1;
}

unsigned Topology::hops(NodeId a, NodeId b) const {
  Coord p = coord(a), q = coord(b);
  return std::abs(int(p.x) - int(q.x)) + std::abs(int(p.y) - int(q.y));
}

size_t Topology::enabledCount(const Rect &r) const {
  auto range = nodes(r);
  return std::count_if(range.begin(), range.end(),
                       [this](NodeId n) { return enabled(n); });
}

} // namespace tatami::mesh
