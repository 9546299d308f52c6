// Who waits for whom in a network: the proof that routing cannot deadlock.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/mesh/ChannelGraph.h"

#include <algorithm>

namespace tatami::mesh {

std::vector<uint32_t> ChannelGraph::findCycle() const {
  // Take away channels that wait for nobody, again and again.
  std::vector<uint32_t> waitsFor(channels), begin(channels + 1);
  for (auto [from, to] : edges) {
    ++waitsFor[from];
    ++begin[to + 1];
  }
  for (uint32_t c = 0; c < channels; ++c)
    begin[c + 1] += begin[c];
  std::vector<uint32_t> waiters(edges.size());
  std::vector<uint32_t> next(begin.begin(), begin.end() - 1);
  for (auto [from, to] : edges)
    waiters[next[to]++] = from;

  std::vector<uint32_t> done;
  for (uint32_t c = 0; c < channels; ++c)
    if (waitsFor[c] == 0)
      done.push_back(c);
  for (size_t i = 0; i < done.size(); ++i)
    for (uint32_t w = begin[done[i]]; w < begin[done[i] + 1]; ++w)
      if (--waitsFor[waiters[w]] == 0)
        done.push_back(waiters[w]);
  if (done.size() == channels)
    return {};

  // Each channel that is left waits for another one that is left: walk until
  // one comes again.
  std::vector<uint32_t> waitsForOne(channels, channels);
  for (auto [from, to] : edges)
    if (waitsFor[from] && waitsFor[to])
      waitsForOne[from] = to;
  std::vector<uint32_t> walk;
  std::vector<bool> seen(channels);
  uint32_t c =
      static_cast<uint32_t>(std::find_if(waitsFor.begin(), waitsFor.end(),
                                         [](uint32_t n) { return n != 0; }) -
                            waitsFor.begin());
  for (; !seen[c]; c = waitsForOne[c]) {
    seen[c] = true;
    walk.push_back(c);
  }
  walk.erase(walk.begin(), std::find(walk.begin(), walk.end(), c));
  return walk;
}

} // namespace tatami::mesh
