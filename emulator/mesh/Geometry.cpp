// Where a part's routers, edges, sources and limits are; what is counted there.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Model.h"

#include "Routing.h"

#include <algorithm>
#include <cassert>

namespace tatami::mesh {

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

Model::Model(const MeshParams &p, const Rect &area)
    : params(p), area(area),
      sendQueues(placesOf(area), deviceLinks(p, area),
                 {p.requestQueueDepth, p.replyQueueDepth}),
      stride(area.width() + 2), firstNode(p.topology.node(area.x0, area.y0)) {
  assert(params.check().empty());
  if (!params.deadRouters.empty())
    detours = std::make_unique<Detours>(params);
  const auto step = static_cast<int32_t>(stride);
  neighbourStep[static_cast<unsigned>(Direction::North)] = -step;
  neighbourStep[static_cast<unsigned>(Direction::East)] = 1;
  neighbourStep[static_cast<unsigned>(Direction::South)] = step;
  neighbourStep[static_cast<unsigned>(Direction::West)] = -1;
  build();
  buildLimits();
  slotWanted.resize((places.size() + entrances.size()) * numClasses);
}

void Model::build() {
  const Topology &topology = params.topology;
  places.resize(placesOf(area));
  for (NodeId n : topology.nodes(area)) {
    const Coord at = topology.coord(n);
    const RouterIndex i = indexOf(at);
    Place &place = places[i];
    place.at = at;
    place.node = n;
    routerTable.resize(n - firstNode + 1);
    routerTable.back() = i;
    for (unsigned side = 0; side < numLinks; ++side) {
      if (area.contains(beside(at, side)))
        continue;
      place.leaving |= 1u << side;
      if (const EdgePort *port =
              params.edgePort(at, static_cast<Direction>(side)))
        entrances.push_back({i, static_cast<uint8_t>(side), port->latency});
    }
  }
}

void Model::buildLimits() {
  const Topology &topology = params.topology;
  auto add = [&](unsigned rate, const Rect &line, Direction side, bool input) {
    const auto number = static_cast<unsigned>(side);
    for (NodeId n : topology.nodes(line)) {
      const RouterIndex i = indexOf(topology.coord(n));
      limitedLinks.resize(places.size() * numLinks * 2, {noLimiter, 0});
      limitedLink(i, number, input) = {static_cast<uint32_t>(limits.size()),
                                       n - topology.node(line.x0, line.y0)};
    }
    limits.push_back(rate);
  };
  auto addPorts = [&](bool input) {
    for (const EdgePort &port : params.edgePorts)
      if (port.bytesPerCycle &&
          area.contains(Coord{port.routers.x0, port.routers.y0}))
        add(port.bytesPerCycle, port.routers, port.side, input);
  };
  addPorts(true);
  inputLimits = limits.size();
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

RouterIndex Model::edgeRouter(Direction side, unsigned link) const {
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

unsigned Model::edgeLink(Direction side, Coord at) const {
  const bool alongX = side == Direction::North || side == Direction::South;
  return alongX ? at.x - area.x0 : at.y - area.y0;
}

uint32_t Model::entranceAt(RouterIndex router, unsigned port) const {
  // In the order in which build() makes them.
  auto it = std::partition_point(
      entrances.begin(), entrances.end(), [&](const Entrance &e) {
        return e.router < router || (e.router == router && e.port < port);
      });
  assert(it != entrances.end() && it->router == router && it->port == port);
  return static_cast<uint32_t>(it - entrances.begin());
}

uint32_t Model::sendQueueAt(RouterIndex router, unsigned port,
                            unsigned cls) const {
  const size_t sender =
      port == localPort ? router : places.size() + entranceAt(router, port);
  return static_cast<uint32_t>(sender * numClasses + cls);
}

Model::Source Model::sourceOf(uint32_t queue) const {
  const unsigned cls = queue % numClasses;
  const uint32_t sender = queue / numClasses;
  if (sender < places.size())
    return {sender, localPort, cls};
  const Entrance &e = entrances[sender - places.size()];
  return {e.router, e.port, cls};
}

void Model::addStats(MeshStats &sum) const {
  const size_t nodes = params.topology.size();
  sum.linkPackets.resize(nodes * numLinks);
  sum.linkCreditStalls.resize(nodes * numLinks);
  sum.nodeSent.resize(nodes);
  sum.nodeReceived.resize(nodes);
  sum += totals;
  for (NodeId n : params.topology.nodes(area)) {
    const Place &place = places[routerOf(n)];
    sum.nodeSent[n] += place.sent;
    sum.nodeReceived[n] += place.received;
    for (unsigned side = 0; side < numLinks; ++side) {
      sum.linkPackets[n * numLinks + side] += place.linkPackets[side];
      sum.linkCreditStalls[n * numLinks + side] += place.linkStalls[side];
    }
  }
}

std::array<uint64_t, numLinks> Model::linkPackets(NodeId node) const {
  std::array<uint64_t, numLinks> result;
  std::copy_n(std::begin(places[routerOf(node)].linkPackets), numLinks,
              result.begin());
  return result;
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
