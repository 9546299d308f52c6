// How packets, lists and heaps are archived.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/archive/Archive.h"
#include "tatami/mesh/Packet.h"

#include <queue>
#include <vector>

namespace tatami::mesh {

/// A packet without the bytes of its payload that mean nothing.
template <class Archive> void archivePacket(Archive &a, Packet &p) {
  a(p.kind, p.cls, p.length, p.exit, p.entry, p.sender, p.source,
    p.destination, p.address, p.tag, p.injected);
  if (p.length > packetBytes)
    throw ArchiveError("a packet has more payload than fits");
  a.bytes(p.payload.data(), p.length);
}

/// A list whose elements have a function of their own to archive them.
template <class Archive, typename T, typename Fn>
void archiveList(Archive &a, std::vector<T> &list, Fn element) {
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
void archiveHeap(Archive &a,
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

} // namespace tatami::mesh
