// How fast the mesh model runs: packet-hops per second of host time and core,
// with payload and both classes, and what several host threads gain.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/mesh/Mesh.h"

#include <fmt/format.h>

#include <array>
#include <barrier>
#include <chrono>
#include <cstring>
#include <ctime>
#include <memory>
#include <thread>
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

/// The model that grid() asks for.
MeshParams::Model model = MeshParams::Router;

MeshParams grid(const Topology &t) {
  MeshParams p;
  p.model = model;
  p.topology = t;
  p.requestQueueDepth = 0;
  return p;
}

/// \p seconds is processor time, so that other load on the host counts for
/// less.
void report(const char *name, const MeshStats &s, Cycle cycles,
            double seconds) {
  fmt::print("{:<34} {:>9} packets {:>10} hops {:>8} cycles {:>7.3f} s "
             "{:>6.1f} M hops/s\n",
             name, s.injected(), s.hops, cycles, seconds,
             double(s.hops) / seconds * 1e-6);
}

/// Times \p drive, which feeds a mesh and advances it, until the mesh is idle.
template <typename SinkType, typename Drive>
void run(const char *name, const MeshParams &params, SinkType &sink,
         Drive drive) {
  Mesh mesh(params);
  const std::clock_t begin = std::clock();
  drive(mesh);
  mesh.advance(never, sink);
  report(name, mesh.stats(), mesh.now(),
         double(std::clock() - begin) / CLOCKS_PER_SEC);
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

/// The same load in blocks of 64 packets that go to one node, as block pushes
/// do.
void blocks(const char *name, const Topology &t, double load, Cycle cycles) {
  Memories sink(t.size());
  run(name, grid(t), sink, [&](Mesh &mesh) {
    Random random;
    const auto threshold = static_cast<uint32_t>(load / 64 * 0x1p32);
    const auto nodes = static_cast<uint32_t>(t.size());
    for (Cycle c = 0; c < cycles; ++c) {
      for (NodeId n = 0; n < nodes; ++n) {
        if (uint32_t(random.next()) >= threshold)
          continue;
        const NodeId to = random.below(nodes);
        if (t.enabled(n) && t.enabled(to))
          for (unsigned i = 0; i < 64; ++i)
            mesh.inject(c, packet(t, n, to, TrafficClass::Request, i * 64));
      }
      mesh.advance(c + 1, sink);
    }
  });
}

/// The nodes of one part: each pushes 4 KB to each of its neighbours. The send
/// queue is bounded and refilled as it empties, as a machine's block push is.
class Halo : public Memories {
public:
  Halo(const MeshParams &params, const Rect &area)
      : Memories(params.topology.size()), topology(params.topology), area(area),
        left(topology.size()), neighbours(topology.size()) {
    for (NodeId n : topology.nodes(area)) {
      const Coord c = topology.coord(n);
      auto add = [&](NodeId to) {
        if (topology.enabled(n) && topology.enabled(to))
          neighbours[n].push_back(to);
      };
      if (c.x > 0)
        add(n - 1);
      if (c.x + 1u < topology.columns())
        add(n + 1);
      if (c.y > 0)
        add(n - topology.columns());
      if (c.y + 1u < topology.rows())
        add(n + topology.columns());
    }
  }

  void start(Mesh &m) {
    mesh = &m;
    for (NodeId n : topology.nodes(area)) {
      left[n] = static_cast<unsigned>(neighbours[n].size()) * blockPackets;
      refill(n, m.now());
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
  Rect area;
  Mesh *mesh = nullptr;
  std::vector<unsigned> left;
  std::vector<std::vector<NodeId>> neighbours;
};

/// Runs \p rounds halo exchanges, one Mesh per die, on \p threads host threads;
/// returns the seconds that passed.
double halo(const char *name, MeshParams params, unsigned rounds,
            unsigned threads) {
  params.requestQueueDepth = 16;
  std::vector<std::unique_ptr<Mesh>> meshes;
  std::vector<Mesh *> parts;
  std::vector<std::unique_ptr<Halo>> traffic;
  for (unsigned part = 0; part < params.partCount(); ++part) {
    meshes.push_back(std::make_unique<Mesh>(params, part));
    parts.push_back(meshes.back().get());
    traffic.push_back(std::make_unique<Halo>(params, params.partRect(part)));
  }
  std::barrier barrier(threads);
  bool done = false;
  auto work = [&](unsigned thread) {
    auto mine = [&](auto action) {
      for (size_t i = thread; i < parts.size(); i += threads)
        action(i);
    };
    Cycle now = 0;
    for (unsigned round = 0; round < rounds; ++round) {
      mine([&](size_t i) { traffic[i]->start(*parts[i]); });
      do {
        now += params.partCount() > 1 ? params.window() : 1000;
        mine([&](size_t i) { parts[i]->advance(now, *traffic[i]); });
        barrier.arrive_and_wait();
        mine([&](size_t i) { parts[i]->receive(parts); });
        barrier.arrive_and_wait();
        if (thread == 0) {
          done = true;
          for (const Mesh *m : parts)
            done &= m->idle();
        }
        barrier.arrive_and_wait();
      } while (!done);
    }
  };
  const auto begin = std::chrono::steady_clock::now();
  const std::clock_t processor = std::clock();
  std::vector<std::thread> others;
  for (unsigned t = 1; t < threads; ++t)
    others.emplace_back(work, t);
  work(0);
  for (std::thread &t : others)
    t.join();
  const std::chrono::duration<double> seconds =
      std::chrono::steady_clock::now() - begin;
  MeshStats sum;
  for (const Mesh *m : parts)
    m->addStats(sum);
  report(name, sum, meshes[0]->now(),
         double(std::clock() - processor) / CLOCKS_PER_SEC);
  return seconds.count();
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
          mesh.inject(now, d);
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
  halo("die, 4 KB to 4 neighbours", grid(die), 20, 1);
  summa("die, row and column multicast", die, 100);

  MeshParams tile = grid(Topology(90, 100));
  for (unsigned part = 0; part < 25; ++part)
    for (unsigned y = 0; y < 6; ++y)
      tile.topology.setEnabled(
          tile.topology.node(part % 5 * 18 + 17, part / 5 * 20 + y), false);
  tile.dieColumns = 18;
  tile.dieRows = 20;
  tile.dieEdgeBytesPerCycle = 1000;
  halo("tile, 4 KB to 4 neighbours", tile, 1, 1);
  const double one = halo("tile, ten times, 1 thread", tile, 10, 1);
  const double two = halo("tile, ten times, 2 threads", tile, 10, 2);
  fmt::print("two host threads are {:.2f} times as fast as one\n", one / two);

  fmt::print("\nthe fast model (--mesh fast), same traffic\n");
  model = MeshParams::Train;
  uniform("die, uniform 0.02", die, 0.02, 40000);
  uniform("die, uniform 0.10", die, 0.10, 10000);
  halo("die, 4 KB to 4 neighbours", grid(die), 20, 1);
  summa("die, row and column multicast", die, 100);
  blocks("die, 4 KB blocks anywhere 0.10", die, 0.10, 10000);
  model = MeshParams::Router;
  blocks("  the same with routers", die, 0.10, 10000);
  model = MeshParams::Train;
  tile.model = MeshParams::Train;
  const double fast = halo("tile, ten times, 1 thread", tile, 10, 1);
  fmt::print("the fast model is {:.2f} times as fast as the routers\n",
             one / fast);
}
