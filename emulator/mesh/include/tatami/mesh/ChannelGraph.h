// Who waits for whom in a network: the proof that routing cannot deadlock.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace tatami::mesh {

/// A graph of channels (a link and one of its lanes). An edge from a to b says
/// that a packet which holds a place behind a may wait for one behind b. If
/// there is no cycle, packets at the ends of all chains always move, so all do
/// (Dally and Seitz 1987).
class ChannelGraph {
public:
  explicit ChannelGraph(uint32_t channels) : channels(channels) {}

  void addDependency(uint32_t from, uint32_t to) {
    edges.push_back({from, to});
  }

  /// The channels of one cycle, in order; empty if there is none.
  std::vector<uint32_t> findCycle() const;

private:
  uint32_t channels;
  std::vector<std::pair<uint32_t, uint32_t>> edges;
};

} // namespace tatami::mesh
