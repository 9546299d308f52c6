// Latency and bandwidth equal the formulas; time stamps, limits, idle time.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Recorder.h"

#include <catch2/catch.hpp>

#include <cstring>

using namespace tatami::mesh;
using namespace tatami::mesh::test;

TEST_CASE("unloaded latency is inject + hop * hops + eject", "[timing]") {
  MeshParams p = grid(5, 4);
  SECTION("defaults") {}
  SECTION("three cycles a hop") {
    p.hopCycles = 3;
    p.creditCycles = 2;
    p.injectCycles = 2;
    p.ejectCycles = 3;
  }
  SECTION("no time to inject, slow hops") {
    p.hopCycles = 37;
    p.injectCycles = 0;
    p.ejectCycles = 11;
  }
  for (TrafficClass cls : {TrafficClass::Request, TrafficClass::Reply})
    for (NodeId from = 0; from < p.topology.size(); ++from)
      for (NodeId to = 0; to < p.topology.size(); ++to) {
        Mesh mesh(p);
        Recorder sink;
        mesh.inject(1000, packet(mesh, from, to, 7, cls));
        mesh.advance(never, sink);
        const Cycle latency = p.injectCycles +
                              p.hopCycles * p.topology.hops(from, to) +
                              p.ejectCycles;
        REQUIRE(sink.arrivals ==
                std::vector<Arrival>{{1000 + latency, to, from, 7}});
        REQUIRE(mesh.now() == 1000 + latency);
        REQUIRE(mesh.idle());
        REQUIRE(mesh.stats().hops == p.topology.hops(from, to));
        REQUIRE(mesh.stats().classes[unsigned(cls)].latencySum == latency);
      }
}

TEST_CASE("a die crossing costs its own latency", "[timing]") {
  MeshParams p = grid(6, 4);
  p.dieColumns = 3;
  p.dieRows = 2;
  Mesh mesh(p);
  Recorder sink;
  // (0,0) to (5,3): 8 hops, of which one crosses in x and one in y.
  mesh.inject(0, packet(mesh, 0, 23));
  mesh.advance(never, sink);
  REQUIRE(sink.arrivals.size() == 1);
  REQUIRE(sink.arrivals[0].cycle == 1 + 6 + 2 * 200 + 1);
}

/// Cycles between the first and the last of \p count packets sent at once.
static Cycle streamTime(const MeshParams &p, NodeId from, NodeId to,
                        unsigned count) {
  Mesh mesh(p);
  Recorder sink;
  for (unsigned i = 0; i < count; ++i)
    mesh.inject(0, packet(mesh, from, to, i));
  mesh.advance(never, sink);
  REQUIRE(sink.arrivals.size() == count);
  return sink.arrivals.back().cycle - sink.arrivals.front().cycle;
}

TEST_CASE("a stream runs at one packet per cycle", "[timing]") {
  MeshParams p = grid(8, 8);
  REQUIRE(streamTime(p, 0, 0, 1000) == 999);
  REQUIRE(streamTime(p, 0, 1, 1000) == 999);
  REQUIRE(streamTime(p, 0, 63, 1000) == 999);
  p.hopCycles = 3;
  p.creditCycles = 2;
  REQUIRE(streamTime(p, 63, 0, 1000) == 999);
  p.dieColumns = p.dieRows = 4;
  REQUIRE(streamTime(p, 0, 63, 3000) == 2999);
}

TEST_CASE("bandwidth is the buffer over the credit loop", "[timing]") {
  MeshParams p = grid(2, 1);
  p.hopCycles = 3;
  p.creditCycles = 2;
  // Two places, and each is blocked for five cycles per packet.
  p.bufferDepth = 2;
  REQUIRE(streamTime(p, 0, 1, 1001) == 2500);
  p.bufferDepth = 5;
  REQUIRE(streamTime(p, 0, 1, 1001) == 1000);
  // Credits take as long to cross a die edge as packets do.
  p.dieColumns = p.dieRows = 1;
  p.dieCrossingCycles = 100;
  p.dieCrossingDepth = 20;
  REQUIRE(streamTime(p, 0, 1, 2001) == 100 * 200);
  p.dieCrossingDepth = 200;
  REQUIRE(streamTime(p, 0, 1, 2001) == 2000);
}

