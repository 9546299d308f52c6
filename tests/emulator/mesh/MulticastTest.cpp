// Multicast: everybody once, one packet per tree link, no loss under load.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Recorder.h"
#include "Traffic.h"

#include <catch2/catch.hpp>

#include <map>

using namespace tatami::mesh;
using namespace tatami::mesh::test;

/// Links of the tree from \p c along its row, then along each column.
static unsigned treeLinks(Coord c, const Rect &r) {
  const unsigned row = std::max<int>(c.x, r.x1) - std::min<int>(c.x, r.x0);
  const unsigned column = std::max<int>(c.y, r.y1) - std::min<int>(c.y, r.y0);
  return row + column * r.width();
}

TEST_CASE("a multicast reaches every node of every rectangle once",
          "[multicast]") {
  const MeshParams p = grid(5, 4);
  const Topology &t = p.topology;
  for (uint16_t x0 = 0; x0 < 5; ++x0)
    for (uint16_t x1 = x0; x1 < 5; ++x1)
      for (uint16_t y0 = 0; y0 < 4; ++y0)
        for (uint16_t y1 = y0; y1 < 4; ++y1)
          for (NodeId from = 0; from < t.size(); ++from) {
            const Rect r{x0, y0, x1, y1};
            Mesh mesh(p);
            Recorder sink;
            mesh.inject(5, packet(from, r, 9));
            mesh.advance(never, sink);

            std::vector<NodeId> reached;
            for (const Arrival &a : sink.arrivals) {
              reached.push_back(a.node);
              // Nobody is in the way, so each copy takes its shortest time.
              REQUIRE(a.cycle == 5 + 1 + t.hops(from, a.node) + 1);
            }
            std::sort(reached.begin(), reached.end());
            auto expected = t.nodes(r);
            REQUIRE(reached ==
                    std::vector<NodeId>(expected.begin(), expected.end()));
            REQUIRE(mesh.stats().hops == treeLinks(t.coord(from), r));
            REQUIRE(mesh.idle());
          }
}

TEST_CASE("a multicast uses each link of its tree once", "[multicast]") {
  Mesh mesh(grid(8, 8));
  Recorder sink;
  mesh.inject(0, packet(mesh.topology().node(3, 2), {1, 1, 6, 6}));
  mesh.advance(never, sink);
  for (uint64_t packets : mesh.stats().linkPackets)
    REQUIRE(packets <= 1);
}

TEST_CASE("a multicast stream runs at one packet per cycle", "[multicast]") {
  Mesh mesh(grid(8, 8));
  Recorder sink;
  for (unsigned i = 0; i < 500; ++i)
    mesh.inject(0, packet(0, mesh.topology().whole(), i));
  mesh.advance(never, sink);
  REQUIRE(sink.arrivals.size() == 500 * 64);
  REQUIRE(sink.arrivals.back().cycle == 1 + 14 + 1 + 499);
}

TEST_CASE("branches that have left do not leave again", "[multicast]") {
  Mesh mesh(grid(3, 3));
  Recorder sink;
  // The later packet is queued first: its wake-up comes when the multicast, at
  // the front by then, has sent one branch and waits with the other.
  mesh.inject(50, packet(0, Rect::at({2, 0}), 2));
  mesh.inject(40, packet(0, Rect{0, 0, 1, 1}, 1));
  mesh.setOutputStuck(0, Direction::South, true);
  mesh.advance(60, sink);
  REQUIRE(sink.arrivals ==
          std::vector<Arrival>{{42, 0, 0, 1}, {43, 1, 0, 1}, {44, 4, 0, 1}});
  mesh.setOutputStuck(0, Direction::South, false);
  mesh.advance(never, sink);
  REQUIRE(sink.arrivals.size() == 5);
  REQUIRE(sink.arrivals[3] == Arrival{62, 3, 0, 1});
  REQUIRE(sink.arrivals[4] == Arrival{64, 2, 0, 2});
}

TEST_CASE("disabled nodes get no copy and hold up nobody", "[multicast]") {
  MeshParams p;
  p.topology = Topology::die();
  Mesh mesh(p);
  Recorder sink;
  mesh.inject(0, packet(0, mesh.topology().whole()));
  mesh.inject(0, packet(0, Rect{17, 0, 17, 5}));
  mesh.advance(never, sink);
  REQUIRE(sink.arrivals.size() == 354);
  REQUIRE(mesh.stats().swallowed == 12);
  REQUIRE(mesh.idle());
}

TEST_CASE("a multicast stays behind earlier packets to the same node",
          "[multicast][order]") {
  Mesh mesh(grid(6, 6));
  Recorder sink;
  Random random(3);
  for (unsigned i = 0; i < 4000; ++i) {
    const NodeId from = random.below(36);
    Rect r = Rect::at(mesh.topology().coord(random.below(36)));
    if (random.below(4) == 0)
      r = {uint16_t(random.below(3)), uint16_t(random.below(3)),
           uint16_t(3 + random.below(3)), uint16_t(3 + random.below(3))};
    mesh.inject(i / 20, packet(from, r, i));
  }
  mesh.advance(never, sink);
  REQUIRE(mesh.idle());
  REQUIRE(mesh.stats().creditStalls > 0);
  std::map<std::pair<NodeId, NodeId>, uint64_t> last;
  for (const Arrival &a : sink.arrivals) {
    auto [it, isNew] = last.try_emplace({a.source, a.node}, a.tag);
    if (isNew)
      continue;
    REQUIRE(it->second < a.tag);
    it->second = a.tag;
  }
}

TEST_CASE("multicasts under load: all arrive, none twice, no deadlock",
          "[multicast]") {
  MeshParams p = grid(8, 8);
  p.bufferDepth = 1;
  p.hopCycles = 2;
  Mesh mesh(p);
  Recorder sink;
  Random random(11);
  uint64_t expected = 0;
  for (unsigned i = 0; i < 3000; ++i) {
    const uint16_t x = uint16_t(random.below(8)), y = uint16_t(random.below(8));
    const Rect r{x, y, uint16_t(x + random.below(8 - x)),
                 uint16_t(y + random.below(8 - y))};
    expected += r.size();
    mesh.inject(i / 30, packet(random.below(64), r, i,
                               static_cast<TrafficClass>(random.below(2))));
  }
  mesh.advance(never, sink);
  REQUIRE_FALSE(mesh.isDeadlocked());
  REQUIRE(mesh.idle());
  REQUIRE(sink.arrivals.size() == expected);
  std::vector<std::pair<NodeId, uint64_t>> copies;
  for (const Arrival &a : sink.arrivals)
    copies.push_back({a.node, a.tag});
  std::sort(copies.begin(), copies.end());
  REQUIRE(std::adjacent_find(copies.begin(), copies.end()) == copies.end());
}
