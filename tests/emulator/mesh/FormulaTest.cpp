// Unloaded latency and streaming bandwidth on the paths of a tile: within a
// node and a die, from die to die, over the tile, to and from a device.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Parts.h"

#include <catch2/catch.hpp>

using namespace tatami::mesh;
using namespace tatami::mesh::test;

namespace {

struct Log : Recorder {
  explicit Log(Mesh &) {}
};

/// Two by two small dies with a device to the west and one to the south.
MeshParams smallTile(MeshParams::Model model = MeshParams::Router) {
  MeshParams p = grid(10, 8);
  p.model = model;
  p.dieColumns = 5;
  p.dieRows = 4;
  p.hopCycles = 2;
  p.creditCycles = 2;
  p.injectCycles = 3;
  p.ejectCycles = 4;
  p.dieCrossingCycles = 60;
  p.edgePorts = {{Direction::West, {0, 4, 0, 7}, 0, 150},
                 {Direction::South, {5, 7, 9, 7}, 0, 90}};
  return p;
}

unsigned crossings(const MeshParams &p, NodeId a, NodeId b) {
  const Coord s = p.topology.coord(a), d = p.topology.coord(b);
  auto dies = [](unsigned from, unsigned to, unsigned size) {
    return from / size > to / size ? from / size - to / size
                                   : to / size - from / size;
  };
  return dies(s.x, d.x, p.dieColumns) + dies(s.y, d.y, p.dieRows);
}

/// Cycles that a packet takes which meets nobody.
Cycle unloaded(const MeshParams &p, const PacketDesc &d) {
  const Topology &t = p.topology;
  const NodeId to = t.node(d.destination.x0, d.destination.y0);
  const unsigned far = crossings(p, d.source, to);
  const Cycle in = d.entry == Direction::Local
                       ? p.injectCycles
                       : p.edgePort(t.coord(d.source), d.entry)->latency;
  const Cycle out = d.exit == Direction::Local
                        ? p.ejectCycles
                        : p.edgePort(t.coord(to), d.exit)->latency;
  return in + p.hopCycles * (t.hops(d.source, to) - far) +
         p.dieCrossingCycles * far + out;
}

/// When the last of \p packets arrives; all are sent at 0.
Cycle lastArrival(const MeshParams &p, const std::vector<PacketDesc> &packets) {
  Grid<Log> grid(p, true);
  for (const PacketDesc &d : packets)
    grid.of(d.source).inject(0, d);
  grid.finish();
  const auto arrivals = grid.arrivals();
  REQUIRE(arrivals.size() == packets.size());
  return arrivals.back().cycle;
}

/// One packet for each kind of path, from near to far.
std::vector<PacketDesc> paths(const MeshParams &p) {
  const Topology &t = p.topology;
  auto to = [&](unsigned x, unsigned y) {
    return Rect::at({uint16_t(x), uint16_t(y)});
  };
  std::vector<PacketDesc> list = {
      packet(0, to(0, 0)),            // within a node
      packet(0, to(4, 3)),            // over a die
      packet(t.node(4, 1), to(5, 1)), // a die edge
      packet(t.node(1, 3), to(1, 4)), // one in the other direction
      packet(0, to(9, 7)),            // over the tile
      packet(t.node(9, 0), to(0, 7)),
  };
  PacketDesc d = packet(t.node(9, 7), to(0, 5)); // to a device
  d.exit = Direction::West;
  list.push_back(d);
  d = packet(t.node(6, 7), to(0, 0)); // from a device
  d.entry = Direction::South;
  list.push_back(d);
  d = packet(t.node(0, 4), to(8, 7)); // from one device to the other
  d.entry = Direction::West;
  d.exit = Direction::South;
  list.push_back(d);
  return list;
}

} // namespace

TEST_CASE("unloaded latency is the formula on every path", "[formula]") {
  const MeshParams p =
      smallTile(GENERATE(MeshParams::Router, MeshParams::Train));
  for (const PacketDesc &d : paths(p))
    REQUIRE(lastArrival(p, {d}) == unloaded(p, d));
}

