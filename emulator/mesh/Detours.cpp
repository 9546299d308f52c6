// Paths round dead routers.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Detours.h"

#include "Routing.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cstdlib>

namespace tatami::mesh {

template <typename Fn> void Detours::forNeighbours(NodeId n, Fn visit) const {
  for (unsigned side = 0; side < numLinks; ++side) {
    const Coord c = beside(params.topology.coord(n), side);
    if (params.topology.contains(c) && alive(params.topology.node(c)))
      visit(params.topology.node(c), side);
  }
}

Detours::Detours(const MeshParams &p) : params(p), dead(p.topology.size()) {
  const Topology &t = params.topology;
  for (Coord c : params.deadRouters)
    dead[t.node(c)] = true;
  const unsigned stride = t.columns() + 1;
  deadBefore.resize(stride * (t.rows() + 1));
  for (unsigned y = 0; y < t.rows(); ++y)
    for (unsigned x = 0; x < t.columns(); ++x)
      deadBefore[(y + 1) * stride + x + 1] =
          deadBefore[y * stride + x + 1] + deadBefore[(y + 1) * stride + x] -
          deadBefore[y * stride + x] + dead[t.node(x, y)];
  findLevels();
}

/// The root of the up*/down* tree is the router next to the middle of the
/// largest connected part, that with the most enabled nodes.
void Detours::findLevels() {
  const Topology &t = params.topology;
  auto flood = [&](NodeId root, std::vector<uint32_t> &levels) {
    std::vector<NodeId> order{root};
    levels[root] = 0;
    for (size_t i = 0; i < order.size(); ++i)
      forNeighbours(order[i], [&](NodeId n, unsigned) {
        if (levels[n] != unreached)
          return;
        levels[n] = levels[order[i]] + 1;
        order.push_back(n);
      });
    return order;
  };
  std::vector<uint32_t> seen(t.size(), unreached);
  std::vector<NodeId> largest;
  size_t most = 0;
  for (NodeId n = 0; n < t.size(); ++n) {
    if (dead[n] || seen[n] != unreached)
      continue;
    std::vector<NodeId> members = flood(n, seen);
    const size_t count = 1 + static_cast<size_t>(std::count_if(
                                 members.begin(), members.end(),
                                 [&](NodeId m) { return t.enabled(m); }));
    if (count > most) {
      most = count;
      largest = std::move(members);
    }
  }
  level.assign(t.size(), unreached);
  if (largest.empty())
    return;
  auto fromMiddle = [&](NodeId n) {
    const Coord c = t.coord(n);
    const int dx = 2 * c.x - int(t.columns()), dy = 2 * c.y - int(t.rows());
    return std::pair(std::abs(dx) + std::abs(dy), n);
  };
  flood(*std::min_element(
            largest.begin(), largest.end(),
            [&](NodeId a, NodeId b) { return fromMiddle(a) < fromMiddle(b); }),
        level);
}

bool Detours::anyDead(const Rect &r) const {
  const unsigned stride = params.topology.columns() + 1;
  auto before = [&](unsigned x, unsigned y) {
    return deadBefore[y * stride + x];
  };
  return before(r.x1 + 1u, r.y1 + 1u) + before(r.x0, r.y0) !=
         before(r.x0, r.y1 + 1u) + before(r.x1 + 1u, r.y0);
}

bool Detours::treeAlive(Coord from, const Rect &to) const {
  const Rect row{std::min(from.x, to.x0), from.y, std::max(from.x, to.x1),
                 from.y};
  const Rect columns{to.x0, std::min(from.y, to.y0), to.x1,
                     std::max(from.y, to.y1)};
  return !anyDead(row) && !anyDead(columns);
}

bool Detours::pathAlive(Coord from, Coord to) const {
  return treeAlive(from, Rect::at(to));
}

/// Cycles on the links of the direct path.
uint64_t Detours::latency(Coord from, Coord to) const {
  auto distance = [](unsigned a, unsigned b) { return a > b ? a - b : b - a; };
  uint64_t crossings = 0;
  if (params.dieColumns)
    crossings = distance(from.x / params.dieColumns, to.x / params.dieColumns) +
                distance(from.y / params.dieRows, to.y / params.dieRows);
  const uint64_t hops = distance(from.x, to.x) + distance(from.y, to.y);
  return (hops - crossings) * params.hopCycles +
         crossings * params.dieCrossingCycles;
}

bool Detours::searchWayPoint(Coord from, Coord to, Coord &via) const {
  const Topology &t = params.topology;
  uint64_t best = never;
  for (NodeId n = 0; n < t.size(); ++n) {
    const Coord c = t.coord(n);
    const uint64_t cost = latency(from, c) + latency(c, to);
    if (cost < best && pathAlive(from, c) && pathAlive(c, to)) {
      best = cost;
      via = c;
    }
  }
  return best != never;
}

Travel Detours::find(Coord from, const Rect &to) {
  if (treeAlive(from, to))
    return {};
  return to.single() ? findSingle(from, {to.x0, to.y0})
                     : Travel{.mode = Travel::Copies, .via = {}};
}

Travel Detours::findSingle(Coord from, Coord to) {
  const Topology &t = params.topology;
  auto [it, isNew] = known.try_emplace({t.node(from), t.node(to)});
  if (isNew && searchWayPoint(from, to, it->second.via))
    it->second.mode = Travel::WayPoint;
  else if (isNew)
    it->second.mode = Travel::UpDown;
  return it->second;
}

/// The routers of a shortest path that goes up and then down.
std::vector<NodeId> Detours::searchUpDown(NodeId from, NodeId to) const {
  const size_t nodes = params.topology.size();
  // A state is a node and whether the path has gone down already.
  std::vector<size_t> cameFrom(2 * nodes, 2 * nodes);
  std::vector<size_t> order{from};
  cameFrom[from] = from;
  for (size_t i = 0; i < order.size(); ++i) {
    const size_t state = order[i];
    const auto here = static_cast<NodeId>(state % nodes);
    if (here == to) {
      std::vector<NodeId> path{here};
      for (size_t s = state; s != from; s = cameFrom[s])
        path.push_back(static_cast<NodeId>(cameFrom[s] % nodes));
      std::reverse(path.begin(), path.end());
      return path;
    }
    forNeighbours(here, [&](NodeId n, unsigned) {
      const bool up = isUp(here, n), hasGoneDown = state >= nodes;
      if (up && hasGoneDown)
        return;
      const size_t next = n + (up ? 0 : nodes);
      if (cameFrom[next] == 2 * nodes) {
        cameFrom[next] = state;
        order.push_back(next);
      }
    });
  }
  assert(false && "up to the root and down again always works");
  return {};
}

Direction Detours::nextUpDown(Coord from, Coord to, Coord here) {
  const Topology &t = params.topology;
  auto [it, isNew] = knownUpDown.try_emplace({t.node(from), t.node(to)});
  std::vector<NodeId> &path = it->second;
  if (isNew)
    path = searchUpDown(t.node(from), t.node(to));
  const auto at = std::find(path.begin(), path.end(), t.node(here));
  assert(at != path.end());
  if (at + 1 == path.end())
    return Direction::Local;
  for (unsigned side = 0; side < numLinks; ++side)
    if (beside(here, side) == t.coord(at[1]))
      return static_cast<Direction>(side);
  assert(false && "paths go from neighbour to neighbour");
  return Direction::Local;
}

ChannelGraph Detours::dependencies() const {
  const size_t nodes = params.topology.size();
  auto channel = [](NodeId n, unsigned side, unsigned vc) {
    return static_cast<uint32_t>((n * numLinks + side) * virtualChannels + vc);
  };
  auto alongX = [](unsigned side) { return side % 2 == 1; };
  // Without dead routers nothing leaves the first virtual channel.
  const bool detouring = !params.deadRouters.empty();
  ChannelGraph graph(static_cast<uint32_t>(nodes * numLinks * virtualChannels));
  for (NodeId a = 0; a < nodes; ++a) {
    if (dead[a])
      continue;
    forNeighbours(a, [&](NodeId b, unsigned in) {
      forNeighbours(b, [&](NodeId c, unsigned out) {
        // On along the same line, or from x to y.
        if (out == in || (alongX(in) && !alongX(out))) {
          graph.addDependency(channel(a, in, 0), channel(b, out, 0));
          if (detouring)
            graph.addDependency(channel(a, in, 1), channel(b, out, 1));
        }
        if (!detouring)
          return;
        // A way-point may be anywhere, and the second path starts anew.
        graph.addDependency(channel(a, in, 0), channel(b, out, 1));
        if (isUp(a, b) || !isUp(b, c))
          graph.addDependency(channel(a, in, 2), channel(b, out, 2));
      });
    });
  }
  return graph;
}

std::string checkRouting(const MeshParams &params) {
  const Topology &t = params.topology;
  for (Coord c : params.deadRouters) {
    if (!t.contains(c))
      return fmt::format("the dead router ({}, {}) is outside of the grid of "
                         "{} x {} nodes",
                         c.x, c.y, t.columns(), t.rows());
    if (t.enabled(t.node(c)))
      return fmt::format("node ({}, {}) is enabled and its router is dead, it "
                         "must be disabled",
                         c.x, c.y);
  }
  const Detours detours(params);
  for (NodeId n = 0; n < t.size(); ++n)
    if (t.enabled(n) && !detours.reachable(n))
      return fmt::format("node ({}, {}) is walled in by dead routers, no path "
                         "leads from it to the others; it must be disabled",
                         t.coord(n).x, t.coord(n).y);
  for (size_t i = 0; i < params.edgePorts.size(); ++i)
    for (NodeId n : t.nodes(params.edgePorts[i].routers))
      if (!detours.reachable(n))
        return fmt::format("router ({}, {}) of edgePorts[{}] is dead or walled "
                           "in, it must be alive",
                           t.coord(n).x, t.coord(n).y, i);
  const std::vector<uint32_t> cycle = detours.dependencies().findCycle();
  if (cycle.empty())
    return {};
  const uint32_t n = cycle[0] / Detours::virtualChannels / numLinks;
  return fmt::format("routing could deadlock: {} channels wait for each other "
                     "in a circle through node ({}, {})",
                     cycle.size(), t.coord(n).x, t.coord(n).y);
}

} // namespace tatami::mesh
