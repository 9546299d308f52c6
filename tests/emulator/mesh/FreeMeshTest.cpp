// The mesh that costs nothing: every packet is there ejectCycles after it has
// left its node, which lets one of each class go a cycle.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Recorder.h"

#include "tatami/archive/Archive.h"

#include <catch2/catch.hpp>

#include <random>

using namespace tatami;
using namespace tatami::mesh;
using namespace tatami::mesh::test;

namespace {

MeshParams freeGrid(unsigned columns, unsigned rows) {
  MeshParams p = grid(columns, rows);
  p.model = MeshParams::Free;
  p.injectCycles = 0;
  return p;
}

} // namespace

TEST_CASE("a free mesh takes a cycle, however far", "[free]") {
  const MeshParams p = freeGrid(20, 20);
  for (NodeId to : {0u, 1u, 20u, 399u}) {
    Mesh mesh(p);
    Recorder log;
    mesh.inject(7, packet(mesh, 0, to, 5));
    mesh.advance(never, log);
    CHECK(log.arrivals == std::vector<Arrival>{{8, to, 0, 5}});
    CHECK(mesh.stats().hops == 0);
  }
}

TEST_CASE("a node sends one packet of a class a cycle, anybody takes all",
          "[free]") {
  Mesh mesh(freeGrid(8, 8));
  Recorder log;
  constexpr unsigned count = 50;
  for (NodeId from = 0; from < 64; ++from)
    for (unsigned i = 0; i < count; ++i) {
      mesh.inject(0, packet(mesh, from, 9, i));
      mesh.inject(0, packet(mesh, from, 9, i, TrafficClass::Reply));
    }
  mesh.advance(never, log);
  REQUIRE(log.arrivals.size() == 64 * 2 * count);
  for (const Arrival &a : log.arrivals)
    REQUIRE(a.cycle == a.tag + 1);
  CHECK(mesh.idle());
}

TEST_CASE("a free multicast is everywhere at once", "[free]") {
  MeshParams p = freeGrid(6, 6);
  p.topology.setEnabled(p.topology.node(2, 2), false);
  Mesh mesh(p);
  Recorder log;
  mesh.inject(3, packet(0, {1, 1, 4, 3}));
  mesh.advance(never, log);
  REQUIRE(log.arrivals.size() == 11);
  for (const Arrival &a : log.arrivals)
    CHECK(a.cycle == 4);
  CHECK(std::is_sorted(log.arrivals.begin(), log.arrivals.end()));
  CHECK(mesh.idle());
}

TEST_CASE("steps and checkpoints do not show in a free mesh", "[free]") {
  const MeshParams p = freeGrid(5, 5);
  std::mt19937 random(3);
  std::vector<std::pair<Cycle, PacketDesc>> sent;
  for (unsigned i = 0; i < 400; ++i)
    sent.push_back({random() % 300,
                    packet(NodeId(random() % 25),
                           Rect::at(p.topology.coord(random() % 25)), i,
                           TrafficClass(random() % 2))});
  Mesh once(p), stepped(p);
  Recorder all, pieces;
  for (auto &[at, desc] : sent) {
    once.inject(at, desc);
    stepped.inject(at, desc);
  }
  once.advance(never, all);
  for (Cycle limit = 1; !stepped.idle(); limit += 1 + random() % 9) {
    stepped.advance(limit, pieces);
    ArchiveWriter writer;
    stepped.archive(writer);
    stepped = Mesh(p);
    ArchiveReader reader(writer.data());
    stepped.archive(reader);
    REQUIRE(reader.atEnd());
  }
  CHECK(all.arrivals.size() == 400);
  CHECK(all.arrivals == pieces.arrivals);
}