TEST_CASE("unloaded latency between all nodes of a tile", "[formula]") {
  const MeshParams p =
      smallTile(GENERATE(MeshParams::Router, MeshParams::Train));
  Grid<Log> grid(p, true);
  const Topology &t = p.topology;
  // So far apart that none meets another.
  std::vector<Arrival> expected;
  Cycle cycle = 0;
  for (NodeId from = 0; from < t.size(); ++from)
    for (NodeId to = 0; to < t.size(); ++to, cycle += 300) {
      const PacketDesc d = packet(from, Rect::at(t.coord(to)));
      grid.of(from).inject(cycle, d);
      expected.push_back({cycle + unloaded(p, d), to, from, 0});
    }
  grid.advance(cycle + 300);
  REQUIRE(grid.arrivals() == expected);
}

TEST_CASE("every path streams one packet per cycle", "[formula]") {
  const MeshParams p =
      smallTile(GENERATE(MeshParams::Router, MeshParams::Train));
  for (const PacketDesc &d : paths(p))
    REQUIRE(lastArrival(p, std::vector<PacketDesc>(1000, d)) ==
            unloaded(p, d) + 999);
}

TEST_CASE("no latency parameter makes anything faster", "[formula]") {
  struct Parameter {
    const char *name;
    void (*raise)(MeshParams &);
  };
  const Parameter parameters[] = {
      {"hopCycles", [](MeshParams &p) { ++p.hopCycles; }},
      {"creditCycles", [](MeshParams &p) { ++p.creditCycles; }},
      {"injectCycles", [](MeshParams &p) { ++p.injectCycles; }},
      {"ejectCycles", [](MeshParams &p) { ++p.ejectCycles; }},
      {"dieCrossingCycles", [](MeshParams &p) { p.dieCrossingCycles += 7; }},
      {"edge port", [](MeshParams &p) { p.edgePorts[0].latency += 7; }},
      {"other edge port", [](MeshParams &p) { p.edgePorts[1].latency += 7; }}};
  MeshParams tight = smallTile();
  tight.bufferDepth = 2; // So that credits decide.
  tight.dieCrossingDepth = 40;
  for (const MeshParams &start : {smallTile(), tight})
    for (const Parameter &parameter : parameters) {
      INFO(parameter.name);
      bool slower = false;
      for (const PacketDesc &d : paths(start))
        for (size_t count : {1, 300}) {
          MeshParams p = start;
          Cycle before = lastArrival(p, std::vector<PacketDesc>(count, d));
          for (unsigned i = 0; i < 4; ++i) {
            parameter.raise(p);
            const Cycle now = lastArrival(p, std::vector<PacketDesc>(count, d));
            REQUIRE(now >= before);
            slower |= now > before;
            before = now;
          }
        }
      // Enough buffer hides what credits cost.
      REQUIRE((slower || (parameter.name == std::string("creditCycles") &&
                          start.bufferDepth == 8)));
    }
}

TEST_CASE("bandwidth of a real die edge and of a real edge port",
          "[formula][limit]") {
  // 2 TB/s at 2 GHz over the 20 links between two dies, 0.8 TB/s for a device.
  MeshParams p = grid(36, 20);
  p.model = GENERATE(MeshParams::Router, MeshParams::Train);
  // Trains of 16 packets do not share an edge packet by packet.
  const double slack = p.model == MeshParams::Train ? 16 * 20 * 64 / 400 : 2;
  p.dieColumns = 18;
  p.dieRows = 20;
  p.dieEdgeBytesPerCycle = 1000;
  p.edgePorts = {{Direction::West, {0, 0, 0, 19}, 400, 250}};
  const Topology &t = p.topology;
  const unsigned each = 500;
  std::vector<PacketDesc> over, out, in;
  for (unsigned y = 0; y < 20; ++y)
    for (unsigned i = 0; i < each; ++i) {
      over.push_back(packet(t.node(10, y), Rect::at({25, uint16_t(y)})));
      out.push_back(packet(t.node(3, y), Rect::at({0, uint16_t(y)})));
      out.back().exit = Direction::West;
      in.push_back(packet(t.node(0, y), Rect::at({3, uint16_t(y)})));
      in.back().entry = Direction::West;
    }
  auto cycles = [&](double rate) { return each * 20 * 64 / rate; };
  auto check = [&](const std::vector<PacketDesc> &packets, double rate) {
    const double last = double(lastArrival(p, packets));
    const double expected = double(unloaded(p, packets[0])) + cycles(rate);
    CHECK(last <= expected + slack - 2);
    CHECK(last >= expected - slack);
  };
  check(over, 1000);
  check(out, 400);
  check(in, 400);
}
