// Traffic arrives, in order, where routers are dead.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Detours.h"
#include "Parts.h"
#include "Routing.h"
#include "Traffic.h"
#include "tatami/mesh/ChannelGraph.h"

#include <catch2/catch.hpp>

#include <bit>
#include <map>

using namespace tatami::mesh;
using namespace tatami::mesh::test;

namespace {

struct Listener : Recorder {
  explicit Listener(Mesh &) {}
};

void kill(MeshParams &p, Coord c) {
  p.deadRouters.push_back(c);
  p.topology.setEnabled(p.topology.node(c), false);
}

/// A grid of \p columns x \p rows with \p count dead routers at random places
/// that leave everybody else reachable.
MeshParams withDeadRouters(unsigned columns, unsigned rows, unsigned count,
                           uint64_t seed) {
  Random random(seed);
  for (;;) {
    MeshParams p = grid(columns, rows);
    while (p.deadRouters.size() < count) {
      const Coord c{uint16_t(random.below(columns)),
                    uint16_t(random.below(rows))};
      if (p.topology.enabled(p.topology.node(c)))
        kill(p, c);
    }
    if (p.check().empty())
      return p;
  }
}

/// Links on the shortest path between two nodes round the dead routers.
std::vector<unsigned> distances(const MeshParams &p, NodeId from) {
  const Topology &t = p.topology;
  std::vector<unsigned> result(t.size(), ~0u);
  std::vector<NodeId> order{from};
  result[from] = 0;
  for (size_t i = 0; i < order.size(); ++i) {
    const Coord c = t.coord(order[i]);
    const int steps[4][2] = {{0, -1}, {1, 0}, {0, 1}, {-1, 0}};
    for (auto [dx, dy] : steps) {
      const Coord n{uint16_t(c.x + dx), uint16_t(c.y + dy)};
      if (!t.contains(n) || result[t.node(n)] != ~0u ||
          std::count(p.deadRouters.begin(), p.deadRouters.end(), n))
        continue;
      result[t.node(n)] = result[order[i]] + 1;
      order.push_back(t.node(n));
    }
  }
  return result;
}

/// Tags of one (source, destination) must arrive in ascending order.
void requireOrder(const std::vector<Arrival> &arrivals) {
  std::map<std::pair<NodeId, NodeId>, uint64_t> last;
  for (const Arrival &a : arrivals) {
    auto [it, isNew] = last.try_emplace({a.source, a.node}, a.tag);
    REQUIRE((isNew || it->second < a.tag));
    it->second = a.tag;
  }
}

/// Unicasts and multicasts of both classes under heavy load, small buffers.
std::vector<Arrival> load(MeshParams p, bool divided, TrafficClass cls,
                          uint64_t &expected) {
  p.bufferDepth = 2;
  p.dieCrossingDepth = 4;
  Grid<Listener> grid(p, divided);
  const Topology &t = p.topology;
  Random random(3);
  expected = 0;
  for (unsigned i = 0; i < 20; ++i)
    for (NodeId n = 0; n < t.size(); ++n) {
      if (!t.enabled(n))
        continue;
      Rect r = Rect::at(t.coord(random.below(uint32_t(t.size()))));
      if (random.below(8) == 0) {
        r.x1 = uint16_t(r.x0 + random.below(t.columns() - r.x0));
        r.y1 = uint16_t(r.y0 + random.below(t.rows() - r.y0));
      }
      if (t.enabledCount(r) == 0 && r.single())
        continue;
      expected += t.enabledCount(r);
      grid.of(n).inject(i * 2, packet(n, r, i, cls));
    }
  for (Cycle end = 100000; !grid.idle() && grid.meshes[0]->now() < end;)
    grid.advance(grid.meshes[0]->now() + 1000);
  REQUIRE(grid.idle());
  return grid.arrivals();
}

} // namespace

TEST_CASE("all pairs of nodes reach each other", "[dead]") {
  for (uint64_t seed = 1; seed <= 6; ++seed) {
    const MeshParams p = withDeadRouters(9, 8, 3 + unsigned(seed), seed);
    const Topology &t = p.topology;
    for (NodeId from = 0; from < t.size(); ++from) {
      if (!t.enabled(from))
        continue;
      Mesh mesh(p);
      Recorder sink;
      size_t expected = 0;
      for (NodeId to = 0; to < t.size(); ++to)
        if (t.enabled(to)) {
          mesh.inject(1000 * to, packet(mesh, from, to, to));
          ++expected;
        }
      mesh.advance(never, sink);
      REQUIRE(sink.arrivals.size() == expected);
      const auto shortest = distances(p, from);
      for (const Arrival &a : sink.arrivals) {
        REQUIRE(a.node == a.tag);
        const Cycle hops = a.cycle - 1000 * a.tag - 2;
        REQUIRE(hops >= shortest[a.node]);
        // A path that is alive is not left.
        if (hops > shortest[a.node])
          REQUIRE(shortest[a.node] >= t.hops(from, a.node));
        REQUIRE(hops <= shortest[a.node] + 16);
      }
    }
  }
}

