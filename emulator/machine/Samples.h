// What nodes and links did over time, in as many intervals as a run may have.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/mesh/Packet.h"
#include "tatami/trace/Profile.h"

#include <array>
#include <cstdint>
#include <utility>
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

/// Columns of numbers by interval. When there are too many intervals, two
/// become one.
template <unsigned Columns> class Samples {
public:
  using Row = std::array<uint64_t, Columns>;
  using Sums = std::array<uint64_t, Columns>;

  /// The end of the interval that is not finished.
  uint64_t nextEdge() const { return ((begin >> shift) + 1) << shift; }

  /// \p sums is what was counted up to \p now, at nextEdge() or later. What
  /// came since the last time is spread over the cycles since then.
  void sample(uint64_t now, const Sums &sums) {
    if (now <= begin)
      return;
    while (isTooShort(shift, now))
      halve();
    if (const uint64_t last = (now - 1) >> shift; rows.size() <= last) {
      if (rows.empty())
        rows.reserve(TimeSeries::most);
      rows.resize(last + 1);
    }
    const double length = double(now - begin);
    Sums given = {};
    for (uint64_t at = begin; at < now;) {
      uint64_t index = at >> shift;
      uint64_t to = std::min(now, (index + 1) << shift);
      const double share = double(to - begin) / length;
      for (unsigned i = 0; i < Columns; ++i) {
        // Rounded so that the parts add up to the whole.
        const uint64_t whole = sums[i] - before[i];
        const uint64_t part = to == now ? whole : uint64_t(double(whole) * share);
        rows[index][i] += part - given[i];
        given[i] = part;
      }
      at = to;
    }
    begin = now;
    before = sums;
  }

  /// The rows with intervals of \p wanted cycles, a multiple of getInterval().
  std::vector<Row> rowsOf(uint64_t wanted) const {
    std::vector<Row> result;
    const uint64_t factor = wanted >> shift;
    for (size_t i = 0; i < rows.size(); ++i) {
      result.resize(i / factor + 1);
      for (unsigned c = 0; c < Columns; ++c)
        result[i / factor][c] += rows[i][c];
    }
    return result;
  }
  uint64_t getInterval() const { return uint64_t(1) << shift; }

private:
  void halve() {
    for (size_t i = 0; i < rows.size(); ++i)
      for (unsigned c = 0; c < Columns; ++c) {
        const uint64_t value = std::exchange(rows[i][c], 0);
        rows[i / 2][c] += value;
      }
    rows.resize((rows.size() + 1) / 2);
    ++shift;
  }

  unsigned shift = shortestInterval; ///< An interval has 1 << shift cycles.
  uint64_t begin = 0;
  Sums before = {};
  std::vector<Row> rows;
};

/// Instructions, issued cycles, waiting cycles, macs, flops: the columns of
/// TimeSeries.
using NodeSamples = Samples<5>;

/// The four links that leave a position of the grid.
using LinkSamples = Samples<mesh::numLinks>;

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
