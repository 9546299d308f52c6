// Storage of the packets under way.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "PacketPool.h"

#include "QueueEntry.h"

#include <cassert>

namespace tatami::mesh {

PacketIndex PacketPool::allocate(const Rect &destination) {
  if (freeList.empty()) {
    size_t first = destinations.size();
    assert(first + chunkSize <= maxPackets && "too many packets in the mesh");
    // Not value-initialised: payloads are written before they are read.
    chunks.emplace_back(new Packet[chunkSize]);
    destinations.resize(first + chunkSize);
    references.resize(first + chunkSize);
    for (size_t i = chunkSize; i-- > 0;)
      freeList.push_back(static_cast<PacketIndex>(first + i));
  }
  PacketIndex i = freeList.back();
  freeList.pop_back();
  destinations[i] = destination;
  references[i] = 1;
  return i;
}

PacketIndex PacketPool::create(Cycle cycle, const PacketDesc &desc) {
  const PacketIndex i = allocate(desc.destination);
  Packet &p = chunks[i / chunkSize][i % chunkSize];
  p.kind = desc.kind;
  p.cls = desc.cls;
  p.length = desc.length;
  p.exit = desc.exit;
  p.entry = desc.entry;
  p.sender = desc.sender;
  p.source = desc.source;
  p.destination = desc.destination;
  p.address = desc.address;
  p.tag = desc.tag;
  p.injected = cycle;
  if (desc.length)
    std::memcpy(p.payload.data(), desc.payload, desc.length);
  return i;
}

PacketIndex PacketPool::create(const Packet &packet, const Rect &target) {
  const PacketIndex i = allocate(target);
  chunks[i / chunkSize][i % chunkSize] = packet;
  return i;
}

} // namespace tatami::mesh