TEST_CASE("heavy traffic round dead routers arrives in order", "[dead]") {
  for (uint64_t seed = 1; seed <= 4; ++seed)
    for (TrafficClass cls : {TrafficClass::Request, TrafficClass::Reply}) {
      MeshParams p = withDeadRouters(10, 9, 8, seed);
      uint64_t expected;
      const auto arrivals = load(p, false, cls, expected);
      REQUIRE(arrivals.size() == expected);
      requireOrder(arrivals);
    }
}

TEST_CASE("dead routers in several dies; parts do what one mesh does",
          "[dead][parts]") {
  MeshParams p = withDeadRouters(15, 12, 14, 5);
  p.model = GENERATE(MeshParams::Router, MeshParams::Train);
  p.dieColumns = 5;
  p.dieRows = 4;
  p.dieCrossingCycles = 20;
  p.dieEdgeBytesPerCycle = 200;
  REQUIRE(p.check() == "");
  uint64_t expected;
  const auto whole = load(p, false, TrafficClass::Request, expected);
  REQUIRE(whole.size() == expected);
  requireOrder(whole);
  REQUIRE(load(p, true, TrafficClass::Request, expected) == whole);
}

TEST_CASE("a corner that only up*/down* paths reach", "[dead]") {
  // A wall with a hole at its far end, twice: no single way-point will do.
  MeshParams p = grid(6, 7);
  for (uint16_t x = 0; x < 5; ++x) {
    kill(p, {x, 2});
    kill(p, {uint16_t(x + 1), 4});
  }
  REQUIRE(p.check() == "");
  const Topology &t = p.topology;
  Mesh mesh(p);
  Recorder sink;
  const NodeId a = t.node(0, 0), b = t.node(0, 6), c = t.node(5, 6);
  for (unsigned i = 0; i < 50; ++i) {
    mesh.inject(0, packet(mesh, a, c, i));
    mesh.inject(0, packet(mesh, b, a, i));
    mesh.inject(0, packet(mesh, c, a, i));
  }
  mesh.advance(never, sink);
  REQUIRE(sink.arrivals.size() == 150);
  requireOrder(sink.arrivals);
  // Alone, the packet takes the shortest path: 5 + 3 + 5 + 3 + 5 links.
  Mesh quiet(p);
  Recorder one;
  quiet.inject(0, packet(quiet, a, c));
  quiet.advance(never, one);
  REQUIRE(one.arrivals[0].cycle == 1 + 21 + 1);
}

TEST_CASE("a multicast that meets a dead router is sent node by node",
          "[dead][multicast]") {
  MeshParams p = grid(5, 5);
  kill(p, {2, 2});
  p.requestQueueDepth = 3;
  p.model = GENERATE(MeshParams::Router, MeshParams::Train);
  Mesh mesh(p);
  Recorder sink;
  // Takes one slot, however many nodes there are.
  mesh.inject(0, packet(0, p.topology.whole(), 1));
  mesh.inject(0, packet(0, Rect::at({4, 4}), 2));
  mesh.inject(0, packet(0, Rect{3, 3, 4, 4}, 3));
  REQUIRE_FALSE(mesh.canInject(0, TrafficClass::Request));
  mesh.requestSlot(0, TrafficClass::Request);
  mesh.advance(never, sink);
  // One packet per cycle leaves: 24 copies, then the slot is free.
  // In the fast model it is free when the first one leaves.
  const Cycle freed = p.model == MeshParams::Train ? 1 + 1 : 1 + 24;
  REQUIRE(sink.slots ==
          std::vector<Recorder::Slot>{{freed, 0, TrafficClass::Request}});
  mesh.advance(never, sink);
  REQUIRE(sink.arrivals.size() == 24 + 1 + 4);
  requireOrder(sink.arrivals);
  REQUIRE(mesh.idle());
  REQUIRE(mesh.stats().nodeSent[0] == 3);
  // A tree that meets none is one packet as ever.
  const uint64_t hops = mesh.stats().hops;
  mesh.inject(mesh.now(), packet(0, Rect{0, 0, 4, 1}, 4));
  mesh.advance(never, sink);
  REQUIRE(mesh.stats().hops - hops == 4 + 5);
  REQUIRE(sink.arrivals.size() == 29 + 10);
}

