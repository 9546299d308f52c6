// Which nodes a timeline has, and how their events come into its file.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Timeline.h"

#include "Die.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <tuple>

using namespace tatami;

std::vector<uint32_t> tatami::timelineNodes(const TimelineOptions &options,
                                            const mesh::Topology &topology) {
  if (!options.nodes.empty())
    return options.nodes;
  std::set<uint32_t> chosen;
  if (topology.enabledCount() <= options.count) {
    for (uint32_t node = 0; node < topology.size(); ++node)
      if (topology.enabled(node))
        chosen.insert(node);
    return {chosen.begin(), chosen.end()};
  }
  const double columns = topology.columns(), rows = topology.rows();
  // As many columns to rows as the machine has, at least the wanted number.
  unsigned wide = unsigned(std::clamp(
      std::round(std::sqrt(options.count * columns / rows)), 1.0, columns));
  unsigned high = unsigned(
      std::clamp(std::ceil(double(options.count) / wide), 1.0, rows));
  auto place = [](unsigned i, unsigned count, unsigned length) {
    return count > 1 ? i * (length - 1) / (count - 1) : (length - 1) / 2;
  };
  for (unsigned j = 0; j < high; ++j)
    for (unsigned i = 0; i < wide && chosen.size() < options.count; ++i) {
      // A disabled node's place is taken by the next enabled one.
      uint32_t node = topology.node(place(i, wide, topology.columns()),
                                    place(j, high, topology.rows()));
      for (size_t left = topology.size(); left > 0; --left) {
        if (topology.enabled(node) && chosen.insert(node).second)
          break;
        node = uint32_t((node + 1) % topology.size());
      }
    }
  return {chosen.begin(), chosen.end()};
}

Timeline::Timeline(const TimelineOptions &options, std::vector<Node *> nodes,
                   ProfileWriter &file)
    : options(options), nodes(std::move(nodes)), file(file) {
  for (const Node *node : this->nodes)
    known.nodes.push_back(node->id);
  known.from = options.from;
  known.to = options.to;
}

void Timeline::flush() {
  if (writer.bytes() == 0)
    return;
  const uint64_t before = file.bytes();
  file.writeChunk(ChunkKind::Events, writer.take());
  written += file.bytes() - before;
}

void Timeline::write(uint64_t end) {
  if (nodes.empty())
    return;
  due.clear();
  for (Node *node : nodes)
    node->record->events.timeline->take(end, due);
  // Those of an agent stay as they came.
  std::vector<size_t> order(due.size());
  std::iota(order.begin(), order.end(), size_t(0));
  std::sort(order.begin(), order.end(), [&](size_t i, size_t j) {
    const Event &a = due[i], &b = due[j];
    return std::tie(a.at, a.node, a.agent, i) <
           std::tie(b.at, b.node, b.agent, j);
  });
  for (size_t place : order) {
    Event &event = due[place];
    if (event.at < known.from || event.from >= known.to)
      continue;
    const auto owner = std::lower_bound(
        nodes.begin(), nodes.end(), event.node,
        [](const Node *node, uint32_t id) { return node->id < id; });
    const NodeTimeline &timeline = *(*owner)->record->events.timeline;
    event.at = now = std::max(now, event.at);
    writer.add(event, event.hasName() ? timeline.name(event) : std::string());
    ++known.events;
    if (writer.bytes() < chunkBytes)
      continue;
    flush();
    // Packed, the next chunk will not be larger than it is now.
    if (written + chunkBytes <= options.limit)
      continue;
    known.stoppedAt = now;
    for (Node *node : nodes)
      node->record->events.timeline.reset();
    nodes.clear();
    return;
  }
}

void Timeline::finish(const Stop *stop) {
  if (stop)
    for (Node *node : nodes)
      if (node->id == stop->at.node)
        node->record->events.trap(
            stop->at.thread, stop->at.time, uint8_t(stop->kind),
            stop->at.thread < threadsPerNode
                ? node->threads[stop->at.thread].state->pc
                : 0);
  write(stop ? stop->at.time + 1 : mesh::never);
  flush();
}
