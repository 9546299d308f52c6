// How fast the mesh model runs: packet-hops per second of host time on one
// core, with payload and both classes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/mesh/Mesh.h"

#include <fmt/format.h>

#include <array>
#include <cstring>
#include <ctime>
#include <vector>

using namespace tatami::mesh;

namespace {

class Random {
public:
  uint64_t next() {
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    return state * 0x2545f4914f6cdd1du;
  }
  uint32_t below(uint32_t n) {
    return static_cast<uint32_t>((next() >> 32) * n >> 32);
  }

private:
  uint64_t state = 0x9e3779b97f4a7c15u;
};

/// Writes what arrives to a memory per node, as a machine would.
class Memories : public Sink {
public:
  explicit Memories(size_t nodes) : bytes(nodes * bytesPerNode) {}
  bool deliver(Cycle, NodeId node, const Packet &p) override {
    std::memcpy(&bytes[node * bytesPerNode + p.address % bytesPerNode],
                p.payload.data(), p.length);
    return false;
  }

private:
  static constexpr size_t bytesPerNode = 4096;
  std::vector<uint8_t> bytes;
};

MeshParams grid(const Topology &t) {
  MeshParams p;
  p.topology = t;
  p.requestQueueDepth = 0;
  return p;
}

/// Times \p drive, which feeds a mesh and advances it, until the mesh is idle.
template <typename SinkType, typename Drive>
void run(const char *name, const MeshParams &params, SinkType &sink,
         Drive drive) {
  Mesh mesh(params);
  // Processor time, so that other load on the host counts for less.
  const std::clock_t begin = std::clock();
  drive(mesh);
  mesh.advance(never, sink);
  const double seconds = double(std::clock() - begin) / CLOCKS_PER_SEC;
  const MeshStats &s = mesh.stats();
  fmt::print("{:<34} {:>9} packets {:>10} hops {:>8} cycles {:>7.3f} s "
             "{:>6.1f} M hops/s\n",
             name, s.injected(), s.hops, mesh.now(), seconds,
             double(s.hops) / seconds * 1e-6);
}

PacketDesc packet(const Topology &t, NodeId from, NodeId to, TrafficClass cls,
                  uint64_t address) {
  static const std::array<uint8_t, packetBytes> data{1, 2, 3};
  PacketDesc d;
  d.cls = cls;
  d.source = from;
  d.destination = Rect::at(t.coord(to));
  d.address = address;
  d.length = packetBytes;
  d.payload = data.data();
  return d;
}

/// Single packets to nodes anywhere, \p load per node and cycle, half of them
/// requests and half replies.
void uniform(const char *name, const Topology &t, double load, Cycle cycles) {
  Memories sink(t.size());
  run(name, grid(t), sink, [&](Mesh &mesh) {
    Random random;
    const auto threshold = static_cast<uint32_t>(load * 0x1p32);
    const auto nodes = static_cast<uint32_t>(t.size());
    for (Cycle c = 0; c < cycles; ++c) {
      for (NodeId n = 0; n < nodes; ++n) {
        const uint64_t r = random.next();
        if (uint32_t(r) >= threshold)
          continue;
        const NodeId to = random.below(nodes);
        if (t.enabled(n) && t.enabled(to))
          mesh.inject(c, packet(t, n, to,
                                r >> 32 & 1 ? TrafficClass::Request
                                            : TrafficClass::Reply,
                                r >> 33 & ~uint64_t(63)));
      }
      mesh.advance(c + 1, sink);
    }
  });
}

/// Every node pushes 4 KB to each of its neighbours, again and again. The send
/// queue is bounded and refilled as it empties, as a machine's block push is.
class Halo : public Memories {
public:
  Halo(const Topology &t, unsigned rounds)
      : Memories(t.size()), topology(t), rounds(rounds), left(t.size()),
        neighbours(t.size()) {
    for (NodeId n = 0; n < t.size(); ++n) {
      const Coord c = t.coord(n);
      auto add = [&](NodeId to) {
        if (t.enabled(n) && t.enabled(to))
          neighbours[n].push_back(to);
      };
      if (c.x > 0)
        add(n - 1);
      if (c.x + 1u < t.columns())
        add(n + 1);
      if (c.y > 0)
        add(n - t.columns());
      if (c.y + 1u < t.rows())
        add(n + t.columns());
    }
  }

  void drive(Mesh &m) {
    mesh = &m;
    for (unsigned round = 0; round < rounds; ++round) {
      for (NodeId n = 0; n < topology.size(); ++n) {
        left[n] = static_cast<unsigned>(neighbours[n].size()) * blockPackets;
        refill(n, m.now());
      }
      m.advance(never, *this);
    }
  }

  bool slotFreed(Cycle cycle, NodeId node, TrafficClass) override {
    refill(node, cycle);
    return false;
  }

private:
  static constexpr unsigned blockPackets = 64;

  void refill(NodeId n, Cycle cycle) {
    while (left[n] && mesh->canInject(n, TrafficClass::Request)) {
      --left[n];
      mesh->inject(cycle,
                   packet(topology, n, neighbours[n][left[n] / blockPackets],
                          TrafficClass::Request, left[n] * packetBytes));
    }
    if (left[n])
      mesh->requestSlot(n, TrafficClass::Request);
  }

  const Topology &topology;
  Mesh *mesh = nullptr;
  unsigned rounds;
  std::vector<unsigned> left;
  std::vector<std::vector<NodeId>> neighbours;
};

void halo(const char *name, MeshParams params, unsigned rounds) {
  params.requestQueueDepth = 16;
  Halo traffic(params.topology, rounds);
  run(name, params, traffic, [&](Mesh &mesh) { traffic.drive(mesh); });
}

/// Steps of a matrix product: the node on the diagonal of each row multicasts a
/// 4 KB block along the row, then the one of each column along the column.
void summa(const char *name, const Topology &t, unsigned steps) {
  Memories sink(t.size());
  run(name, grid(t), sink, [&](Mesh &mesh) {
    for (unsigned step = 0; step < steps; ++step) {
      const Cycle now = mesh.now();
      auto push = [&](NodeId from, const Rect &to) {
        if (!t.enabled(from))
          return;
        for (unsigned i = 0; i < 64; ++i) {
          PacketDesc d = packet(t, from, from, TrafficClass::Request, i * 64);
          d.destination = to;
          mesh.inject(now + i, d);
        }
      };
      const unsigned right = t.columns() - 1, bottom = t.rows() - 1;
      for (unsigned y = 0; y <= bottom; ++y)
        push(t.node(step % t.columns(), y),
             {0, uint16_t(y), uint16_t(right), uint16_t(y)});
      for (unsigned x = 0; x <= right; ++x)
        push(t.node(x, step % t.rows()),
             {uint16_t(x), 0, uint16_t(x), uint16_t(bottom)});
      mesh.advance(never, sink);
    }
  });
}

} // namespace

int main() {
  const Topology die = Topology::die();
  uniform("die, uniform 0.02", die, 0.02, 40000);
  uniform("die, uniform 0.10", die, 0.10, 10000);
  uniform("die, uniform 0.16 (saturated)", die, 0.16, 6000);
  halo("die, 4 KB to 4 neighbours", grid(die), 20);
  summa("die, row and column multicast", die, 100);

  MeshParams tile = grid(Topology(90, 100));
  tile.dieColumns = 18;
  tile.dieRows = 20;
  halo("tile, 4 KB to 4 neighbours", tile, 1);
}