TEST_CASE("two streams share a link fairly, whatever their class",
          "[timing]") {
  for (bool reply : {false, true}) {
    Mesh mesh(grid(3, 1));
    Recorder sink;
    for (unsigned i = 0; i < 100; ++i) {
      mesh.inject(0, packet(mesh, 0, 2, i,
                            reply ? TrafficClass::Reply
                                  : TrafficClass::Request));
      mesh.inject(0, packet(mesh, 1, 2, i));
    }
    mesh.advance(never, sink);
    REQUIRE(sink.arrivals.size() == 200);
    REQUIRE(sink.arrivals.back().cycle == 1 + 1 + 199 + 1);
    // From the cycle in which both streams are there they alternate.
    for (size_t i = 10; i < 180; ++i)
      REQUIRE(sink.arrivals[i].source != sink.arrivals[i + 1].source);
  }
}

TEST_CASE("the two classes of a node take turns", "[timing]") {
  Mesh mesh(grid(2, 1));
  Recorder sink;
  for (unsigned i = 0; i < 100; ++i) {
    mesh.inject(0, packet(mesh, 0, 1, 0, TrafficClass::Request));
    mesh.inject(0, packet(mesh, 0, 1, 1, TrafficClass::Reply));
  }
  mesh.advance(never, sink);
  REQUIRE(sink.arrivals.size() == 200);
  REQUIRE(sink.arrivals.back().cycle == 1 + 1 + 1 + 199);
  for (size_t i = 0; i + 1 < 200; ++i)
    REQUIRE(sink.arrivals[i].tag != sink.arrivals[i + 1].tag);
}

TEST_CASE("a node sends one packet per cycle over both classes", "[timing]") {
  Mesh mesh(grid(3, 3));
  Recorder sink;
  // To the east and to the south: only the local port is shared.
  for (unsigned i = 0; i < 50; ++i) {
    mesh.inject(0, packet(mesh, 0, 1, i, TrafficClass::Request));
    mesh.inject(0, packet(mesh, 0, 3, i, TrafficClass::Reply));
  }
  mesh.advance(never, sink);
  REQUIRE(sink.arrivals.back().cycle == 1 + 1 + 1 + 99);
}

TEST_CASE("a blocked class does not hold up the other", "[timing]") {
  Mesh mesh(grid(4, 2));
  Recorder sink;
  const Topology &t = mesh.topology();
  // Requests jam at node (3,0): its way out to the south is stuck.
  mesh.setOutputStuck(t.node(3, 0), Direction::South, true);
  for (unsigned i = 0; i < 100; ++i)
    mesh.inject(0, packet(mesh, 0, t.node(3, 1), i));
  mesh.advance(500, sink);
  REQUIRE(sink.arrivals.empty());
  mesh.inject(500, packet(mesh, 0, t.node(3, 0), 1, TrafficClass::Reply));
  mesh.advance(600, sink);
  REQUIRE(sink.arrivals ==
          std::vector<Arrival>{{500 + 1 + 3 + 1, t.node(3, 0), 0, 1}});
}

