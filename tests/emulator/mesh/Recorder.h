// A sink that writes down what it is told.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/mesh/Mesh.h"

#include <algorithm>
#include <compare>
#include <string>
#include <vector>

namespace tatami::mesh::test {

struct Arrival {
  Cycle cycle;
  NodeId node;
  NodeId source;
  uint64_t tag;
  auto operator<=>(const Arrival &) const = default;
};

class Recorder : public Sink {
public:
  struct Slot {
    Cycle cycle;
    NodeId node;
    TrafficClass cls;
    auto operator<=>(const Slot &) const = default;
  };

  bool deliver(Cycle cycle, NodeId node, const Packet &p) override {
    arrivals.push_back({cycle, node, p.source, p.tag});
    return node == stopAt;
  }
  bool slotFreed(Cycle cycle, NodeId node, TrafficClass cls) override {
    slots.push_back({cycle, node, cls});
    return true;
  }

  std::vector<Arrival> arrivals;
  std::vector<Slot> slots;
  /// Deliveries to this node stop the mesh.
  NodeId stopAt = ~NodeId(0);
};

inline PacketDesc packet(NodeId from, const Rect &to, uint64_t tag = 0,
                         TrafficClass cls = TrafficClass::Request) {
  PacketDesc d;
  d.cls = cls;
  d.source = from;
  d.destination = to;
  d.tag = tag;
  return d;
}

inline PacketDesc packet(const Mesh &m, NodeId from, NodeId to,
                         uint64_t tag = 0,
                         TrafficClass cls = TrafficClass::Request) {
  return packet(from, Rect::at(m.topology().coord(to)), tag, cls);
}

inline MeshParams grid(unsigned columns, unsigned rows) {
  MeshParams p;
  p.topology = Topology(columns, rows);
  p.requestQueueDepth = 0;
  return p;
}

} // namespace tatami::mesh::test
