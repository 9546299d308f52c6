// Packets arrive in the order of injection, with the payload they had then.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Recorder.h"

#include <catch2/catch.hpp>

#include <cstring>

using namespace tatami::mesh;
using namespace tatami::mesh::test;

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
  REQUIRE(sink.arrivals ==
          std::vector<Arrival>{
              {13, 1, 0, 1}, {23, 1, 0, 2}, {33, 1, 0, 3}, {34, 1, 0, 4}});
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
