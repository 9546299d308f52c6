// A mesh per die does what one mesh for all dies does.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Parts.h"
#include "Traffic.h"

#include <catch2/catch.hpp>

using namespace tatami::mesh;
using namespace tatami::mesh::test;

namespace {

struct Outcome {
  std::vector<Arrival> arrivals;
  std::vector<Recorder::Slot> slots;
  std::vector<uint64_t> counters;
  bool operator==(const Outcome &) const = default;
};

struct Run {
  bool divided = true;
  Cycle step = never;
  unsigned threads = 1;
  uint64_t visitSeed = 0;
};

/// Random traffic of all kinds. Nodes run ahead: at the begin of every 240
/// cycles they inject what they send in them, as far as their queues take it.
Outcome drive(MeshParams p, const Run &run) {
  p.visitSeed = run.visitSeed;
  Grid<Mixture> grid(p, run.divided);
  const Topology &t = p.topology;
  const auto nodes = static_cast<NodeId>(t.size());
  Random random(7);
  for (Cycle begin = 0; begin < 2400; begin += 240) {
    for (NodeId n = 0; n < nodes; ++n)
      for (unsigned i = 0; i < 16; ++i) {
        PacketDesc d = packet(
            n, Rect::at(t.coord(random.below(nodes))), random.below(10000),
            random.below(4) ? TrafficClass::Request : TrafficClass::Reply);
        const unsigned kind = random.below(12);
        if (kind == 0) {
          d.destination.x1 = uint16_t(
              d.destination.x0 + random.below(t.columns() - d.destination.x0));
          d.destination.y1 = uint16_t(
              d.destination.y0 + random.below(t.rows() - d.destination.y0));
        } else if (kind == 1 && !p.edgePorts.empty()) {
          const EdgePort &port =
              p.edgePorts[random.below(uint32_t(p.edgePorts.size()))];
          d.destination = Rect::at({port.routers.x0, port.routers.y0});
          d.exit = port.side;
        }
        Mesh &mesh = grid.of(n);
        if (mesh.canInject(n, d.cls))
          mesh.inject(begin + i * 15, d);
        else if (d.cls == TrafficClass::Request)
          mesh.requestSlot(n, d.cls);
      }
    grid.advance(begin + 240, run.step, run.threads);
  }
  grid.finish(run.step, run.threads);

  Outcome o{grid.arrivals(), {}, {}};
  for (const auto &sink : grid.sinks)
    o.slots.insert(o.slots.end(), sink->slots.begin(), sink->slots.end());
  std::sort(o.slots.begin(), o.slots.end());
  const MeshStats s = grid.stats();
  for (const auto *list :
       {&s.linkPackets, &s.linkCreditStalls, &s.nodeSent, &s.nodeReceived})
    o.counters.insert(o.counters.end(), list->begin(), list->end());
  for (const auto &c : s.classes)
    o.counters.insert(o.counters.end(),
                      {c.injected, c.delivered, c.latencySum, c.latencyMax});
  o.counters.insert(o.counters.end(),
                    {s.swallowed, s.hops, s.creditStalls, s.arbitrationLosses,
                     s.limitStalls, s.toDevices, s.fromDevices});
  return o;
}

MeshParams dies(unsigned across, unsigned down) {
  MeshParams p;
  p.topology = Topology(across * 4, down * 3);
  p.dieColumns = 4;
  p.dieRows = 3;
  p.dieCrossingCycles = 24;
  p.requestQueueDepth = 8;
  p.bufferDepth = 4;
  return p;
}

} // namespace

TEST_CASE("parts are the dies, row by row", "[parts]") {
  MeshParams p = dies(3, 2);
  REQUIRE(p.partCount() == 6);
  REQUIRE(p.window() == 24);
  REQUIRE(p.partRect(4) == Rect{4, 3, 7, 5});
  for (unsigned part = 0; part < 6; ++part)
    for (NodeId n : p.topology.nodes(p.partRect(part)))
      REQUIRE(p.partOf(n) == part);
  MeshParams one;
  one.topology = Topology(5, 4);
  REQUIRE(one.partCount() == 1);
  REQUIRE(one.window() == never);
  REQUIRE(one.partRect(0) == one.topology.whole());
}