TEST_CASE("one source, one destination, one class: first in, first out",
          "[order]") {
  Mesh mesh(grid(6, 6));
  Recorder sink;
  uint64_t seed = 12345;
  auto random = [&](uint32_t n) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return uint32_t(seed >> 33) % n;
  };
  const uint32_t nodes = 36;
  // Few destinations, so that queues fill and heads block.
  std::vector<uint64_t> sent(nodes * nodes * 2), seen(nodes * nodes * 2);
  unsigned total = 0;
  for (Cycle c = 0; c < 1000; ++c) {
    for (NodeId n = 0; n < nodes; ++n) {
      if (random(3))
        continue;
      NodeId to = random(5) * 7;
      unsigned cls = random(2);
      mesh.inject(c, packet(mesh, n, to,
                            2 * sent[(n * nodes + to) * 2 + cls]++ + cls,
                            static_cast<TrafficClass>(cls)));
      ++total;
    }
    mesh.advance(c + 1, sink);
  }
  mesh.advance(never, sink);
  REQUIRE(sink.arrivals.size() == total);
  REQUIRE(mesh.stats().creditStalls > 0);
  for (const Arrival &a : sink.arrivals) {
    uint64_t &next = seen[(a.source * nodes + a.node) * 2 + (a.tag & 1)];
    REQUIRE(a.tag / 2 == next);
    ++next;
  }
}

TEST_CASE("packets of a node leave in the order of their time stamps",
          "[order]") {
  Mesh mesh(grid(2, 1));
  Recorder sink;
  mesh.inject(30, packet(mesh, 0, 1, 3));
  mesh.inject(10, packet(mesh, 0, 1, 1));
  mesh.inject(30, packet(mesh, 0, 1, 4));
  mesh.inject(20, packet(mesh, 0, 1, 2));
  mesh.advance(never, sink);
  REQUIRE(sink.arrivals == std::vector<Arrival>{{13, 1, 0, 1},
                                                {23, 1, 0, 2},
                                                {33, 1, 0, 3},
                                                {34, 1, 0, 4}});
}

TEST_CASE("payload arrives as it was at injection", "[payload]") {
  struct Check : Sink {
    unsigned seen = 0;
    bool deliver(Cycle, NodeId, const Packet &p) override {
      REQUIRE(p.kind == PacketKind::User);
      REQUIRE(p.address == 0x1234);
      REQUIRE(p.length == p.tag);
      for (unsigned i = 0; i < p.length; ++i)
        REQUIRE(p.payload[i] == uint8_t(p.tag * 3 + i));
      if (p.length >= 8)
        REQUIRE(p.read<uint8_t>(5) == uint8_t(p.tag * 3 + 5));
      ++seen;
      return false;
    }
  } sink;
  Mesh mesh(grid(4, 4));
  for (unsigned length = 0; length <= packetBytes; ++length) {
    uint8_t data[packetBytes];
    for (unsigned i = 0; i < length; ++i)
      data[i] = uint8_t(length * 3 + i);
    PacketDesc d = packet(mesh, length % 16, 15 - length % 16, length);
    d.kind = PacketKind::User;
    d.address = 0x1234;
    d.length = uint8_t(length);
    d.payload = length ? data : nullptr;
    mesh.inject(length / 8, d);
    std::memset(data, 0xff, sizeof(data));
  }
  mesh.advance(never, sink);
  REQUIRE(sink.seen == packetBytes + 1);
}

TEST_CASE("advance stops at its limit and at a wake-up", "[time]") {
  Mesh mesh(grid(4, 1));
  Recorder sink;
  sink.stopAt = 2;
  REQUIRE(mesh.nextEvent() == never);
  REQUIRE(mesh.advance(50, sink) == 50);
  mesh.inject(100, packet(mesh, 0, 1, 1)); // arrives at 103
  mesh.inject(100, packet(mesh, 3, 2, 2)); // arrives at 103 and stops
  mesh.inject(101, packet(mesh, 0, 1, 3)); // arrives at 104
  REQUIRE(mesh.nextEvent() == 101);
  REQUIRE(mesh.advance(90, sink) == 90);
  REQUIRE(mesh.advance(102, sink) == 102);
  REQUIRE(sink.arrivals.empty());
  // All deliveries of the cycle are made, also the one that does not stop.
  REQUIRE(mesh.advance(200, sink) == 103);
  REQUIRE(sink.arrivals.size() == 2);
  // Who has been woken can send at once.
  mesh.inject(103, packet(mesh, 2, 2, 4));
  // The limit is inclusive for deliveries.
  REQUIRE(mesh.advance(104, sink) == 104);
  REQUIRE(sink.arrivals.size() == 3);
  REQUIRE(mesh.advance(200, sink) == 105);
  REQUIRE(sink.arrivals.back() == Arrival{105, 2, 2, 4});
  REQUIRE(mesh.advance(200, sink) == 200);
  REQUIRE(mesh.advance(never, sink) == 200);
}

