// The state of a mesh as bytes, for checkpoints.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/archive/Archive.h"

#include "ArchiveHelp.h"
#include "Network.h"

namespace tatami::mesh {

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

template <class Archive> void Model::archiveBase(Archive &a) {
  // What was saved belongs here only if the routers are the same ones.
  Rect savedArea = area;
  auto savedModel = params.model;
  uint64_t sizes[] = {params.topology.size(), places.size(), entrances.size(),
                      limits.size()};
  const auto expected = std::to_array(sizes);
  a(savedArea, savedModel, sizes);
  if (savedArea != area || savedModel != params.model ||
      std::to_array(sizes) != expected)
    throw ArchiveError("the mesh has other parameters");
  a(currentCycle, exitCount, places, slotWanted, freedSlots);
  a(pool, sendQueues, travels);
  archiveHeap(a, exits);
  a(totals.classes, totals.swallowed, totals.hops, totals.creditStalls,
    totals.arbitrationLosses, totals.limitStalls, totals.toDevices,
    totals.fromDevices);
}

template void Model::archiveBase(ArchiveWriter &);
template void Model::archiveBase(ArchiveReader &);

template <class Archive> void Network::archiveAll(Archive &a) {
  archiveBase(a);
  uint64_t sizes[] = {inputs.size(), sendWake.size()};
  const auto expected = std::to_array(sizes);
  a(sizes);
  if (std::to_array(sizes) != expected)
    throw ArchiveError("the mesh has other parameters");
  uint64_t next = nextDelivery;
  a(next, base, stillCycles, visitState, activeCount);
  nextDelivery = next;
  a(routers, inputs, entries, activeMap, sendWake);
  archiveHeap(a, wakeUps);
  archiveList(a, expansions, [&](Expansion &e) { a(e); });
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
}

void Network::archive(ArchiveWriter &a) { archiveAll(a); }
void Network::archive(ArchiveReader &a) { archiveAll(a); }

} // namespace tatami::mesh
