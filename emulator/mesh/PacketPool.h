// Storage of the packets under way; routers pass indices, never payloads.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/mesh/Packet.h"

#include <memory>
#include <vector>

namespace tatami::mesh {

using PacketIndex = uint32_t;

/// Packets with reference counts. A packet has one reference per queue entry
/// or pending delivery that names it, and is freed with the last one. Packets
/// do not move in memory while they live, so that a sink may inject while it
/// reads one.
class PacketPool {
public:
  /// A new packet with one reference.
  PacketIndex create(Cycle cycle, const PacketDesc &desc);
  /// The same for a copy of a packet that goes to \p target only.
  PacketIndex create(const Packet &packet, const Rect &target);

  const Packet &operator[](PacketIndex i) const {
    return chunks[i / chunkSize][i % chunkSize];
  }
  /// Where a packet goes, apart from the rest: it is read at every hop.
  const Rect &destination(PacketIndex i) const { return destinations[i]; }

  /// Says that a packet will be read soon.
  void prefetch(PacketIndex i) const {
    const Packet &p = (*this)[i];
    __builtin_prefetch(&p);
    __builtin_prefetch(p.payload.data());
  }

  void addRef(PacketIndex i) { ++references[i]; }
  void release(PacketIndex i) {
    if (--references[i] == 0)
      freeList.push_back(i);
  }

  template <class Archive> void archive(Archive &a);

  /// All indices are below.
  size_t capacity() const { return destinations.size(); }
  size_t live() const { return destinations.size() - freeList.size(); }

private:
  static constexpr size_t chunkSize = 512;
  PacketIndex allocate(const Rect &destination);

  std::vector<std::unique_ptr<Packet[]>> chunks;
  std::vector<Rect> destinations;
  std::vector<uint32_t> references;
  std::vector<PacketIndex> freeList;
};

} // namespace tatami::mesh
