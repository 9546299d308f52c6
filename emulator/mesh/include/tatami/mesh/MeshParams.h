// The numbers of a mesh, all of them data; defaults are those of the die.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/mesh/Topology.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tatami::mesh {

/// Simulated time in mesh cycles.
using Cycle = uint64_t;
/// No cycle at all: "nothing will happen", "no limit".
inline constexpr Cycle never = ~Cycle(0);

/// A line of routers at the rim of the grid whose links to that side lead to
/// one device, for example an interface processor with memory behind it. Every
/// router of the line has a link of its own to the device and one back.
struct EdgePort {
  Direction side = Direction::West;
  Rect routers;
  /// Limit of all links together, each way; 0 is no limit but the links'. A
  /// port with a limit lies at one die.
  unsigned bytesPerCycle = 0;
  /// Of a link, instead of hopCycles.
  unsigned latency = 1;

  /// True if the link of \p router to \p toSide belongs to this port.
  bool has(Coord router, Direction toSide) const {
    return side == toSide && routers.contains(router);
  }
};

/// Parameters of a mesh. Latency of a packet that meets nobody:
///   injectCycles + hopCycles * hops + ejectCycles
/// A hop that crosses a die edge takes dieCrossingCycles instead. A packet that
/// comes from a device has the latency of its edge port in place of
/// injectCycles, one that goes to a device has it in place of ejectCycles.
struct MeshParams {
  /// Router is the model that Mesh describes. Train is faster and an estimate:
  /// see docs/mesh.md. Free costs nothing and is no machine: packets take
  /// ejectCycles wherever they go (docs/what-if.md). It wants the whole grid in
  /// one Mesh and no deadRouters.
  enum Model : uint8_t { Router, Train, Free };

  Topology topology{1, 1};
  Model model = Router;

  /// From one router's switch to the next one's, link included. At least 1.
  unsigned hopCycles = 1;
  /// From a packet's leaving a buffer until the sender knows. At least 1.
  unsigned creditCycles = 1;
  /// Packets of one class that an input of a router holds. A link runs at full
  /// rate if this is at least hopCycles + creditCycles.
  unsigned bufferDepth = 8;

  /// From the send queue to the node's own router.
  unsigned injectCycles = 1;
  /// From the switch of the last router into the node's memory. At least 1.
  unsigned ejectCycles = 1;

  /// Packets that a node may have waiting to enter the mesh, per class; 0 is
  /// no limit. Replies must never wait for room, or loads could deadlock.
  unsigned requestQueueDepth = 16;
  unsigned replyQueueDepth = 0;

  /// Nodes per die; 0 means that the whole grid is one die.
  unsigned dieColumns = 0;
  unsigned dieRows = 0;
  /// Latency of a link between dies, for packets and for credits.
  unsigned dieCrossingCycles = 200;
  /// Buffer behind such a link; full rate needs 2 * dieCrossingCycles.
  unsigned dieCrossingDepth = 512;

  /// Packets that a link carries per cycle. A node's own port carries one.
  unsigned linkPacketsPerCycle = 1;
  /// Limit of all links from one die to the next together; 0 is none.
  unsigned dieEdgeBytesPerCycle = 0;

  /// Links that lead to devices.
  std::vector<EdgePort> edgePorts;

  /// Routers that carry nothing; their nodes must be disabled. If there are
  /// any, every class has three virtual channels and paths lead round them. A
  /// multicast that would meet one is sent as single packets, one after the
  /// other.
  std::vector<Coord> deadRouters;

  /// Debugging: not 0 visits routers in a pseudo-random order in both phases.
  /// The result must not change; a test compares.
  uint64_t visitSeed = 0;

  /// Empty if the mesh can be built, else one sentence that names the first
  /// wrong parameter and what would be right.
  std::string check() const;

  /// The parts into which the grid can be divided for simulation, its dies,
  /// row by row. See Mesh for what a part is.
  unsigned partCount() const { return partColumns() * partRows(); }
  unsigned partColumns() const {
    return dieColumns ? topology.columns() / dieColumns : 1;
  }
  unsigned partRows() const { return dieRows ? topology.rows() / dieRows : 1; }
  unsigned partOf(NodeId node) const;
  Rect partRect(unsigned part) const;
  /// How far parts can advance before they must exchange packets: nothing that
  /// leaves one arrives at another sooner. never if there is only one.
  Cycle window() const { return partCount() > 1 ? dieCrossingCycles : never; }

  /// The edge port to which the link of \p router to \p side belongs, or null.
  const EdgePort *edgePort(Coord router, Direction side) const;
};

} // namespace tatami::mesh
