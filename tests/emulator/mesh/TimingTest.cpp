// Latency and bandwidth equal the formulas; links and ports are shared fairly.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Recorder.h"

#include <catch2/catch.hpp>

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

TEST_CASE("two streams share a link fairly, whatever their class", "[timing]") {
  for (bool reply : {false, true}) {
    Mesh mesh(grid(3, 1));
    Recorder sink;
    for (unsigned i = 0; i < 100; ++i) {
      mesh.inject(0,
                  packet(mesh, 0, 2, i,
                         reply ? TrafficClass::Reply : TrafficClass::Request));
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
