// What travels on the mesh. The mesh moves packets; it never looks inside.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/mesh/MeshParams.h"

#include <array>
#include <cstdint>
#include <cstring>

namespace tatami::mesh {

/// What a packet means to the machine. Opaque to the mesh.
enum class PacketKind : uint8_t {
  Store,
  LoadRequest,
  LoadReply,
  PullRequest,
  PullReply,
  Signal,
  Ack,
  BarrierArrive,
  BarrierRelease,
  User,
};

/// Classes have buffers of their own in every router, so a class can never be
/// blocked by another. Replies sink without producing packets, which is why a
/// request that waits for a reply cannot deadlock.
enum class TrafficClass : uint8_t { Request, Reply };
inline constexpr unsigned numClasses = 2;

/// Payload of one packet: what a link moves per cycle.
inline constexpr unsigned packetBytes = 64;

/// A packet as it is handed to the mesh. The payload is copied at injection.
struct PacketDesc {
  PacketKind kind = PacketKind::Store;
  TrafficClass cls = TrafficClass::Request;
  NodeId source = 0;
  /// One node (Rect::at) or a rectangle. Of a rectangle, every enabled node
  /// gets the packet exactly once, the source included if it lies inside.
  Rect destination;
  /// Byte offset at the destination, semaphore index, ...: opaque.
  uint64_t address = 0;
  /// If not Local, the packet goes to a device: at the destination, one router,
  /// it leaves through this side, which must belong to an edge port.
  Direction exit = Direction::Local;
  /// If not Local, the packet comes from a device: it enters at router
  /// \c source through this side. Devices have send queues of their own, one
  /// per link and class, without limit. They send to single nodes.
  Direction entry = Direction::Local;
  /// Whatever the receiver needs to know, for example who waits: opaque.
  uint64_t tag = 0;
  /// Who at the source has sent it, for records of the run: opaque.
  uint8_t sender = 0;
  /// Bytes of payload, 0 to 64. Time does not depend on it.
  uint8_t length = 0;
  /// \c length bytes, or null if \c length is 0.
  const void *payload = nullptr;
};

/// A packet as it is delivered. Valid during Sink::deliver only.
struct Packet {
  PacketKind kind;
  TrafficClass cls;
  uint8_t length;
  /// Local if the packet is for the node, else the side through which it leaves
  /// the mesh and the side from which it came; see PacketDesc.
  Direction exit;
  Direction entry;
  uint8_t sender;
  NodeId source;
  Rect destination;
  uint64_t address;
  uint64_t tag;
  /// The time stamp it was injected with.
  Cycle injected;
  /// The first \c length bytes are meaningful.
  alignas(64) std::array<uint8_t, packetBytes> payload;

  /// Reads a trivially copyable value from the payload.
  template <typename T> T read(unsigned offset = 0) const {
    static_assert(sizeof(T) <= packetBytes);
    T value;
    std::memcpy(&value, payload.data() + offset, sizeof(T));
    return value;
  }
};

} // namespace tatami::mesh
