// Construction of a part's routers.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Network.h"

#include "Routing.h"

#include <algorithm>
#include <bit>
#include <cassert>

namespace tatami::mesh {

/// Slack of the count of still cycles: routers that wait so long stay active.
static constexpr unsigned settleSlack = 4;

Network::Network(const MeshParams &p, const Rect &area)
    : Model(p, area), lanes(numClasses), visitState(p.visitSeed) {
  if (detours)
    lanes *= Detours::virtualChannels;
  assert(lanes <= laneBits);
  laneShift = static_cast<unsigned>(std::bit_width(lanes - 1));
  build();
  for (size_t i = 0; i < limitedLinks.size(); ++i)
    if (limitedLinks[i].limiter != noLimiter) {
      Router &r = routers[i / 2 / numLinks];
      (i % 2 ? r.limitedInputs : r.limitedOutputs) |= 1u << (i / 2 % numLinks);
    }
  for (unsigned rate : limits)
    limiters.emplace_back(rate);
  const size_t senders = places.size() + entrances.size();
  assert(senders * numClasses < routerFlag);
  if (detours)
    expansions.resize(senders * numClasses);
  activeMap.resize((routers.size() + 63) / 64);
  sendWake.assign(senders * numClasses, never);
  settleCycles = std::max(params.hopCycles, params.creditCycles) + settleSlack;
  if (params.partCount() > 1)
    settleCycles =
        std::max(settleCycles, params.dieCrossingCycles + settleSlack);
}

void Network::build() {
  const Topology &topology = params.topology;
  const auto credit = static_cast<uint16_t>(params.creditCycles);
  const auto crossing = static_cast<uint16_t>(params.dieCrossingCycles);
  const InputQueue none{
      .base = 0, .depth = 0, .hopCycles = 0, .creditCycles = credit};
  routers.resize(places.size());
  inputs.assign(routers.size() * numPorts << laneShift, none);
  entries.resize(1); // Entry 0: see InputQueue.
  auto setQueues = [&](RouterIndex router, unsigned port, InputQueue q,
                       bool now) {
    for (unsigned lane = 0; lane < lanes; ++lane) {
      if (now) {
        q.base = static_cast<uint32_t>(entries.size());
        entries.resize(entries.size() + q.depth);
      }
      queueAt(router, port, lane) = q;
    }
  };
  const InputQueue near{.base = 0,
                        .depth = static_cast<uint16_t>(params.bufferDepth),
                        .hopCycles = static_cast<uint16_t>(params.hopCycles),
                        .creditCycles = credit};
  const InputQueue far{.base = 0,
                       .depth = static_cast<uint16_t>(params.dieCrossingDepth),
                       .hopCycles = crossing,
                       .creditCycles = crossing};
  const InputQueue source{
      .base = 0, .depth = 1, .hopCycles = 0, .creditCycles = credit};
  for (NodeId n : topology.nodes(area)) {
    const Coord at = topology.coord(n);
    const RouterIndex i = indexOf(at);
    Router &r = routers[i];
    r.at = at;
    setQueues(i, localPort, source, true);
    for (unsigned side = 0; side < numLinks; ++side) {
      const Coord other = beside(at, side);
      if (area.contains(other)) {
        const bool crosses =
            params.partOf(topology.node(other)) != params.partOf(n);
        setQueues(i, side, crosses ? far : near, !crosses);
        continue;
      }
      r.leaving |= 1u << side;
      if (topology.contains(other)) {
        setQueues(i, side, far, false);
        setQueues(neighbour(i, side), side ^ 2, far, false);
      } else if (params.edgePort(at, static_cast<Direction>(side))) {
        r.sources |= 1u << side;
        setQueues(i, side, source, true);
      }
    }
  }
}

} // namespace tatami::mesh
