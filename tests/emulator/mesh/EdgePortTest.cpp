// Packets to and from devices at the rim of the grid.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Recorder.h"

#include <catch2/catch.hpp>

using namespace tatami::mesh;
using namespace tatami::mesh::test;

namespace {

struct Exits : Recorder {
  struct Exit {
    Cycle cycle;
    NodeId router;
    Direction side;
    uint64_t tag;
    bool operator==(const Exit &) const = default;
  };
  bool deliver(Cycle cycle, NodeId node, const Packet &p) override {
    if (p.exit == Direction::Local)
      return Recorder::deliver(cycle, node, p);
    exits.push_back({cycle, node, p.exit, p.tag});
    return false;
  }
  std::vector<Exit> exits;
};

MeshParams withPort(Direction side, const Rect &routers) {
  MeshParams p = grid(6, 5);
  p.hopCycles = 2;
  p.edgePorts = {{side, routers, 0, 30}};
  return p;
}

} // namespace

TEST_CASE("latency to and from a device on each side", "[edge]") {
  const std::pair<Direction, Rect> rims[] = {{Direction::North, {0, 0, 5, 0}},
                                             {Direction::East, {5, 0, 5, 4}},
                                             {Direction::South, {0, 4, 5, 4}},
                                             {Direction::West, {0, 0, 0, 4}}};
  for (auto &[side, line] : rims) {
    const MeshParams p = withPort(side, line);
    const Topology &t = p.topology;
    for (NodeId router : t.nodes(line))
      for (NodeId node = 0; node < t.size(); ++node) {
        Mesh mesh(p);
        Exits sink;
        const unsigned hops = t.hops(node, router);
        PacketDesc out = packet(mesh, node, router, 1);
        out.exit = side;
        mesh.inject(100, out);
        PacketDesc in = packet(mesh, router, node, 2);
        in.entry = side;
        mesh.inject(500, in);
        mesh.advance(never, sink);
        REQUIRE(sink.exits == std::vector<Exits::Exit>{
                                  {100 + 1 + 2 * hops + 30, router, side, 1}});
        REQUIRE(sink.arrivals == std::vector<Arrival>{{500 + 30 + 2 * hops + 1,
                                                       node, router, 2}});
        REQUIRE(mesh.stats().toDevices == 1);
        REQUIRE(mesh.stats().fromDevices == 1);
        REQUIRE(mesh.idle());
      }
  }
}

TEST_CASE("a packet from one device to another crosses the grid", "[edge]") {
  MeshParams p = withPort(Direction::West, {0, 0, 0, 4});
  p.edgePorts.push_back({Direction::East, {5, 2, 5, 2}, 0, 7});
  Mesh mesh(p);
  Exits sink;
  PacketDesc d = packet(mesh, 0, p.topology.node(5, 2), 9);
  d.entry = Direction::West;
  d.exit = Direction::East;
  mesh.inject(10, d);
  mesh.advance(never, sink);
  REQUIRE(sink.exits ==
          std::vector<Exits::Exit>{{10 + 30 + 2 * 7 + 7, p.topology.node(5, 2),
                                    Direction::East, 9}});
}

TEST_CASE("a router with a dead core serves its device all the same",
          "[edge]") {
  MeshParams p = withPort(Direction::West, {0, 0, 0, 4});
  p.topology.setEnabled(0, false);
  Mesh mesh(p);
  Exits sink;
  PacketDesc d = packet(mesh, 7, 0, 1);
  d.exit = Direction::West;
  mesh.inject(0, d);
  d = packet(mesh, 0, 7, 2);
  d.entry = Direction::West;
  mesh.inject(0, d);
  mesh.advance(never, sink);
  REQUIRE(sink.exits.size() == 1);
  REQUIRE(sink.arrivals.size() == 1);
}

TEST_CASE("each link of a device carries one packet per cycle each way",
          "[edge]") {
  const MeshParams p = withPort(Direction::West, {0, 0, 0, 0});
  Mesh mesh(p);
  Exits sink;
  for (unsigned i = 0; i < 500; ++i) {
    PacketDesc out = packet(mesh, 3, 0, i);
    out.exit = Direction::West;
    mesh.inject(0, out);
    PacketDesc in = packet(mesh, 0, 4, i);
    in.entry = Direction::West;
    mesh.inject(0, in);
    // Its own queue: the node beside it is not held up.
    mesh.inject(0, packet(mesh, 0, 6, 1000 + i));
  }
  mesh.advance(never, sink);
  REQUIRE(sink.exits.back().cycle == 1 + 2 * 3 + 30 + 499);
  Cycle lastIn = 0, lastOwn = 0;
  for (const Arrival &a : sink.arrivals)
    (a.tag < 1000 ? lastIn : lastOwn) = a.cycle;
  REQUIRE(lastIn == 30 + 2 * 4 + 1 + 499);
  REQUIRE(lastOwn == 1 + 2 * 1 + 1 + 499);
}

TEST_CASE("an impossible edge port is named", "[edge][params]") {
  MeshParams p = withPort(Direction::West, {0, 0, 0, 4});
  REQUIRE(p.check() == "");
  SECTION("not at the rim") {
    p.edgePorts[0].routers = {1, 0, 1, 4};
    REQUIRE(p.check() == "edgePorts[0] is at (1, 0) - (1, 4), it must lie "
                         "within (0, 0) - (0, 4), the rim of its side");
  }
  SECTION("no latency") {
    p.edgePorts[0].latency = 0;
    REQUIRE(p.check() ==
            "edgePorts[0] has a latency of 0, it must be 1 to 10000");
  }
  SECTION("no side") {
    p.edgePorts[0].side = Direction::Local;
    REQUIRE(p.check() ==
            "edgePorts[0] has no side, it must be one of the four");
  }
  SECTION("a limit over several dies") {
    p.dieColumns = 6;
    p.dieRows = 1;
    REQUIRE(p.check() == "");
    p.edgePorts[0].bytesPerCycle = 400;
    REQUIRE(p.check() == "edgePorts[0] has a limit and lies at several dies, "
                         "it must lie at one");
  }
  SECTION("two devices on a link") {
    p.edgePorts.push_back({Direction::West, {0, 4, 0, 4}, 0, 1});
    REQUIRE(p.check() == "edgePorts[1] shares a router with edgePorts[0] on "
                         "the same side, a link can lead to one device only");
  }
}
