// Limits of die edges and edge ports, links of several packets per cycle.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Parts.h"

#include <catch2/catch.hpp>

#include <map>

using namespace tatami::mesh;
using namespace tatami::mesh::test;

namespace {

struct Listener : Recorder {
  explicit Listener(Mesh &) {}
};

/// Two dies of 4 columns and \p rows rows, side by side.
MeshParams twoDies(unsigned rows, unsigned edgeBytes) {
  MeshParams p = grid(8, rows);
  p.dieColumns = 4;
  p.dieRows = rows;
  p.dieCrossingCycles = 50;
  p.dieEdgeBytesPerCycle = edgeBytes;
  return p;
}

/// Every row sends \p count packets over the edge; returns what arrived.
std::vector<Arrival> stream(const MeshParams &p, unsigned count, bool divided) {
  Grid<Listener> grid(p, divided);
  const Topology &t = p.topology;
  for (unsigned y = 0; y < t.rows(); ++y)
    for (unsigned i = 0; i < count; ++i) {
      const NodeId from = t.node(3, y);
      grid.of(from).inject(0, packet(grid.of(from), from, t.node(4, y), i));
    }
  grid.finish();
  return grid.arrivals();
}

} // namespace

TEST_CASE("a die edge carries its limit and no more", "[limit]") {
  // Ten links could carry 640 bytes per cycle. 64 bytes are a packet, so a
  // limit of 64 * n / m lets n packets pass in m cycles.
  for (unsigned bytes : {64u, 100u, 16u, 250u, 320u, 639u}) {
    const auto arrivals = stream(twoDies(10, bytes), 400, false);
    REQUIRE(arrivals.size() == 4000);
    const Cycle first = arrivals.front().cycle, last = arrivals.back().cycle;
    REQUIRE(first == 1 + 50 + 1);
    // The bucket starts full: up to a packet less one byte more than the rate.
    uint64_t passed = 0;
    for (size_t i = 0; i < arrivals.size(); ++i) {
      passed += 64;
      REQUIRE(passed <= (arrivals[i].cycle - first + 1) * bytes + 63);
    }
    REQUIRE(last - first + 1 == (4000 * 64 - 63 + bytes - 1) / bytes);
    REQUIRE(stream(twoDies(10, bytes), 400, true) == arrivals);
  }
}

TEST_CASE("an edge whose limit is not reached costs nothing", "[limit]") {
  REQUIRE(stream(twoDies(10, 640), 400, false) ==
          stream(twoDies(10, 0), 400, false));
}

TEST_CASE("the links of an edge share its limit fairly", "[limit]") {
  const auto arrivals = stream(twoDies(10, 230), 300, false);
  std::map<NodeId, unsigned> count;
  for (size_t i = 0; i < 2000; ++i)
    ++count[arrivals[i].node];
  REQUIRE(count.size() == 10);
  for (auto [node, packets] : count) {
    CHECK(packets >= 199);
    CHECK(packets <= 201);
  }
}

TEST_CASE("each direction and each edge has a limit of its own", "[limit]") {
  MeshParams p = grid(6, 6);
  p.dieColumns = p.dieRows = 3;
  p.dieCrossingCycles = 20;
  p.dieEdgeBytesPerCycle = 32;
  Mesh mesh(p);
  Recorder sink;
  // Over all eight edges at once, 100 packets each.
  const Topology &t = p.topology;
  for (unsigned i = 0; i < 100; ++i)
    for (unsigned k : {1u, 4u})
      for (unsigned at : {2u, 3u}) {
        mesh.inject(0, packet(mesh, t.node(at, k), t.node(5 - at, k), i));
        mesh.inject(0, packet(mesh, t.node(k, at), t.node(k, 5 - at), i));
      }
  mesh.advance(never, sink);
  REQUIRE(sink.arrivals.size() == 800);
  // One packet in two cycles, the first at once.
  REQUIRE(sink.arrivals.back().cycle == 1 + 20 + 1 + 2 * 99);
  REQUIRE(mesh.stats().limitStalls > 0);
}

