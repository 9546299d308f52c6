// The numbers of a mesh, all of them data; defaults are those of the die.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/mesh/Topology.h"

#include <cstdint>
#include <string>

namespace tatami::mesh {

/// Parameters of a mesh. Latency of a packet that meets nobody:
///   injectCycles + hopCycles * hops + ejectCycles
/// (a hop that crosses a die edge takes dieCrossingCycles instead).
struct MeshParams {
  Topology topology{1, 1};

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

  /// Debugging: not 0 visits routers in a pseudo-random order in both phases.
  /// The result must not change; a test compares.
  uint64_t visitSeed = 0;

  /// Empty if the mesh can be built, else one sentence that names the first
  /// wrong parameter and what would be right.
  std::string check() const;
};

} // namespace tatami::mesh
