// What nodes and links did over time, in as many intervals as a run may have.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/mesh/Packet.h"
#include "tatami/trace/Profile.h"

#include <array>
#include <cstdint>
#include <vector>

namespace tatami {

/// Intervals have powers of two of cycles, at first 1 << shortestInterval
/// (chosen).
inline constexpr unsigned shortestInterval = 8;

/// Whether what has come to \p now needs intervals of more than 1 << \p shift
/// cycles. Chosen: to look at all nodes more often than once in 1,024 cycles
/// costs the host a good part of what running them does; short runs have 64
/// intervals then.
constexpr bool isTooShort(unsigned shift, uint64_t now) {
  return now > 0 && (now - 1) >> shift >= (shift < 10 ? 64 : TimeSeries::most);
}

/// A row of TimeSeries by interval. When there are too many intervals, two
/// become one.
class Samples {
public:
  using Row = TimeSeries::Row;
  using Rows = TimeSeries::Rows;

  /// The end of the interval that is not finished.
  uint64_t nextEdge() const { return ((begin >> shift) + 1) << shift; }
  uint64_t getInterval() const { return uint64_t(1) << shift; }

  /// \p sums is what was counted up to \p now, at nextEdge() or later. What
  /// came since the last time is spread over the cycles since then.
  void sample(uint64_t now, const Row &sums);

  /// The rows, of \p count intervals of \p wanted cycles, a multiple of
  /// getInterval(); they are no longer here.
  Rows take(uint64_t wanted, uint32_t count);

private:
  void halve();

  unsigned shift = shortestInterval; ///< An interval has 1 << shift cycles.
  uint64_t begin = 0;
  Row before = {};
  Rows rows;
};

/// How many links a packet passes on its tree, and how many of them lead to
/// another die.
struct Distance {
  uint64_t hops = 0, crossings = 0;
};
Distance distance(const mesh::MeshParams &params, const mesh::PacketDesc &packet);

/// Packets of a node by destination.
class FlowCounts {
public:
  /// Chosen: an all-to-all of a die is kept whole, that of a tile is not.
  static constexpr size_t most = 512;

  void add(const mesh::PacketDesc &packet);
  const std::vector<Flow> &flows() const { return kept; }
  uint64_t others() const { return beyond; }

private:
  std::vector<Flow> kept; ///< Ascending by class and destination.
  /// Where some were: most go there again.
  std::array<uint16_t, 8> recent = {};
  uint64_t beyond = 0;
};

} // namespace tatami