TEST_CASE("an edge port carries its limit each way", "[limit][edge]") {
  MeshParams p = grid(4, 8);
  p.edgePorts = {{Direction::West, {0, 0, 0, 7}, 160, 40}};
  struct Exits : Recorder {
    Cycle firstExit = never, lastExit = 0;
    unsigned exits = 0;
    bool deliver(Cycle cycle, NodeId node, const Packet &packet) override {
      if (packet.exit == Direction::Local)
        return Recorder::deliver(cycle, node, packet);
      firstExit = std::min(firstExit, cycle);
      lastExit = cycle;
      ++exits;
      return false;
    }
  } sink;
  Mesh mesh(p);
  for (unsigned i = 0; i < 200; ++i)
    for (unsigned y = 0; y < 8; ++y) {
      const NodeId n = p.topology.node(0, y);
      PacketDesc out = packet(mesh, n, n, i);
      out.exit = Direction::West;
      mesh.inject(0, out);
      PacketDesc in = packet(mesh, n, n, i);
      in.entry = Direction::West;
      mesh.inject(0, in);
    }
  mesh.advance(never, sink);
  // 1,600 packets at two and a half per cycle.
  REQUIRE(sink.exits == 1600);
  REQUIRE(sink.firstExit == 1 + 40);
  REQUIRE(sink.lastExit - sink.firstExit == 639);
  REQUIRE(sink.arrivals.size() == 1600);
  REQUIRE(sink.arrivals.front().cycle == 40 + 1);
  REQUIRE(sink.arrivals.back().cycle == 40 + 1 + 639);
}

TEST_CASE("a packet that meets two limits waits for the tighter one",
          "[limit][edge]") {
  MeshParams p = grid(2, 4);
  p.edgePorts = {{Direction::West, {0, 0, 0, 3}, 128, 10},
                 {Direction::North, {0, 0, 0, 0}, 16, 10}};
  p.dieColumns = 1;
  p.dieRows = 4;
  p.dieCrossingCycles = 30;
  p.dieEdgeBytesPerCycle = 32;
  Mesh mesh(p);
  Recorder sink;
  // From the west over the die edge: one packet in two cycles.
  for (unsigned i = 0; i < 100; ++i)
    for (unsigned y = 0; y < 4; ++y) {
      PacketDesc d = packet(mesh, p.topology.node(0, y), p.topology.node(1, y));
      d.entry = Direction::West;
      mesh.inject(0, d);
    }
  mesh.advance(never, sink);
  REQUIRE(sink.arrivals.size() == 400);
  REQUIRE(sink.arrivals.back().cycle == 10 + 30 + 1 + 2 * 399);
}

TEST_CASE("links of several packets per cycle", "[limit]") {
  MeshParams p = grid(6, 1);
  p.linkPacketsPerCycle = 4;
  p.bufferDepth = 16;
  Mesh mesh(p);
  Recorder sink;
  // Four nodes send to the east end over one link; that node takes one packet
  // per cycle, so two thirds go to its neighbour beyond the busiest link.
  for (unsigned i = 0; i < 300; ++i)
    for (NodeId n = 0; n < 3; ++n)
      mesh.inject(0, packet(mesh, n, 3 + n, i));
  mesh.advance(never, sink);
  REQUIRE(sink.arrivals.size() == 900);
  // Nobody waits for anybody: three streams over the link from 2 to 3.
  REQUIRE(sink.arrivals.back().cycle == 1 + 3 + 1 + 299);
  const MeshStats s = mesh.stats();
  REQUIRE(s.linkPackets[MeshStats::link(2, Direction::East)] == 900);
  REQUIRE(s.creditStalls == 0);
  REQUIRE(s.arbitrationLosses == 0);
}

TEST_CASE("a node's port carries one packet per cycle, however wide the links",
          "[limit]") {
  MeshParams p = grid(3, 3);
  p.linkPacketsPerCycle = 4;
  Mesh mesh(p);
  Recorder sink;
  // All to the centre, and the centre to all.
  for (unsigned i = 0; i < 100; ++i)
    for (NodeId n = 0; n < 9; ++n)
      if (n != 4) {
        mesh.inject(0, packet(mesh, n, 4, i));
        mesh.inject(0, packet(mesh, 4, n, i));
      }
  mesh.advance(never, sink);
  std::map<Cycle, unsigned> atCentre;
  Cycle lastOut = 0;
  for (const Arrival &a : sink.arrivals)
    if (a.node == 4)
      REQUIRE(++atCentre[a.cycle] == 1);
    else
      lastOut = std::max(lastOut, a.cycle);
  REQUIRE(atCentre.size() == 800);
  REQUIRE(atCentre.rbegin()->first == 1 + 1 + 1 + 799);
  REQUIRE(lastOut == 1 + 1 + 1 + 799 + 1); // The last goes to a corner.
}
