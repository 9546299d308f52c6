// The result does not depend on who is visited first or on how time is cut.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Recorder.h"
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

/// Heavy traffic of all kinds: both classes, multicasts, echoes from within
/// deliveries, bounded queues.
class Mixture : public Recorder {
public:
  explicit Mixture(Mesh &m) : mesh(m) {}
  bool deliver(Cycle cycle, NodeId node, const Packet &p) override {
    Recorder::deliver(cycle, node, p);
    if (p.cls == TrafficClass::Request && p.tag % 3 == 0)
      mesh.inject(cycle + p.tag % 5,
                  packet(mesh, node, p.source, p.tag, TrafficClass::Reply));
    return false;
  }
  bool slotFreed(Cycle cycle, NodeId node, TrafficClass cls) override {
    Recorder::slotFreed(cycle, node, cls);
    mesh.inject(cycle, packet(mesh, node, (node * 7 + cycle) % 48, cycle));
    return false;
  }

private:
  Mesh &mesh;
};

Outcome run(uint64_t visitSeed, Cycle step, bool backwards) {
  MeshParams p;
  p.topology = Topology(8, 6);
  p.hopCycles = 2;
  p.bufferDepth = 4;
  p.requestQueueDepth = 8;
  p.visitSeed = visitSeed;
  Mesh mesh(p);
  Mixture sink(mesh);
  Random random(99);
  // All time stamps are drawn first, so that the calls can come in any order of
  // nodes.
  for (Cycle window = 0; window < 2000; window += 100) {
    std::vector<std::vector<std::pair<Cycle, PacketDesc>>> perNode(48);
    for (NodeId n = 0; n < 48; ++n)
      for (unsigned i = 0; i < 12; ++i) {
        Rect r = Rect::at(p.topology.coord(random.below(48)));
        if (random.below(6) == 0)
          r = {2, uint16_t(random.below(3)), uint16_t(2 + random.below(6)), 4};
        perNode[n].push_back(
            {window + i * 8, packet(n, r, random.below(1000))});
      }
    for (NodeId i = 0; i < 48; ++i) {
      const NodeId n = backwards ? 47 - i : i;
      for (auto &[cycle, desc] : perNode[n]) {
        if (mesh.canInject(n, TrafficClass::Request))
          mesh.inject(cycle, desc);
        else {
          mesh.requestSlot(n, TrafficClass::Request);
          break;
        }
      }
    }
    for (Cycle c = window; c < window + 100;) {
      c = std::min(c + step, window + 100);
      mesh.advance(c, sink);
    }
  }
  mesh.advance(never, sink);
  REQUIRE(mesh.idle());
  const MeshStats &s = mesh.stats();
  Outcome o{sink.arrivals, sink.slots, s.linkPackets};
  o.counters.insert(o.counters.end(), s.linkCreditStalls.begin(),
                    s.linkCreditStalls.end());
  o.counters.insert(o.counters.end(),
                    {s.hops, s.creditStalls, s.arbitrationLosses, mesh.now()});
  return o;
}

} // namespace

TEST_CASE("the result is independent of the order of visits", "[determinism]") {
  const Outcome reference = run(0, 100, false);
  REQUIRE(reference.arrivals.size() > 10000);
  REQUIRE(reference.slots.size() > 100);
  for (uint64_t seed : {1ull, 2ull, 3ull, 0x123456789ull})
    REQUIRE(run(seed, 100, false) == reference);
}

TEST_CASE("the result is independent of the steps of time", "[determinism]") {
  const Outcome reference = run(0, 100, false);
  REQUIRE(run(0, 1, false) == reference);
  REQUIRE(run(0, 13, false) == reference);
}

TEST_CASE("the result is independent of the order in which nodes inject",
          "[determinism]") {
  REQUIRE(run(0, 100, true) == run(0, 100, false));
}

TEST_CASE("what goes in comes out, and the counters agree", "[conservation]") {
  MeshParams p = referenceParams(8, 8);
  Mesh mesh(p);
  Recorder sink;
  Random random(5);
  uint64_t sent = 0, hops = 0;
  for (Cycle c = 0; c < 2000; ++c) {
    for (NodeId n = 0; n < 64; ++n)
      if (random.unit() < 0.5) {
        const NodeId to = random.below(64);
        mesh.inject(c, packet(mesh, n, to, sent++,
                              static_cast<TrafficClass>(random.below(2))));
        hops += p.topology.hops(n, to);
      }
    mesh.advance(c + 1, sink);
    REQUIRE(mesh.packetsInFlight() == sent - sink.arrivals.size());
  }
  mesh.advance(never, sink);
  REQUIRE(mesh.idle());
  REQUIRE(sink.arrivals.size() == sent);
  const MeshStats &s = mesh.stats();
  REQUIRE(s.injected() == sent);
  REQUIRE(s.delivered() == sent);
  REQUIRE(s.hops == hops);
  auto sum = [](const std::vector<uint64_t> &v) {
    uint64_t total = 0;
    for (uint64_t x : v)
      total += x;
    return total;
  };
  REQUIRE(sum(s.linkPackets) == hops);
  REQUIRE(sum(s.linkCreditStalls) == s.creditStalls);
  REQUIRE(sum(s.nodeSent) == sent);
  REQUIRE(sum(s.nodeReceived) == sent);
  // No link carries more than one packet per cycle.
  for (uint64_t packets : s.linkPackets)
    REQUIRE(packets <= mesh.now());
  // No packet is delivered twice.
  std::vector<uint64_t> tags;
  for (const Arrival &a : sink.arrivals)
    tags.push_back(a.tag);
  std::sort(tags.begin(), tags.end());
  REQUIRE(std::adjacent_find(tags.begin(), tags.end()) == tags.end());
}
