// Checks of the numbers of a mesh.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/mesh/MeshParams.h"

#include "Detours.h"

#include <fmt/format.h>

#include <algorithm>

namespace tatami::mesh {

static std::string checkEdgePort(const MeshParams &p, size_t number) {
  const EdgePort &port = p.edgePorts[number];
  const Rect &r = port.routers;
  const std::string name = fmt::format("edgePorts[{}]", number);
  if (static_cast<unsigned>(port.side) >= numLinks)
    return name + " has no side, it must be one of the four";
  const Rect line = p.topology.whole().rim(port.side);
  if (!r.ordered() || !line.contains(Coord{r.x0, r.y0}) ||
      !line.contains(Coord{r.x1, r.y1}))
    return fmt::format("{} is at ({}, {}) - ({}, {}), it must lie within "
                       "({}, {}) - ({}, {}), the rim of its side",
                       name, r.x0, r.y0, r.x1, r.y1, line.x0, line.y0, line.x1,
                       line.y1);
  if (port.latency < 1 || port.latency > 10000)
    return fmt::format("{} has a latency of {}, it must be 1 to 10000", name,
                       port.latency);
  if (port.bytesPerCycle > 1u << 30)
    return fmt::format("{} has {} bytesPerCycle, it must be 0 to {}", name,
                       port.bytesPerCycle, 1u << 30);
  // Its packets are counted where they are, by one host thread.
  if (port.bytesPerCycle && p.partOf(p.topology.node(r.x0, r.y0)) !=
                                p.partOf(p.topology.node(r.x1, r.y1)))
    return name + " has a limit and lies at several dies, it must lie at one";
  for (size_t other = 0; other < number; ++other) {
    const EdgePort &o = p.edgePorts[other];
    if (o.side == port.side && o.routers.x0 <= r.x1 && r.x0 <= o.routers.x1 &&
        o.routers.y0 <= r.y1 && r.y0 <= o.routers.y1)
      return fmt::format("{} shares a router with edgePorts[{}] on the same "
                         "side, a link can lead to one device only",
                         name, other);
  }
  return {};
}

std::string MeshParams::check() const {
  struct Range {
    const char *name;
    unsigned value, least, most;
  };
  // The upper bounds are what the compact queue entries can hold; each is far
  // above anything that makes sense.
  const Range ranges[] = {
      {"hopCycles", hopCycles, 1, 10000},
      {"creditCycles", creditCycles, 1, 10000},
      {"bufferDepth", bufferDepth, 1, 4096},
      {"injectCycles", injectCycles, 0, 10000},
      {"ejectCycles", ejectCycles, 1, 10000},
      {"requestQueueDepth", requestQueueDepth, 0, 1u << 20},
      {"replyQueueDepth", replyQueueDepth, 0, 1u << 20},
      {"dieCrossingCycles", dieCrossingCycles, 1, 10000},
      {"dieCrossingDepth", dieCrossingDepth, 1, 32768},
      {"linkPacketsPerCycle", linkPacketsPerCycle, 1, 64},
      {"dieEdgeBytesPerCycle", dieEdgeBytesPerCycle, 0, 1u << 30},
  };
  for (const Range &r : ranges)
    if (r.value < r.least || r.value > r.most)
      return fmt::format("{} is {}, it must be {} to {}", r.name, r.value,
                         r.least, r.most);
  if (topology.enabledCount() == 0)
    return "no node of the mesh is enabled, at least one must be";
  if ((dieColumns == 0) != (dieRows == 0))
    return "dieColumns and dieRows must both be given or both be 0";
  if (dieColumns && topology.columns() % dieColumns)
    return fmt::format("dieColumns is {}, it must divide the {} columns of the "
                       "grid",
                       dieColumns, topology.columns());
  if (dieRows && topology.rows() % dieRows)
    return fmt::format("dieRows is {}, it must divide the {} rows of the grid",
                       dieRows, topology.rows());
  for (size_t i = 0; i < edgePorts.size(); ++i)
    if (std::string wrong = checkEdgePort(*this, i); !wrong.empty())
      return wrong;
  return checkRouting(*this);
}

unsigned MeshParams::partOf(NodeId node) const {
  const Coord at = topology.coord(node);
  return dieColumns ? at.y / dieRows * partColumns() + at.x / dieColumns : 0;
}

Rect MeshParams::partRect(unsigned part) const {
  if (!dieColumns)
    return topology.whole();
  const unsigned x = part % partColumns() * dieColumns;
  const unsigned y = part / partColumns() * dieRows;
  return {uint16_t(x), uint16_t(y), uint16_t(x + dieColumns - 1),
          uint16_t(y + dieRows - 1)};
}

const EdgePort *MeshParams::edgePort(Coord router, Direction side) const {
  auto it = std::find_if(
      edgePorts.begin(), edgePorts.end(),
      [&](const EdgePort &port) { return port.has(router, side); });
  return it == edgePorts.end() ? nullptr : &*it;
}

} // namespace tatami::mesh
