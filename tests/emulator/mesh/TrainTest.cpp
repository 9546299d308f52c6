// The fast model: order, payload, and how far it is from the routers.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Recorder.h"
#include "Traffic.h"

#include <catch2/catch.hpp>

#include <map>

using namespace tatami::mesh;
using namespace tatami::mesh::test;

namespace {

MeshParams fast(MeshParams p) {
  p.model = MeshParams::Train;
  return p;
}

/// Relative difference of the mean latency to that of the routers.
double error(const MeshParams &p, const Pattern &pattern, double load,
             Cycle end) {
  const double exact = measure(p, pattern, load, 500, end).latency;
  return measure(fast(p), pattern, load, 500, end).latency / exact - 1;
}

/// Every node sends blocks of 64 packets to random nodes; mean cycles until the
/// last packet of a block is there.
double blockTime(const MeshParams &p, double load, Cycle end) {
  struct Blocks : Sink {
    std::map<uint64_t, unsigned> left;
    double sum = 0;
    unsigned count = 0;
    bool deliver(Cycle cycle, NodeId, const Packet &packet) override {
      if (--left[packet.tag] == 0) {
        sum += double(cycle - packet.injected);
        ++count;
      }
      return false;
    }
  } sink;
  Mesh mesh(p);
  Random random(9);
  uint64_t number = 0;
  const auto nodes = static_cast<uint32_t>(p.topology.size());
  for (Cycle c = 0; c < end; ++c) {
    for (NodeId n = 0; n < nodes; ++n) {
      if (random.unit() >= load / 64)
        continue;
      sink.left[++number] = 64;
      const NodeId to = random.below(nodes);
      for (unsigned i = 0; i < 64; ++i)
        mesh.inject(c, packet(mesh, n, to, number));
    }
    mesh.advance(c + 1, sink);
  }
  mesh.advance(never, sink);
  return sink.sum / sink.count;
}

} // namespace

TEST_CASE("trains keep the order of each source and destination", "[train]") {
  MeshParams p = fast(grid(6, 6));
  p.requestQueueDepth = 40;
  Mesh mesh(p);
  Recorder sink;
  Random random(3);
  unsigned sent = 0;
  uint64_t expected = 0;
  for (Cycle c = 0; c < 400; ++c) {
    for (NodeId n = 0; n < 36; ++n) {
      if (random.below(4) || mesh.freeSlots(n, TrafficClass::Request) < 30)
        continue;
      Rect r = Rect::at(p.topology.coord(random.below(4) * 9));
      if (random.below(5) == 0)
        r = {1, uint16_t(random.below(3)), 4, 5};
      for (unsigned i = random.below(30) + 1; i > 0; --i) {
        mesh.inject(c, packet(n, r, sent++));
        expected += r.size();
      }
    }
    mesh.advance(c + 1, sink);
  }
  mesh.advance(never, sink);
  REQUIRE(mesh.idle());
  REQUIRE(sink.arrivals.size() == expected);
  REQUIRE(mesh.stats().delivered() == expected);
  std::map<std::pair<NodeId, NodeId>, uint64_t> lastTag;
  std::map<NodeId, Cycle> lastCycle;
  for (const Arrival &a : sink.arrivals) {
    auto [tag, isNew] = lastTag.try_emplace({a.source, a.node}, a.tag);
    REQUIRE((isNew || tag->second < a.tag));
    tag->second = a.tag;
    // A node takes one packet per cycle.
    auto [cycle, isFirst] = lastCycle.try_emplace(a.node, a.cycle);
    REQUIRE((isFirst || cycle->second < a.cycle));
    cycle->second = a.cycle;
  }
}

TEST_CASE("a packet with an earlier stamp is not overtaken by a train",
          "[train]") {
  Mesh mesh(fast(grid(3, 1)));
  Recorder sink;
  for (unsigned i = 0; i < 20; ++i)
    mesh.inject(10 + i % 2, packet(mesh, 0, 2, i % 2 * 100 + i));
  mesh.inject(5, packet(mesh, 0, 2, 999));
  mesh.advance(never, sink);
  REQUIRE(sink.arrivals.size() == 21);
  REQUIRE(sink.arrivals[0].tag == 999);
  for (size_t i = 2; i < 21; ++i)
    REQUIRE(sink.arrivals[i].tag > sink.arrivals[i - 1].tag);
}

TEST_CASE("trains share a link and a destination", "[train]") {
  MeshParams p = fast(grid(4, 2));
  Mesh mesh(p);
  Recorder sink;
  for (unsigned i = 0; i < 160; ++i) {
    mesh.inject(0, packet(mesh, 0, 3, i));
    mesh.inject(0, packet(mesh, 1, 3, i));
    mesh.inject(0, packet(mesh, 4, 3, i, TrafficClass::Reply));
  }
  mesh.advance(never, sink);
  REQUIRE(sink.arrivals.size() == 480);
  // The destination takes one per cycle and is never idle once the first came.
  REQUIRE(sink.arrivals.back().cycle - sink.arrivals.front().cycle <= 480);
  REQUIRE(sink.arrivals.back().cycle >= 480);
}

TEST_CASE("a stuck output holds trains, and lets them go", "[train]") {
  Mesh mesh(fast(grid(4, 1)));
  Recorder sink;
  mesh.setOutputStuck(2, Direction::East, true);
  mesh.inject(0, packet(mesh, 0, 3, 1));
  mesh.advance(100, sink);
  REQUIRE_FALSE(mesh.idle());
  REQUIRE(mesh.nextEvent() == never);
  mesh.setOutputStuck(2, Direction::East, false);
  mesh.advance(never, sink);
  REQUIRE(sink.arrivals == std::vector<Arrival>{{100 + 1 + 1, 3, 0, 1}});
}

// docs/mesh.md says what these bounds mean. Without buffers that fill, the fast
// model can only be too early.
TEST_CASE("the fast model is near the routers at light load", "[train]") {
  const MeshParams p = referenceParams(8, 8);
  CHECK(std::abs(error(p, uniform, .05, 4000)) < 0.01);
  CHECK(std::abs(error(p, uniform, .20, 3000)) < 0.02);
  CHECK(std::abs(error(p, transpose, .10, 4000)) < 0.01);
  CHECK(std::abs(error(p, neighbour, .5, 2000)) < 0.01);
  CHECK(std::abs(error(p, allToOne, .008, 10000)) < 0.01);
  const double uniformNearSaturation = error(p, uniform, .30, 4000);
  CHECK(uniformNearSaturation < 0.01);
  CHECK(uniformNearSaturation > -0.10);
}

TEST_CASE("the fast model on 4 KB blocks", "[train]") {
  const MeshParams p = referenceParams(8, 8);
  const double light = blockTime(fast(p), .05, 8000) / blockTime(p, .05, 8000);
  CHECK(light < 1.01);
  CHECK(light > 0.93);
  // Where blocks collide it is far too early; that is why it is not the
  // default.
  const double busy = blockTime(fast(p), .20, 4000) / blockTime(p, .20, 4000);
  CHECK(busy < 0.75);
  CHECK(busy > 0.35);
}
