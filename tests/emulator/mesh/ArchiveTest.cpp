// A mesh saved in the middle of traffic goes on as if nothing had happened.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/archive/Archive.h"
#include "Parts.h"
#include "Traffic.h"

#include <catch2/catch.hpp>

using namespace tatami;
using namespace tatami::mesh;
using namespace tatami::mesh::test;

namespace {

MeshParams busyDies() {
  MeshParams p = grid(8, 6);
  p.dieColumns = 4;
  p.dieRows = 3;
  p.dieCrossingCycles = 30;
  p.dieCrossingDepth = 12;
  p.dieEdgeBytesPerCycle = 100;
  p.edgePorts = {{Direction::West, {0, 0, 0, 2}, 90, 20}};
  p.requestQueueDepth = 8;
  return p;
}

/// Traffic of all kinds that begins in the 240 cycles from \p begin on.
void inject(Grid<Mixture> &grid, Random &random, Cycle begin) {
  const Topology &t = grid.params.topology;
  for (NodeId n = 0; n < t.size(); ++n)
    for (unsigned i = 0; i < 20; ++i) {
      const auto to = static_cast<NodeId>(random.below(uint32_t(t.size())));
      PacketDesc d =
          packet(n, Rect::at(t.coord(to)), random.below(1000),
                 random.below(3) ? TrafficClass::Request : TrafficClass::Reply);
      const uint64_t data = random.next();
      d.payload = &data;
      d.length = uint8_t(random.below(9));
      if (random.below(8) == 0)
        d.destination = {uint16_t(random.below(4)), 1, 6, 4};
      else if (random.below(8) == 0) {
        d.destination = Rect::at({0, 1});
        d.exit = Direction::West;
      }
      Mesh &mesh = grid.of(n);
      if (mesh.canInject(n, d.cls))
        mesh.inject(begin + i * 12, d);
      else if (d.cls == TrafficClass::Request)
        mesh.requestSlot(n, d.cls);
    }
}

struct Rest {
  std::vector<Arrival> arrivals;
  std::vector<std::vector<uint8_t>> states;
  MeshStats stats;
};

/// What happens from cycle 720 on.
Rest go(Grid<Mixture> &grid) {
  for (auto &sink : grid.sinks)
    sink->arrivals.clear();
  Random random(17);
  inject(grid, random, 720);
  grid.finish();
  Rest rest{grid.arrivals(), {}, grid.stats()};
  for (auto &mesh : grid.meshes) {
    ArchiveWriter w;
    mesh->archive(w);
    rest.states.push_back(w.data());
  }
  return rest;
}

} // namespace

TEST_CASE("a mesh goes on from its archive", "[archive]") {
  MeshParams p = busyDies();
  p.model = GENERATE(MeshParams::Router, MeshParams::Train);
  for (bool divided : {false, true}) {
    Grid<Mixture> original(p, divided), restored(p, divided);
    Random random(4);
    for (Cycle begin = 0; begin < 720; begin += 240) {
      inject(original, random, begin);
      original.advance(begin + 240);
    }
    REQUIRE_FALSE(original.idle());
    for (size_t i = 0; i < original.meshes.size(); ++i) {
      ArchiveWriter w;
      original.meshes[i]->archive(w);
      ArchiveReader r(w.data());
      restored.meshes[i]->archive(r);
      REQUIRE(r.atEnd());
    }
    const Rest a = go(original), b = go(restored);
    REQUIRE(a.arrivals.size() > 1000);
    REQUIRE(a.arrivals == b.arrivals);
    REQUIRE(a.stats.linkPackets == b.stats.linkPackets);
    REQUIRE(a.stats.creditStalls == b.stats.creditStalls);
    REQUIRE(a.stats.hops == b.stats.hops);
    REQUIRE(a.stats.limitStalls == b.stats.limitStalls);
    REQUIRE(a.stats.classes[0].latencySum == b.stats.classes[0].latencySum);
    for (size_t i = 0; i < a.states.size(); ++i)
      REQUIRE(a.states[i].size() == b.states[i].size());
  }
}

TEST_CASE("what is in the boxes between parts is saved, with its payload",
          "[archive][payload]") {
  struct Payload : Recorder {
    explicit Payload(Mesh &) {}
    bool deliver(Cycle cycle, NodeId node, const Packet &p) override {
      REQUIRE(p.read<uint64_t>() == 0x0123456789abcdef);
      return Recorder::deliver(cycle, node, p);
    }
  };
  MeshParams p = busyDies();
  p.model = GENERATE(MeshParams::Router, MeshParams::Train);
  Grid<Payload> original(p, true), restored(p, true);
  PacketDesc d = packet(3, Rect::at({4, 0}), 5);
  const uint64_t data = 0x0123456789abcdef;
  d.payload = &data;
  d.length = 8;
  original.meshes[0]->inject(0, d);
  for (size_t i = 0; i < 4; ++i) {
    // Advanced, but nobody has received yet.
    original.meshes[i]->advance(30, *original.sinks[i]);
    ArchiveWriter w;
    original.meshes[i]->archive(w);
    ArchiveReader r(w.data());
    restored.meshes[i]->archive(r);
  }
  for (Mesh *m : restored.pointers)
    m->receive(restored.pointers);
  restored.finish();
  REQUIRE(restored.arrivals() == std::vector<Arrival>{{32, 4, 3, 5}});
}

TEST_CASE("an archive of another mesh or half of one is refused", "[archive]") {
  const MeshParams p = busyDies();
  Mesh mesh(p, 1);
  Recorder sink;
  mesh.inject(0, packet(5, Rect::at({7, 2})));
  mesh.advance(2, sink);
  ArchiveWriter w;
  mesh.archive(w);
  Mesh other(p, 2);
  ArchiveReader whole(w.data());
  REQUIRE_THROWS_AS(other.archive(whole), ArchiveError);
  MeshParams fast = p;
  fast.model = MeshParams::Train;
  Mesh otherModel(fast, 1);
  ArchiveReader again(w.data());
  REQUIRE_THROWS_AS(otherModel.archive(again), ArchiveError);
  for (size_t size = 0; size < w.data().size(); size += 97) {
    ArchiveReader half(std::span(w.data()).first(size));
    Mesh same(p, 1);
    REQUIRE_THROWS_AS(same.archive(half), ArchiveError);
  }
}