TEST_CASE("idle time is free, however long", "[time]") {
  Mesh mesh(grid(4, 4));
  Recorder sink;
  // Far beyond what 32-bit times hold, and across their wrap-around.
  std::vector<Arrival> expected;
  Cycle c = 0;
  for (unsigned i = 0; i < 200; ++i) {
    // Odd steps, so that a place in a queue sees all distances.
    c += 0x2f3a91c7 + uint64_t(i) * 0x13579b;
    if (i % 50 == 49)
      c += uint64_t(1) << 40;
    mesh.inject(c, packet(mesh, 0, 15, i));
    expected.push_back({c + 8, 15, 0, i});
  }
  mesh.advance(never, sink);
  REQUIRE(sink.arrivals == expected);
}

TEST_CASE("a sink may inject while it is called", "[time]") {
  struct Echo : Sink {
    Mesh *mesh = nullptr;
    std::vector<Cycle> replies;
    bool deliver(Cycle cycle, NodeId node, const Packet &p) override {
      if (p.cls == TrafficClass::Request) {
        const NodeId back = p.source;
        mesh->inject(cycle, packet(*mesh, node, back, p.tag + 1,
                                   TrafficClass::Reply));
        // The packet is still there after the pool has grown.
        REQUIRE(p.source == back);
      } else {
        REQUIRE(p.tag % 2 == 1);
        replies.push_back(cycle);
      }
      return false;
    }
  } sink;
  Mesh mesh(grid(8, 8));
  sink.mesh = &mesh;
  mesh.inject(10, packet(mesh, 0, 63, 0));
  mesh.advance(never, sink);
  REQUIRE(sink.replies == std::vector<Cycle>{10 + 2 * (1 + 14 + 1)});
  for (unsigned i = 0; i < 5000; ++i)
    mesh.inject(mesh.now(), packet(mesh, i % 64, i * 7 % 64, 2 * i));
  mesh.advance(never, sink);
  REQUIRE(sink.replies.size() == 5001);
}

TEST_CASE("a network in which nothing can move again says so", "[deadlock]") {
  Mesh mesh(grid(4, 4));
  Recorder sink;
  mesh.inject(0, packet(mesh, 0, 3));
  mesh.advance(never, sink);
  REQUIRE_FALSE(mesh.isDeadlocked());
  REQUIRE(sink.arrivals.size() == 1);

  mesh.setOutputStuck(2, Direction::East, true);
  mesh.inject(100, packet(mesh, 0, 3));
  mesh.advance(101, sink);
  REQUIRE_FALSE(mesh.isDeadlocked());
  // Does not run for ever, although there is no limit.
  mesh.advance(never, sink);
  REQUIRE(mesh.isDeadlocked());
  REQUIRE_FALSE(mesh.idle());
  REQUIRE(mesh.nextEvent() == never);
  REQUIRE(sink.arrivals.size() == 1);
  // What is elsewhere still moves.
  const Cycle t = mesh.now() + 1000;
  mesh.inject(t, packet(mesh, 12, 15));
  mesh.advance(never, sink);
  REQUIRE(sink.arrivals.back() == Arrival{t + 5, 15, 12, 0});
  REQUIRE(mesh.isDeadlocked());

  mesh.setOutputStuck(2, Direction::East, false);
  REQUIRE_FALSE(mesh.isDeadlocked());
  mesh.advance(never, sink);
  REQUIRE(sink.arrivals.size() == 3);
  REQUIRE(mesh.idle());
}
