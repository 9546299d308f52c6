// The state of a mesh as bytes, for checkpoints.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/archive/Archive.h"

#include "Network.h"

namespace tatami::mesh {

/// A packet without the bytes of its payload that mean nothing.
template <class Archive> static void archivePacket(Archive &a, Packet &p) {
  a(p.kind, p.cls, p.length, p.exit, p.entry, p.source, p.destination,
    p.address, p.tag, p.injected);
  if (p.length > packetBytes)
    throw ArchiveError("a packet has more payload than fits");
  a.bytes(p.payload.data(), p.length);
}

/// A list whose elements have a function of their own to archive them.
template <class Archive, typename T, typename Fn>
static void archiveList(Archive &a, std::vector<T> &list, Fn element) {
  uint64_t size = list.size();
  a(size);
  if constexpr (Archive::isReading) {
    list.clear();
    for (uint64_t i = 0; i < size; ++i)
      element(list.emplace_back());
  } else {
    for (T &t : list)
      element(t);
  }
}

/// A heap as the list of its members, in order.
template <class Archive, typename T>
static void
archiveHeap(Archive &a,
            std::priority_queue<T, std::vector<T>, std::greater<>> &heap) {
  std::vector<T> list;
  if constexpr (!Archive::isReading)
    for (auto copy = heap; !copy.empty(); copy.pop())
      list.push_back(copy.top());
  archiveList(a, list, [&](T &t) { a(t); });
  if constexpr (Archive::isReading)
    heap = std::priority_queue<T, std::vector<T>, std::greater<>>(
        std::greater<>(), std::move(list));
}

template <class Archive> void PacketPool::archive(Archive &a) {
  a(destinations, references, freeList);
  if constexpr (Archive::isReading) {
    chunks.clear();
    for (size_t i = 0; i < destinations.size(); i += chunkSize)
      chunks.emplace_back(new Packet[chunkSize]);
    if (references.size() != destinations.size() ||
        destinations.size() % chunkSize)
      throw ArchiveError("the packets of a mesh are incomplete");
  }
  for (size_t i = 0; i < references.size(); ++i)
    if (references[i])
      archivePacket(a, chunks[i / chunkSize][i % chunkSize]);
}

template <class Archive> void SendQueues::archive(Archive &a) {
  for (Queue &q : queues) {
    std::rotate(q.ring.begin(), q.ring.begin() + q.head, q.ring.end());
    q.head = 0;
    a(q.ring, q.count);
  }
}

template <class Archive> void Network::archive(Archive &a) {
  // What was saved belongs here only if the routers are the same ones.
  Rect savedArea = area;
  uint64_t sizes[] = {params.topology.size(), routers.size(), inputs.size(),
                      sendWake.size(), limiters.size()};
  const auto expected = std::to_array(sizes);
  a(savedArea, sizes);
  if (savedArea != area || std::to_array(sizes) != expected)
    throw ArchiveError("the mesh has other parameters");

  a(currentCycle, base, stillCycles, visitState, exitCount, activeCount);
  a(routers, inputs, entries, activeMap, sendWake, slotWanted, freedSlots);
  a(pool, sendQueues, travels);
  archiveList(a, expansions, [&](Expansion &e) { a(e); });
  archiveHeap(a, wakeUps);
  archiveHeap(a, exits);
  archiveList(a, deliveries, [&](Delivery &d) { a(d); });
  for (Limiter &limiter : limiters)
    a(limiter);
  for (Box &box : boxes) {
    archiveList(a, box.packets, [&](Box::Flight &f) {
      a(f.at, f.link, f.lane, f.target);
      archivePacket(a, f.packet);
    });
    archiveList(a, box.credits, [&](Box::Credit &c) { a(c); });
  }
  a(totals.classes, totals.swallowed, totals.hops, totals.creditStalls,
    totals.arbitrationLosses, totals.limitStalls, totals.toDevices,
    totals.fromDevices);
}

template void Network::archive(ArchiveWriter &);
template void Network::archive(ArchiveReader &);

} // namespace tatami::mesh
