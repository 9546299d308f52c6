// Bounded send queues: a full one is visible and says when it has room.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Recorder.h"

#include <catch2/catch.hpp>

using namespace tatami::mesh;
using namespace tatami::mesh::test;

TEST_CASE("a full send queue is visible", "[send]") {
  MeshParams p = grid(4, 1);
  p.requestQueueDepth = 3;
  p.replyQueueDepth = 2;
  Mesh mesh(p);
  REQUIRE(mesh.freeSlots(0, TrafficClass::Request) == 3);
  for (unsigned i = 0; i < 3; ++i) {
    REQUIRE(mesh.canInject(0, TrafficClass::Request));
    mesh.inject(0, packet(mesh, 0, 3, i));
  }
  REQUIRE_FALSE(mesh.canInject(0, TrafficClass::Request));
  // Only this node, only this class.
  REQUIRE(mesh.canInject(1, TrafficClass::Request));
  REQUIRE(mesh.freeSlots(0, TrafficClass::Reply) == 2);
}

TEST_CASE("the mesh says when a slot is free", "[send]") {
  MeshParams p = grid(4, 1);
  p.requestQueueDepth = 2;
  Mesh mesh(p);
  Recorder sink;
  mesh.inject(100, packet(mesh, 0, 3, 0));
  mesh.inject(100, packet(mesh, 0, 3, 1));
  mesh.requestSlot(0, TrafficClass::Request);
  // The first packet leaves the queue in cycle 101; the slot is there in 102.
  REQUIRE(mesh.advance(1000, sink) == 102);
  REQUIRE(sink.slots ==
          std::vector<Recorder::Slot>{{102, 0, TrafficClass::Request}});
  REQUIRE(mesh.canInject(0, TrafficClass::Request));
  mesh.inject(102, packet(mesh, 0, 3, 2));
  mesh.advance(never, sink);
  // Nobody asked for the slots that became free later.
  REQUIRE(sink.slots.size() == 1);
  REQUIRE(sink.arrivals.size() == 3);
  REQUIRE(sink.arrivals.back().cycle == 102 + 1 + 3 + 1);
}

TEST_CASE("packets of the future leave room for those of the present",
          "[send]") {
  MeshParams p = grid(4, 1);
  p.requestQueueDepth = 2;
  Mesh mesh(p);
  Recorder sink;
  mesh.inject(100, packet(mesh, 0, 3, 0));
  mesh.inject(100, packet(mesh, 0, 3, 1));
  REQUIRE_FALSE(mesh.canInject(0, TrafficClass::Request));
  for (unsigned tag = 2; tag < 4; ++tag) {
    REQUIRE(mesh.canInjectNow(0, TrafficClass::Request));
    mesh.inject(0, packet(mesh, 0, 3, tag));
  }
  REQUIRE_FALSE(mesh.canInjectNow(0, TrafficClass::Request));
  REQUIRE(mesh.freeSlots(0, TrafficClass::Request) == 0);
  mesh.requestSlot(0, TrafficClass::Request);
  // One has left in cycle 1, though those of cycle 100 still take all slots.
  REQUIRE(mesh.advance(1000, sink) == 2);
  REQUIRE_FALSE(mesh.canInject(0, TrafficClass::Request));
  REQUIRE(mesh.canInjectNow(0, TrafficClass::Request));
  mesh.inject(2, packet(mesh, 0, 3, 4));
  mesh.advance(never, sink);
  std::vector<uint64_t> tags;
  for (const Arrival &arrival : sink.arrivals)
    tags.push_back(arrival.tag);
  REQUIRE(tags == std::vector<uint64_t>{2, 3, 4, 0, 1});
}

TEST_CASE("a slot taken by a delivery's reply is waited for again", "[send]") {
  struct Forward : Recorder {
    Mesh *mesh = nullptr;
    bool deliver(Cycle cycle, NodeId node, const Packet &p) override {
      Recorder::deliver(cycle, node, p);
      if (node == 1 && mesh->canInject(1, TrafficClass::Request))
        mesh->inject(cycle, packet(*mesh, 1, 3, p.tag));
      return false;
    }
  } sink;
  MeshParams p = grid(4, 1);
  p.requestQueueDepth = 1;
  Mesh mesh(p);
  sink.mesh = &mesh;
  // Node 1's own packet leaves its queue in 11; what node 0 sends arrives in 12
  // and takes the slot, which is free again in 14.
  mesh.inject(10, packet(mesh, 1, 3, 1));
  mesh.inject(9, packet(mesh, 0, 1, 2));
  mesh.requestSlot(1, TrafficClass::Request);
  mesh.advance(never, sink);
  REQUIRE(sink.slots ==
          std::vector<Recorder::Slot>{{14, 1, TrafficClass::Request}});
}

/// A node that sends \p count packets as fast as the queue lets it, at most
/// one per \p gap cycles, and runs ahead of the mesh as far as it can.
static std::vector<Arrival> runAhead(unsigned count, unsigned gap,
                                     unsigned depth, Cycle step) {
  MeshParams p = grid(4, 4);
  p.requestQueueDepth = depth;
  Mesh mesh(p);
  Recorder sink;
  // Traffic of others that competes for the links.
  for (unsigned i = 0; i < 300; ++i)
    mesh.inject(i * 2, packet(mesh, 4, 7, 1000 + i, TrafficClass::Reply));

  Cycle local = 0;
  unsigned sent = 0;
  bool waiting = false;
  while (sent < count) {
    if (waiting) {
      const size_t before = sink.slots.size();
      mesh.advance(mesh.now() + step, sink);
      if (sink.slots.size() == before)
        continue;
      local = std::max(local, sink.slots.back().cycle);
      waiting = false;
    }
    if (!mesh.canInject(5, TrafficClass::Request)) {
      mesh.requestSlot(5, TrafficClass::Request);
      waiting = true;
      continue;
    }
    mesh.inject(local, packet(mesh, 5, 7, sent++));
    local += gap;
  }
  mesh.advance(never, sink);
  return sink.arrivals;
}

TEST_CASE("how time is cut into steps does not matter to a node that stalls",
          "[send]") {
  for (unsigned gap : {1u, 3u}) {
    auto reference = runAhead(200, gap, 4, 1);
    REQUIRE(reference.size() == 500);
    REQUIRE(runAhead(200, gap, 4, 7) == reference);
    REQUIRE(runAhead(200, gap, 4, 100000) == reference);
  }
}
