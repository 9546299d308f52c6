// The critical path for the page.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "PageData.h"

#include <algorithm>

using namespace tatami;
using namespace tatami::prof;
using nlohmann::json;

// Chosen: about what a picture can tell apart, and what a person reads.
static constexpr size_t maxStretches = 4000, maxShares = 500, maxNodes = 64;

/// {cycles, kinds: [name, cycles], shares: [kind, function, file, first line,
///  last line, cycles, steps, nodes], stretches: [from, to, kind, node, agent,
///  function, line] in the order of time, omitted}
json tatami::prof::pathData(const CriticalPath &path) {
  json kinds = json::array(), shares = json::array(), stretches = json::array();
  for (size_t i = 0; i < numStepKinds; ++i)
    kinds.push_back(json::array({stepKindName(StepKind(i)), path.byKind[i]}));
  for (const PathShare &share : path.shares) {
    if (shares.size() == maxShares)
      break;
    std::vector<uint32_t> nodes(share.nodes);
    nodes.resize(std::min(nodes.size(), maxNodes));
    shares.push_back(json::array({stepKindName(share.kind), share.function,
                                  share.file, share.firstLine, share.lastLine,
                                  share.cycles, share.steps, nodes}));
  }
  // The longest ones.
  uint64_t least = 0;
  if (path.stretches.size() > maxStretches) {
    std::vector<uint64_t> lengths;
    for (const PathStretch &stretch : path.stretches)
      lengths.push_back(stretch.to - stretch.from);
    std::nth_element(lengths.begin(), lengths.end() - maxStretches, lengths.end());
    least = *(lengths.end() - maxStretches) + 1;
  }
  for (const PathStretch &stretch : path.stretches)
    if (stretch.to - stretch.from >= least)
      stretches.push_back(json::array(
          {stretch.from, stretch.to, stepKindName(stretch.kind), stretch.node,
           agentName(stretch.agent), stretch.function, stretch.line}));
  size_t omitted = path.stretches.size() - stretches.size();
  return {{"cycles", path.cycles},
          {"kinds", std::move(kinds)},
          {"shares", std::move(shares)},
          {"stretches", std::move(stretches)},
          {"omitted", omitted}};
}
