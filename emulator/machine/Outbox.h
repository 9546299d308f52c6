// What a thread has asked to be sent and the mesh has not taken yet.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/mesh/Packet.h"

#include <cassert>
#include <cstdint>
#include <cstring>
#include <vector>

namespace tatami {

/// A FIFO of packets. A block is one entry however long it is; its data are
/// copied when it is added, because its source may be written again at once.
///
/// A packet is first admitted, when there is room for it in the node's send
/// queue, at the time of its thread; that only counts. Later, in an order that
/// does not depend on how nodes are simulated, it is taken out to be injected.
class Outbox {
public:
  bool empty() const { return entries.empty(); }
  /// True if every packet has been admitted.
  bool allAdmitted() const { return waiting == 0; }

  /// Appends \p count packets like \p packet, the address of each 64 above that
  /// of the one before. \p data are packet.length bytes for each, or null.
  void add(const mesh::PacketDesc &packet, uint32_t count, const void *data) {
    entries.push_back({packet, count, payload.size()});
    if (packet.length) {
      const auto *bytes = static_cast<const uint8_t *>(data);
      payload.insert(payload.end(), bytes,
                     bytes + size_t(count) * packet.length);
    }
    waiting += count;
  }

  void admit(uint64_t count, mesh::Cycle cycle) {
    assert(count <= waiting);
    waiting -= count;
    if (count)
      admissions.push_back({count, cycle});
  }
  uint64_t notAdmitted() const { return waiting; }

  /// Hands every admitted packet to \p take(cycle, packet), in order.
  template <class Take> void takeAdmitted(Take take) {
    for (const Admission &a : admissions)
      for (uint64_t i = 0; i < a.count; ++i) {
        Entry &entry = entries[first];
        mesh::PacketDesc packet = entry.packet;
        packet.payload =
            packet.length ? payload.data() + entry.payload : nullptr;
        take(a.cycle, packet);
        entry.packet.address += mesh::packetBytes;
        entry.payload += packet.length;
        if (--entry.count == 0)
          ++first;
      }
    admissions.clear();
    if (first == entries.size())
      clear();
  }

  void clear() {
    entries.clear();
    admissions.clear();
    payload.clear();
    first = 0;
    waiting = 0;
    // A node that has once sent a large block does not keep its size.
    if (payload.capacity() > 4096)
      payload.shrink_to_fit();
  }

  template <class Archive> void archive(Archive &a) {
    a(entries, admissions, payload, first, waiting);
  }

private:
  struct Entry {
    mesh::PacketDesc packet;
    uint32_t count;
    size_t payload; ///< Offset of the next packet's data.
    template <class Archive> void archive(Archive &a) {
      packet.payload = nullptr;
      a(packet.kind, packet.cls, packet.source, packet.destination,
        packet.exit, packet.entry, packet.address, packet.tag, packet.length,
        count, payload);
    }
  };
  struct Admission {
    uint64_t count;
    mesh::Cycle cycle;
  };

  std::vector<Entry> entries;
  std::vector<Admission> admissions;
  std::vector<uint8_t> payload;
  size_t first = 0;     ///< Entries before it are done.
  uint64_t waiting = 0; ///< Packets that are not admitted.
};

} // namespace tatami
