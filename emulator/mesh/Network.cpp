// Construction of the routers, injection, sleeping and waking.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Network.h"

#include "Routing.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cstdio>
#include <cstdlib>

namespace tatami::mesh {

/// A router whose packets all arrive within so many cycles stays active:
/// visiting it costs less than a wake-up.
static constexpr ShortTime shortNap = 4;

Network::Network(const MeshParams &p)
    : params(p),
      sendQueues(p.topology.size(), {p.requestQueueDepth, p.replyQueueDepth}),
      visitState(p.visitSeed) {
  const Topology &topology = params.topology;
  const size_t nodes = topology.size();
  assert(params.check().empty() && nodes * queuesPerRouter < routerFlag);

  const int32_t columns = static_cast<int32_t>(topology.columns());
  neighbourStep[static_cast<unsigned>(Direction::North)] = -columns;
  neighbourStep[static_cast<unsigned>(Direction::East)] = 1;
  neighbourStep[static_cast<unsigned>(Direction::South)] = columns;
  neighbourStep[static_cast<unsigned>(Direction::West)] = -1;

  const unsigned dieColumns =
      params.dieColumns ? params.dieColumns : topology.columns();
  const unsigned dieRows = params.dieRows ? params.dieRows : topology.rows();
  /// True if the link on this side of the node leads to another die.
  auto crosses = [&](Coord c, unsigned port) {
    switch (static_cast<Direction>(port)) {
    case Direction::North:
      return c.y % dieRows == 0;
    case Direction::East:
      return c.x % dieColumns == dieColumns - 1;
    case Direction::South:
      return c.y % dieRows == dieRows - 1;
    case Direction::West:
      return c.x % dieColumns == 0;
    case Direction::Local:
      break;
    }
    return false;
  };
  /// True if there is no node on this side.
  auto outside = [&](Coord c, unsigned port) {
    switch (static_cast<Direction>(port)) {
    case Direction::North:
      return c.y == 0;
    case Direction::East:
      return c.x + 1u == topology.columns();
    case Direction::South:
      return c.y + 1u == topology.rows();
    case Direction::West:
      return c.x == 0;
    case Direction::Local:
      break;
    }
    return false;
  };

  routers.resize(nodes);
  inputs.reserve(nodes * queuesPerRouter);
  uint32_t base = 0;
  bool anyCrossing = false;
  for (NodeId n = 0; n < nodes; ++n) {
    routers[n].at = topology.coord(n);
    for (unsigned port = 0; port < numPorts; ++port) {
      InputQueue q{};
      q.depth = static_cast<uint16_t>(params.bufferDepth);
      q.hopCycles = static_cast<uint16_t>(params.hopCycles);
      q.creditCycles = static_cast<uint16_t>(params.creditCycles);
      if (port == localPort) {
        q.depth = 1;
      } else if (outside(routers[n].at, port)) {
        q.depth = 0;
      } else if (crosses(routers[n].at, port)) {
        anyCrossing = true;
        q.depth = static_cast<uint16_t>(params.dieCrossingDepth);
        q.hopCycles = static_cast<uint16_t>(params.dieCrossingCycles);
        q.creditCycles = static_cast<uint16_t>(params.dieCrossingCycles);
      }
      for (unsigned cls = 0; cls < numClasses; ++cls) {
        q.base = base;
        base += q.depth;
        inputs.push_back(q);
      }
    }
  }
  entries.resize(base);
  activeMap.resize((nodes + 63) / 64);
  sendWake.assign(nodes * numClasses, never);
  slotWanted.resize(nodes * numClasses);
  stats.linkPackets.resize(nodes * numLinks);
  stats.linkCreditStalls.resize(nodes * numLinks);
  stats.nodeSent.resize(nodes);
  stats.nodeReceived.resize(nodes);
  settleCycles = std::max(params.hopCycles, params.creditCycles);
  if (anyCrossing)
    settleCycles = std::max(settleCycles, params.dieCrossingCycles);
  settleCycles += shortNap;
}

/// A mistake of the machine that would corrupt the mesh: never silent.
[[noreturn]] static void misuse(const char *what, Cycle now, Cycle cycle,
                                const PacketDesc &d) {
  fmt::print(stderr,
             "mesh: internal error: {} (packet of kind {}, class {}, from node "
             "{} to ({}, {}) - ({}, {}), {} bytes, time stamp {}, mesh at "
             "{})\n",
             what, unsigned(d.kind), unsigned(d.cls), d.source,
             d.destination.x0, d.destination.y0, d.destination.x1,
             d.destination.y1, d.length, cycle, now);
  std::abort();
}

void Network::inject(Cycle cycle, const PacketDesc &desc) {
  const Topology &topology = params.topology;
  if (cycle < now())
    misuse("injection into the past", now(), cycle, desc);
  if (!topology.contains(desc.source))
    misuse("source outside the grid", now(), cycle, desc);
  if (!topology.contains(desc.destination))
    misuse("destination outside the grid or empty", now(), cycle, desc);
  if (desc.destination.single() &&
      !topology.enabled(
          topology.node(desc.destination.x0, desc.destination.y0)))
    misuse("destination is disabled", now(), cycle, desc);
  if (desc.length > packetBytes || (desc.length && !desc.payload))
    misuse("wrong payload", now(), cycle, desc);
  if (!sendQueues.freeSlots(SendQueues::number(desc.source, desc.cls)))
    misuse("send queue is full", now(), cycle, desc);

  ++stats.classes[static_cast<unsigned>(desc.cls)].injected;
  uint32_t queue = SendQueues::number(desc.source, desc.cls);
  PacketIndex packet = pool.create(cycle, desc);
  if (sendQueues.insert(queue, {cycle + params.injectCycles, packet}))
    armSendQueue(queue);
}

/// Shows the front of a send queue to its router, or sees to it that this
/// happens when its time has come.
void Network::armSendQueue(uint32_t queue) {
  const NodeId node = queue / numClasses;
  const unsigned cls = queue % numClasses;
  const unsigned local = localPort * numClasses + cls;
  QueueEntry &entry = entries[inputs[node * queuesPerRouter + local].base];
  Router &r = routers[node];

  if (!sendQueues.empty(queue) && sendQueues.front(queue).ready <= now() + 1) {
    const SendQueues::Entry &front = sendQueues.front(queue);
    entry = QueueEntry::full(
        front.packet, route(r.at, localPort, pool.destination(front.packet)),
        shortTime(front.ready));
    r.nonEmpty |= 1u << local;
    activate(node);
    return;
  }
  entry = {};
  r.nonEmpty &= ~(1u << local);
  if (!r.nonEmpty)
    deactivate(node);
  if (sendQueues.empty(queue))
    return;
  const Cycle ready = sendQueues.front(queue).ready;
  if (ready < sendWake[queue]) {
    sendWake[queue] = ready;
    wakeUps.push({ready, queue});
  }
}

void Network::activate(NodeId node) {
  // Whatever wakes up can move packets, so the count of still cycles restarts.
  stillCycles = 0;
  uint64_t &word = activeMap[node / 64];
  const uint64_t bit = uint64_t(1) << (node % 64);
  activeCount += !(word & bit);
  word |= bit;
}

void Network::deactivate(NodeId node) {
  uint64_t &word = activeMap[node / 64];
  const uint64_t bit = uint64_t(1) << (node % 64);
  activeCount -= (word & bit) != 0;
  word &= ~bit;
}

/// Called when no packet of \p node can leave now because none is there yet:
/// takes the router off the active set until the first one is.
void Network::sleep(NodeId node) {
  const Router &r = routers[node];
  ShortTime first = ~ShortTime(0);
  for (unsigned bits = r.nonEmpty; bits; bits &= bits - 1) {
    const InputQueue &q = inputs[node * queuesPerRouter + __builtin_ctz(bits)];
    first = std::min(first, entries[q.base + q.head].time);
  }
  if (r.nonEmpty) {
    if (first <= shortTime(now()) + shortNap)
      return;
    wakeUps.push({base + first, routerFlag | node});
  }
  deactivate(node);
}

void Network::wakeDue() {
  while (!wakeUps.empty() && wakeUps.top().at <= now()) {
    const WakeUp w = wakeUps.top();
    wakeUps.pop();
    if (w.what & routerFlag) {
      activate(w.what & ~routerFlag);
      continue;
    }
    if (sendWake[w.what] == w.at)
      sendWake[w.what] = never;
    // A wake-up may be for a packet that another one has got ahead of. That one
    // may have taken some of its outputs already: leave it alone.
    const unsigned local = localPort * numClasses + w.what % numClasses;
    if (!(routers[w.what / numClasses].nonEmpty >> local & 1))
      armSendQueue(w.what);
  }
}

void Network::jump(Cycle cycle) {
  assert(cycle >= now());
  currentCycle = cycle;
  rebase();
}

void Network::rebase() {
  if (currentCycle - base < uint64_t(1) << 30)
    return;
  // Times that have passed all mean the same, so they may become 0.
  const Cycle delta = currentCycle - base;
  for (QueueEntry &e : entries)
    e.time = e.time > delta ? static_cast<ShortTime>(e.time - delta) : 0;
  base = currentCycle;
}

void Network::setOutputStuck(NodeId node, Direction d, bool stuck) {
  const unsigned bit = 1u << static_cast<unsigned>(d);
  Router &r = routers[node];
  r.stuck = static_cast<uint8_t>(stuck ? r.stuck | bit : r.stuck & ~bit);
  stillCycles = 0;
}

} // namespace tatami::mesh
