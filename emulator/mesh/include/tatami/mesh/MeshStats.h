// What the mesh counts while it runs.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/mesh/Packet.h"

#include <array>
#include <cstdint>
#include <vector>

namespace tatami::mesh {

/// Counters of a mesh since it was built. All are exact and independent of
/// visiting order.
struct MeshStats {
  struct PerClass {
    /// Packets handed to inject(); a multicast counts once.
    uint64_t injected = 0;
    /// Copies handed to Sink::deliver.
    uint64_t delivered = 0;
    /// Sum and maximum, over delivered copies, of delivery minus time stamp.
    uint64_t latencySum = 0;
    uint64_t latencyMax = 0;
  };
  std::array<PerClass, numClasses> classes;

  /// Copies of multicasts that ended at a disabled node.
  uint64_t swallowed = 0;
  /// Link traversals, the unit of cost: one packet over one link.
  uint64_t hops = 0;
  /// Cycles in which a packet at the head of its buffer wanted a link and the
  /// buffer behind it had no room; summed over packets and links.
  uint64_t creditStalls = 0;
  /// Cycles in which a packet wanted an output and others got it.
  uint64_t arbitrationLosses = 0;

  /// Cycles in which a packet could have moved but for the limit of a die edge
  /// or of an edge port.
  uint64_t limitStalls = 0;
  /// Packets that went to devices and that came from them; they are in
  /// \c classes as well.
  uint64_t toDevices = 0;
  uint64_t fromDevices = 0;

  /// The same per link: see link(). A part has zeros outside of it.
  std::vector<uint64_t> linkPackets;
  std::vector<uint64_t> linkCreditStalls;
  /// Packets that left each node's send queues, copies that left the mesh at
  /// each node.
  std::vector<uint64_t> nodeSent;
  std::vector<uint64_t> nodeReceived;

  /// Index of the link that leaves \p node to side \p d (not Local).
  static size_t link(NodeId node, Direction d) {
    return size_t(node) * numLinks + static_cast<unsigned>(d);
  }

  /// Adds the counters of another part of the same grid.
  MeshStats &operator+=(const MeshStats &other);

  uint64_t injected() const {
    return classes[0].injected + classes[1].injected;
  }
  uint64_t delivered() const {
    return classes[0].delivered + classes[1].delivered;
  }
  /// Packets per cycle that a link carried.
  double utilization(NodeId node, Direction d, Cycle cycles) const {
    return cycles ? double(linkPackets[link(node, d)]) / double(cycles) : 0;
  }
};

} // namespace tatami::mesh
