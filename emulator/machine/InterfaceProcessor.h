// A device at the rim of the grid: memory that nodes store to and fetch from in
// packets, as they do with each other's.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "Node.h"
#include "tatami/machine/MachineConfig.h"
#include "tatami/mesh/Mesh.h"
#include "tatami/node/Pages.h"

#include <cstdint>

namespace tatami {

/// Memory that the host commits as it is touched.
class SparseMemory {
public:
  /// \p size bytes of zeros. Throws std::bad_alloc if the host has no room.
  explicit SparseMemory(uint64_t size);
  ~SparseMemory();
  SparseMemory(const SparseMemory &) = delete;
  SparseMemory &operator=(const SparseMemory &) = delete;

  uint64_t size() const { return length; }
  uint8_t *bytes() { return data; }
  const uint8_t *bytes() const { return data; }

private:
  uint8_t *data;
  uint64_t length;
};

/// What arrives is stored at once, because the links bring no more than the
/// memory takes. Replies leave in the order of the requests, the first
/// MachineConfig::hbmCycles after its request, and no faster than the memory
/// gives them.
class InterfaceProcessor {
public:
  InterfaceProcessor(const MachineConfig &config, const mesh::EdgePort &port);

  /// The router through which a node at \p at and this device reach each
  /// other: its own row or column if the device has a link there, else one
  /// that spreads nodes over the links.
  mesh::Coord router(mesh::Coord at) const;
  mesh::Direction side() const { return port.side; }

  void receive(mesh::Cycle cycle, const mesh::Topology &grid,
               const mesh::Packet &packet);
  /// When step() is due; never if nobody waits for a reply.
  mesh::Cycle nextEvent() const;
  /// Hands the replies of the next few cycles to the mesh.
  void step(mesh::Cycle cycle, mesh::Mesh &mesh);

  SparseMemory memory;

  template <class Archive> void archive(Archive &a) {
    a(orders, busyUntil);
    archivePages(a, memory.bytes(), memory.size());
  }

private:
  struct Order {
    Reply reply;
    mesh::Cycle ready; ///< The first packet can leave.
    template <class Archive> void archive(Archive &a) { a(reply, ready); }
  };
  /// When the first waiting packet can leave.
  mesh::Cycle nextPacket() const;

  const MachineConfig &config;
  const mesh::EdgePort port;
  Fifo<Order> orders;
  /// Until when the memory is busy, in bytes since the start of the run.
  uint64_t busyUntil = 0;
};

} // namespace tatami
