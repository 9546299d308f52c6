// Construction of a part's routers; how places, edges and sources are numbered.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Network.h"

#include "Routing.h"

#include <algorithm>
#include <cassert>

namespace tatami::mesh {

/// Slack of the count of still cycles: routers that wait so long stay active.
static constexpr unsigned settleSlack = 4;

static size_t placesOf(const Rect &area) {
  return size_t(area.width() + 2) * (area.height() + 2);
}

/// Links within \p area that lead to devices.
static size_t deviceLinks(const MeshParams &params, const Rect &area) {
  size_t count = 0;
  for (NodeId n : params.topology.nodes(area))
    for (unsigned side = 0; side < numLinks; ++side)
      count += params.edgePort(params.topology.coord(n),
                               static_cast<Direction>(side)) != nullptr;
  return count;
}

Network::Network(const MeshParams &p, const Rect &area)
    : params(p), area(area),
      sendQueues(placesOf(area), deviceLinks(p, area),
                 {p.requestQueueDepth, p.replyQueueDepth}),
      stride(area.width() + 2), firstNode(p.topology.node(area.x0, area.y0)),
      visitState(p.visitSeed) {
  assert(params.check().empty());
  lanes = numClasses;
  if (!params.deadRouters.empty()) {
    detours = std::make_unique<Detours>(params);
    lanes *= Detours::virtualChannels;
  }
  assert(lanes <= laneBits);
  const auto step = static_cast<int32_t>(stride);
  neighbourStep[static_cast<unsigned>(Direction::North)] = -step;
  neighbourStep[static_cast<unsigned>(Direction::East)] = 1;
  neighbourStep[static_cast<unsigned>(Direction::South)] = step;
  neighbourStep[static_cast<unsigned>(Direction::West)] = -1;
  build();
  buildLimits();
  const size_t senders = placesOf(area) + entrances.size();
  assert(senders * numClasses < routerFlag);
  if (detours)
    expansions.resize(senders * numClasses);
  activeMap.resize((routers.size() + 63) / 64);
  sendWake.assign(senders * numClasses, never);
  slotWanted.resize(senders * numClasses);
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
  routers.resize(placesOf(area));
  inputs.assign(routers.size() * numPorts * lanes, none);
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
    r.node = n;
    routerTable.resize(n - firstNode + 1);
    routerTable.back() = i;
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
      } else if (const EdgePort *port =
                     params.edgePort(at, static_cast<Direction>(side))) {
        entrances.push_back({i, static_cast<uint8_t>(side), port->latency});
        r.sources |= 1u << side;
        setQueues(i, side, source, true);
      }
    }
  }
}

void Network::buildLimits() {
  const Topology &topology = params.topology;
  auto add = [&](unsigned rate, const Rect &line, Direction side, bool input) {
    const auto number = static_cast<unsigned>(side);
    for (NodeId n : topology.nodes(line)) {
      const RouterIndex i = indexOf(topology.coord(n));
      Router &r = routers[i];
      (input ? r.limitedInputs : r.limitedOutputs) |= 1u << number;
      limitedLinks.resize(routers.size() * numLinks * 2);
      limitedLink(i, number, input) = {static_cast<uint32_t>(limiters.size()),
                                       n - topology.node(line.x0, line.y0)};
    }
    limiters.emplace_back(rate);
  };
  auto addPorts = [&](bool input) {
    for (const EdgePort &port : params.edgePorts)
      if (port.bytesPerCycle &&
          area.contains(Coord{port.routers.x0, port.routers.y0}))
        add(port.bytesPerCycle, port.routers, port.side, input);
  };
  addPorts(true);
  inputLimiters = limiters.size();
  addPorts(false);
  if (!params.dieEdgeBytesPerCycle)
    return;
  for (unsigned part = 0; part < params.partCount(); ++part) {
    const Rect die = params.partRect(part);
    if (!area.contains(Coord{die.x0, die.y0}))
      continue;
    for (unsigned side = 0; side < numLinks; ++side) {
      const Rect line = die.rim(static_cast<Direction>(side));
      if (topology.contains(beside(Coord{line.x0, line.y0}, side)))
        add(params.dieEdgeBytesPerCycle, line, static_cast<Direction>(side),
            false);
    }
  }
}

