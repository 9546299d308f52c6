// One place of a router's input queue, in eight bytes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <cstddef>
#include <cstdint>

namespace tatami::mesh {

/// Cycles since Network::base; see there for what happens when they run out.
using ShortTime = uint32_t;

/// Packets that can be named in a queue entry.
inline constexpr size_t maxPackets = size_t(1) << 27;

/// A place in a queue is a packet and the outputs it still has to take, or
/// free. One time serves both states, which is why a credit needs no event:
///   full: the cycle from which on the packet can leave (its arrival);
///   free: the cycle from which on the router before knows that it is free.
struct QueueEntry {
  uint32_t word = 0;
  ShortTime time = 0;

  static QueueEntry full(uint32_t packet, unsigned outputs, ShortTime arrival) {
    return {packet | outputs << 27, arrival};
  }
  bool isFull() const { return outputs() != 0; }
  /// Set of outputs, bit = Direction.
  unsigned outputs() const { return word >> 27; }
  uint32_t packet() const { return word & (maxPackets - 1); }
  void clearOutput(unsigned output) { word &= ~(1u << (27 + output)); }
  /// True if a packet can be put here at \p now.
  bool hasCredit(ShortTime now) const { return !isFull() && time <= now; }
};

} // namespace tatami::mesh