TEST_CASE("a node that nobody can reach is named", "[dead][params]") {
  MeshParams p = grid(5, 5);
  SECTION("walled in") {
    kill(p, {1, 0});
    kill(p, {0, 1});
    REQUIRE(p.check() ==
            "node (0, 0) is walled in by dead routers, no path leads from it "
            "to the others; it must be disabled");
    p.topology.setEnabled(0, false);
    REQUIRE(p.check() == "");
    p.edgePorts = {{Direction::West, {0, 0, 0, 0}, 0, 9}};
    REQUIRE(p.check() == "router (0, 0) of edgePorts[0] is dead or walled in, "
                         "it must be alive");
  }
  SECTION("enabled") {
    p.deadRouters = {{3, 4}};
    REQUIRE(p.check() == "node (3, 4) is enabled and its router is dead, it "
                         "must be disabled");
  }
  SECTION("outside") {
    p.deadRouters = {{5, 0}};
    REQUIRE(p.check() ==
            "the dead router (5, 0) is outside of the grid of 5 x 5 nodes");
  }
}

TEST_CASE("a circle of channels that wait for each other is found", "[dead]") {
  ChannelGraph graph(8);
  graph.addDependency(0, 1);
  graph.addDependency(1, 2);
  graph.addDependency(2, 3);
  graph.addDependency(7, 3);
  REQUIRE(graph.findCycle().empty());
  // The four turns of a circle round a square.
  graph.addDependency(3, 4);
  graph.addDependency(4, 5);
  graph.addDependency(5, 2);
  REQUIRE(graph.findCycle() == std::vector<uint32_t>{2, 3, 4, 5});
  ChannelGraph self(2);
  self.addDependency(1, 1);
  REQUIRE(self.findCycle() == std::vector<uint32_t>{1});
}

TEST_CASE("the channels of all paths wait for each other in no circle",
          "[dead]") {
  unsigned modes[3] = {};
  for (uint64_t seed = 1; seed <= 8; ++seed) {
    MeshParams p = withDeadRouters(10, 9, 16, seed);
    const Topology &t = p.topology;
    Detours detours(p);
    ChannelGraph graph(uint32_t(t.size() * numLinks * 3));
    // Walks a path and notes who waits for whom on it; returns its end.
    uint32_t last = ~0u;
    auto walk = [&](Coord from, unsigned channel, auto next) {
      unsigned port = unsigned(Direction::Local);
      for (unsigned length = 0;; ++length) {
        REQUIRE(length < 100);
        REQUIRE(detours.alive(t.node(from)));
        const unsigned output = next(from, port);
        if (output == unsigned(Direction::Local))
          return from;
        const auto link =
            uint32_t((t.node(from) * numLinks + output) * 3 + channel);
        if (last != ~0u)
          graph.addDependency(last, link);
        last = link;
        from = beside(from, output);
        port = output ^ 2;
      }
    };
    auto direct = [&](Coord from, Coord to, unsigned channel) {
      REQUIRE(walk(from, channel, [&](Coord here, unsigned port) {
                return unsigned(
                    std::countr_zero(route(here, port, Rect::at(to))));
              }) == to);
    };
    for (NodeId a = 0; a < t.size(); ++a)
      for (NodeId b = 0; b < t.size(); ++b) {
        const Coord from = t.coord(a), to = t.coord(b);
        if (!t.enabled(a) || !t.enabled(b))
          continue;
        const Travel travel = detours.find(from, Rect::at(to));
        REQUIRE(detours.find(from, Rect::at(to)) == travel);
        ++modes[travel.mode];
        last = ~0u;
        if (travel.mode == Travel::Direct) {
          direct(from, to, 0);
        } else if (travel.mode == Travel::WayPoint) {
          direct(from, travel.via, 0);
          direct(travel.via, to, 1);
        } else {
          REQUIRE(walk(from, 2, [&](Coord here, unsigned) {
                    return unsigned(detours.nextUpDown(from, to, here));
                  }) == to);
        }
      }
    REQUIRE(graph.findCycle().empty());
  }
  // All three ways have been seen.
  REQUIRE(modes[Travel::Direct] > 10000);
  REQUIRE(modes[Travel::WayPoint] > 1000);
  REQUIRE(modes[Travel::UpDown] > 10);
}

TEST_CASE("random dies of the real size, and the tile, pass the check",
          "[dead]") {
  for (uint64_t seed = 1; seed <= 20; ++seed)
    withDeadRouters(18, 20, 6, seed); // Draws until check() accepts it.
  MeshParams tile = withDeadRouters(90, 100, 40, 3);
  tile.dieColumns = 18;
  tile.dieRows = 20;
  REQUIRE(tile.check() == "");
}
