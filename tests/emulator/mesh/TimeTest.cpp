// Time stamps, limits, wake-ups, idle time, and a network that stands still.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Recorder.h"

#include <catch2/catch.hpp>

using namespace tatami::mesh;
using namespace tatami::mesh::test;

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
        mesh->inject(cycle,
                     packet(*mesh, node, back, p.tag + 1, TrafficClass::Reply));
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