TEST_CASE("parts with windows do what one mesh does", "[parts]") {
  const std::pair<unsigned, unsigned> shapes[] = {{1, 1}, {2, 1}, {1, 2},
                                                  {3, 1}, {2, 2}, {3, 2}};
  const auto model = GENERATE(MeshParams::Router, MeshParams::Train);
  for (auto [across, down] : shapes) {
    MeshParams p = dies(across, down);
    // Room for a fraction of what is under way: credits decide the pace.
    p.dieCrossingDepth = 10;
    p.model = model;
    const Outcome whole = drive(p, {.divided = false});
    REQUIRE(whole.arrivals.size() > 2000 * across * down);
    REQUIRE(whole.slots.size() > 20);
    REQUIRE(drive(p, {}) == whole);
  }
}

TEST_CASE(
    "neither shorter windows, nor threads, nor the order of visits matter",
    "[parts]") {
  MeshParams p = dies(3, 2);
  p.edgePorts = {{Direction::West, {0, 0, 0, 2}, 100, 9},
                 {Direction::East, {11, 0, 11, 5}, 0, 5}};
  p.dieEdgeBytesPerCycle = 130;
  SECTION("links of one packet per cycle") {}
  SECTION("links of three packets per cycle") { p.linkPacketsPerCycle = 3; }
  SECTION("trains") { p.model = MeshParams::Train; }
  const Outcome whole = drive(p, {.divided = false});
  REQUIRE(drive(p, {.divided = false, .visitSeed = 3}) == whole);
  REQUIRE(drive(p, {}) == whole);
  REQUIRE(drive(p, {.step = 7}) == whole);
  REQUIRE(drive(p, {.threads = 2}) == whole);
  REQUIRE(drive(p, {.threads = 3, .visitSeed = 5}) == whole);
}

TEST_CASE("a die that stands still counts its stalls as one mesh would",
          "[parts]") {
  MeshParams p = dies(2, 1);
  p.dieCrossingDepth = 2;
  MeshStats results[2];
  for (bool divided : {false, true}) {
    Grid<Mixture> grid(p, divided);
    const NodeId from = 0, to = p.topology.node(7, 0);
    grid.of(to).setOutputStuck(to - 1, Direction::East, true);
    for (unsigned i = 0; i < 8; ++i)
      grid.of(from).inject(0, packet(grid.of(from), from, to, 1));
    grid.advance(4000);
    // Far longer than the one die needs to find that nothing moves any more.
    grid.of(to).setOutputStuck(to - 1, Direction::East, false);
    grid.finish();
    REQUIRE(grid.arrivals().size() == 8);
    results[divided] = grid.stats();
  }
  REQUIRE(results[0].creditStalls > 3000);
  REQUIRE(results[1].creditStalls == results[0].creditStalls);
  REQUIRE(results[1].linkCreditStalls == results[0].linkCreditStalls);
}

TEST_CASE("a part takes packets of its own nodes only; what crosses is whole",
          "[parts][payload]") {
  struct Check : Recorder {
    explicit Check(Mesh &) {}
    bool deliver(Cycle cycle, NodeId node, const Packet &p) override {
      REQUIRE(p.kind == PacketKind::Signal);
      REQUIRE(p.address == 0x1234);
      REQUIRE(p.length == 5);
      REQUIRE(p.read<uint32_t>(1) == 0xdeadbeef);
      REQUIRE(p.injected == 3);
      return Recorder::deliver(cycle, node, p);
    }
  };
  MeshParams p = dies(2, 2);
  Grid<Check> grid(p, true);
  PacketDesc d = packet(0, p.topology.whole());
  d.kind = PacketKind::Signal;
  d.address = 0x1234;
  const uint8_t data[5] = {1, 0xef, 0xbe, 0xad, 0xde};
  d.payload = data;
  d.length = 5;
  grid.of(0).inject(3, d);
  REQUIRE_FALSE(grid.idle());
  grid.finish();
  REQUIRE(grid.arrivals().size() == 48);
}
