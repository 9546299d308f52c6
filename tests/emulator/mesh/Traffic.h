// Synthetic traffic for tests of the mesh: patterns, load, measurements.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/mesh/Mesh.h"

#include <functional>
#include <optional>
#include <vector>

namespace tatami::mesh::test {

/// A small generator whose sequence is the same on every host.
class Random {
public:
  explicit Random(uint64_t seed) : state(seed * 0x9e3779b97f4a7c15u + 1) {}
  uint64_t next() {
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    return state * 0x2545f4914f6cdd1du;
  }
  /// 0 <= result < n.
  uint32_t below(uint32_t n) {
    return static_cast<uint32_t>((next() >> 32) * n >> 32);
  }
  double unit() { return double(next() >> 11) * 0x1p-53; }

private:
  uint64_t state;
};

/// Where a node sends its next packet; nothing if it never sends.
using Pattern =
    std::function<std::optional<NodeId>(const Topology &, NodeId, Random &)>;

/// Any other node.
inline std::optional<NodeId> uniform(const Topology &t, NodeId n, Random &r) {
  NodeId d = r.below(static_cast<uint32_t>(t.size()) - 1);
  return d + (d >= n);
}

/// (x, y) to (y, x) where both exist and differ.
inline std::optional<NodeId> transpose(const Topology &t, NodeId n, Random &) {
  Coord c = t.coord(n);
  if (c.x == c.y || c.y >= t.columns() || c.x >= t.rows())
    return std::nullopt;
  return t.node(c.y, c.x);
}

/// Any of the nodes one hop away.
inline std::optional<NodeId> neighbour(const Topology &t, NodeId n, Random &r) {
  const Coord c = t.coord(n);
  NodeId list[4];
  uint32_t count = 0;
  if (c.x > 0)
    list[count++] = n - 1;
  if (c.x + 1u < t.columns())
    list[count++] = n + 1;
  if (c.y > 0)
    list[count++] = n - t.columns();
  if (c.y + 1u < t.rows())
    list[count++] = n + t.columns();
  return list[r.below(count)];
}

inline NodeId centre(const Topology &t) {
  return t.node(t.columns() / 2, t.rows() / 2);
}

/// A tenth to the node in the middle, the rest uniform.
inline std::optional<NodeId> hotspot(const Topology &t, NodeId n, Random &r) {
  if (r.unit() < 0.1 && n != centre(t))
    return centre(t);
  return uniform(t, n, r);
}

/// All to the node in the middle.
inline std::optional<NodeId> allToOne(const Topology &t, NodeId n, Random &) {
  if (n == centre(t))
    return std::nullopt;
  return centre(t);
}

/// Parameters of the router that the reference simulation had: three cycles a
/// hop, offset 5, credit delay 2, buffers of 8, one class in use.
inline MeshParams referenceParams(unsigned columns, unsigned rows) {
  MeshParams p;
  p.topology = Topology(columns, rows);
  p.hopCycles = 3;
  p.creditCycles = 2;
  p.bufferDepth = 8;
  p.injectCycles = 2;
  p.ejectCycles = 3;
  p.requestQueueDepth = 0;
  return p;
}

/// Calls \p create(from, to) for the packets that come into being in one cycle:
/// \p load per node on average (Bernoulli), \p block at once to the same node.
template <typename Fn>
void createPackets(const Topology &t, const Pattern &pattern, double load,
                   Random &random, Fn create, unsigned block = 1) {
  for (NodeId n = 0; n < t.size(); ++n) {
    if (random.unit() >= load / block)
      continue;
    if (std::optional<NodeId> to = pattern(t, n, random))
      for (unsigned i = 0; i < block; ++i)
        create(n, *to);
  }
}

struct Created {
  Cycle cycle;
  NodeId from, to;
};

/// The packets of the cycles before \p end, in order.
inline std::vector<Created> packetList(const Topology &t,
                                       const Pattern &pattern, double load,
                                       Cycle end, uint64_t seed,
                                       unsigned block = 1) {
  std::vector<Created> list;
  Random random(seed);
  for (Cycle c = 0; c < end; ++c)
    createPackets(
        t, pattern, load, random,
        [&](NodeId from, NodeId to) {
          list.push_back({c, from, to});
        },
        block);
  return list;
}

struct Measurement {
  /// Packets per node and cycle that left the mesh in the window.
  double throughput = 0;
  /// Mean latency of the packets created in the window.
  double latency = 0;
};

/// Offers \p load packets per node and cycle and measures from cycle
/// \p warmUp to \p end. Latencies need \p drain: packets that are still
/// queued at the end have one too.
inline Measurement measure(const MeshParams &params, const Pattern &pattern,
                           double load, Cycle warmUp, Cycle end,
                           uint64_t seed = 1, bool drain = true) {
  struct Collector : Sink {
    Cycle warmUp, end;
    uint64_t inWindow = 0, created = 0, latencySum = 0;
    bool deliver(Cycle cycle, NodeId, const Packet &p) override {
      inWindow += cycle >= warmUp && cycle < end;
      if (p.injected >= warmUp && p.injected < end) {
        ++created;
        latencySum += cycle - p.injected;
      }
      return false;
    }
  } sink;
  sink.warmUp = warmUp;
  sink.end = end;

  Mesh mesh(params);
  Random random(seed);
  const Topology &t = mesh.topology();
  for (Cycle c = 0; c < end; ++c) {
    createPackets(t, pattern, load, random, [&](NodeId from, NodeId to) {
      PacketDesc d;
      d.source = from;
      d.destination = Rect::at(t.coord(to));
      mesh.inject(c, d);
    });
    mesh.advance(c + 1, sink);
  }
  if (drain)
    mesh.advance(never, sink);
  return {double(sink.inWindow) / double(end - warmUp) / double(t.size()),
          sink.created ? double(sink.latencySum) / double(sink.created) : 0};
}

} // namespace tatami::mesh::test
