// Writes the events of chosen nodes while the program runs.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/machine/Machine.h"
#include "tatami/mesh/Topology.h"
#include "tatami/trace/Events.h"

#include <vector>

namespace tatami {

struct Node;
struct Stop;

/// The nodes of a timeline, ascending: those that \p options names, all if they
/// are few, else as many as it says, at the crossings of a grid laid over the
/// machine, its corners included.
std::vector<uint32_t> timelineNodes(const TimelineOptions &options,
                                    const mesh::Topology &topology);

class Timeline {
public:
  Timeline(const TimelineOptions &options, std::vector<Node *> nodes,
           ProfileWriter &file);

  /// Time has come to \p end: writes what happened before, in the order of
  /// (time, node, thread or list), which does not depend on the host.
  void write(uint64_t end);
  /// The run is over. \p stop is why, or null.
  void finish(const Stop *stop);
  TimelineInfo info() const { return known; }

private:
  /// Events are packed together up to so many bytes (chosen).
  static constexpr size_t chunkBytes = 1 << 18;

  void flush();

  TimelineOptions options;
  std::vector<Node *> nodes;
  ProfileWriter &file;
  EventWriter writer;
  TimelineInfo known;
  uint64_t now = 0, written = 0;
  std::vector<Event> due;
};

} // namespace tatami