/// The router at place \p link of an edge, and the place of a router there.
Network::RouterIndex Network::edgeRouter(Direction side, unsigned link) const {
  const auto x = static_cast<uint16_t>(area.x0 + link);
  const auto y = static_cast<uint16_t>(area.y0 + link);
  switch (side) {
  case Direction::North:
    return indexOf({x, area.y0});
  case Direction::South:
    return indexOf({x, area.y1});
  case Direction::East:
    return indexOf({area.x1, y});
  default:
    return indexOf({area.x0, y});
  }
}

unsigned Network::edgeLink(Direction side, Coord at) const {
  const bool alongX = side == Direction::North || side == Direction::South;
  return alongX ? at.x - area.x0 : at.y - area.y0;
}

uint32_t Network::entranceAt(RouterIndex router, unsigned port) const {
  // In the order in which build() makes them.
  auto it = std::partition_point(
      entrances.begin(), entrances.end(), [&](const Entrance &e) {
        return e.router < router || (e.router == router && e.port < port);
      });
  assert(it != entrances.end() && it->router == router && it->port == port);
  return static_cast<uint32_t>(it - entrances.begin());
}

uint32_t Network::sendQueueAt(RouterIndex router, unsigned port,
                              unsigned cls) const {
  const size_t sender =
      port == localPort ? router : routers.size() + entranceAt(router, port);
  return static_cast<uint32_t>(sender * numClasses + cls);
}

Network::Source Network::sourceOf(uint32_t queue) const {
  const unsigned cls = queue % numClasses;
  const uint32_t sender = queue / numClasses;
  if (sender < routers.size())
    return {sender, localPort, cls};
  const Entrance &e = entrances[sender - routers.size()];
  return {e.router, e.port, cls};
}

void Network::addStats(MeshStats &sum) const {
  const size_t nodes = params.topology.size();
  sum.linkPackets.resize(nodes * numLinks);
  sum.linkCreditStalls.resize(nodes * numLinks);
  sum.nodeSent.resize(nodes);
  sum.nodeReceived.resize(nodes);
  sum += totals;
  for (NodeId n : params.topology.nodes(area)) {
    const Router &r = routers[routerOf(n)];
    sum.nodeSent[n] += r.sent;
    sum.nodeReceived[n] += r.received;
    for (unsigned side = 0; side < numLinks; ++side) {
      sum.linkPackets[n * numLinks + side] += r.linkPackets[side];
      sum.linkCreditStalls[n * numLinks + side] += r.linkStalls[side];
    }
  }
}

MeshStats &MeshStats::operator+=(const MeshStats &other) {
  for (unsigned c = 0; c < numClasses; ++c) {
    classes[c].injected += other.classes[c].injected;
    classes[c].delivered += other.classes[c].delivered;
    classes[c].latencySum += other.classes[c].latencySum;
    classes[c].latencyMax =
        std::max(classes[c].latencyMax, other.classes[c].latencyMax);
  }
  swallowed += other.swallowed;
  hops += other.hops;
  creditStalls += other.creditStalls;
  arbitrationLosses += other.arbitrationLosses;
  limitStalls += other.limitStalls;
  toDevices += other.toDevices;
  fromDevices += other.fromDevices;
  auto add = [](std::vector<uint64_t> &sum, const std::vector<uint64_t> &list) {
    if (sum.size() < list.size())
      sum.resize(list.size());
    for (size_t i = 0; i < list.size(); ++i)
      sum[i] += list[i];
  };
  add(linkPackets, other.linkPackets);
  add(linkCreditStalls, other.linkCreditStalls);
  add(nodeSent, other.nodeSent);
  add(nodeReceived, other.nodeReceived);
  return *this;
}

} // namespace tatami::mesh
