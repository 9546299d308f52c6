// Injection, exchange with other parts, sleeping and waking.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Network.h"

#include "Routing.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstdio>
#include <cstdlib>

namespace tatami::mesh {

/// A router whose packets all arrive within so many cycles stays active:
/// visiting it costs less than a wake-up.
static constexpr ShortTime shortNap = 4;

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

void Network::checkInjection(Cycle cycle, const PacketDesc &desc) const {
  const Topology &topology = params.topology;
  if (cycle < now())
    misuse("injection into the past", now(), cycle, desc);
  if (!topology.contains(desc.source))
    misuse("source outside the grid", now(), cycle, desc);
  const RouterIndex router = routerOf(desc.source);
  if (!router)
    misuse("source in another part", now(), cycle, desc);
  if (!topology.contains(desc.destination))
    misuse("destination outside the grid or empty", now(), cycle, desc);
  const Coord to{desc.destination.x0, desc.destination.y0};
  if (desc.exit != Direction::Local) {
    if (!desc.destination.single() || !params.edgePort(to, desc.exit))
      misuse("no device on that side of the destination", now(), cycle, desc);
  } else if (desc.destination.single() &&
             !topology.enabled(topology.node(to))) {
    misuse("destination is disabled", now(), cycle, desc);
  }
  if (desc.entry != Direction::Local &&
      !params.edgePort(routers[router].at, desc.entry))
    misuse("no device on that side of the source", now(), cycle, desc);
  if (detours && !detours->reachable(desc.source))
    misuse("source has a dead router", now(), cycle, desc);
  if (desc.entry != Direction::Local && !desc.destination.single())
    misuse("a device sends to single nodes only", now(), cycle, desc);
  if (desc.length > packetBytes || (desc.length && !desc.payload))
    misuse("wrong payload", now(), cycle, desc);
}

void Network::inject(Cycle cycle, const PacketDesc &desc) {
  checkInjection(cycle, desc);
  const RouterIndex router = routerOf(desc.source);
  const auto port = static_cast<unsigned>(desc.entry);
  uint32_t queue = sendQueueAt(router, port, static_cast<unsigned>(desc.cls));
  Cycle latency = params.injectCycles;
  if (port != localPort)
    latency = entrances[entranceAt(router, port)].latency;
  if (!sendQueues.hasRoomAt(queue, cycle + latency))
    misuse("send queue is full", now(), cycle, desc);

  ++totals.classes[static_cast<unsigned>(desc.cls)].injected;
  totals.fromDevices += port != localPort;
  PacketIndex packet = pool.create(cycle, desc);
  if (detours) {
    setTravel(packet);
    if (travels[packet].mode == Travel::Copies &&
        params.topology.enabledCount(desc.destination) == 0) {
      ++totals.swallowed;
      pool.release(packet);
      return;
    }
  }
  if (sendQueues.insert(queue, {cycle + latency, packet}))
    armSendQueue(queue);
}

/// Shows the front of a send queue to its router, or sees to it that this
/// happens when its time has come.
void Network::armSendQueue(uint32_t queue) {
  const Source s = sourceOf(queue);
  QueueEntry &entry = entries[queueAt(s.router, s.port, s.cls).base];
  Router &r = routers[s.router];

  if (detours && expansions[queue].shown) {
    // Another packet has got ahead of a multicast that had not begun.
    pool.release(entry.packet());
    expansions[queue] = {};
  }
  if (!sendQueues.empty(queue) && sendQueues.front(queue).ready <= now() + 1) {
    const PacketIndex packet = showFront(queue);
    // What comes from a device starts its path here as a node's packets do.
    entry = QueueEntry::full(packet, routeAt(r, localPort, s.cls, packet),
                             shortTime(sendQueues.front(queue).ready));
    r.nonEmpty |= laneBit(s.port, s.cls);
    activate(s.router);
    return;
  }
  entry = {};
  r.nonEmpty &= ~laneBit(s.port, s.cls);
  if (!r.nonEmpty)
    deactivate(s.router);
  if (sendQueues.empty(queue))
    return;
  const Cycle ready = sendQueues.front(queue).ready;
  if (ready < sendWake[queue]) {
    sendWake[queue] = ready;
    wakeUps.push({ready, queue});
  }
}

unsigned Network::routeAt(const Router &r, unsigned from, unsigned lane,
                          PacketIndex packet) {
  unsigned outputs = detours ? detour(r, from, lane, packet)
                             : route(r.at, from, pool.destination(packet));
  // Where the path ends, a packet for a device goes on to its side.
  if (!entrances.empty() && outputs >> localPort &&
      pool[packet].exit != Direction::Local)
    outputs = 1u << static_cast<unsigned>(pool[packet].exit);
  return outputs;
}

/// Puts \p entry at the tail of a queue, whose memory is made now if it is the
/// first one.
void Network::putTail(InputQueue &q, QueueEntry entry) {
  if (q.base == 0) {
    q.base = static_cast<uint32_t>(entries.size());
    entries.resize(entries.size() + q.depth);
  }
  entries[q.base + q.tail] = entry;
  stepOn(q, q.tail);
}

/// Puts a packet into a router's input queue, to be there at \p arrival.
void Network::enter(RouterIndex router, unsigned port, unsigned lane,
                    PacketIndex packet, Cycle arrival) {
  Router &r = routers[router];
  putTail(queueAt(router, port, lane),
          QueueEntry::full(packet, routeAt(r, port, lane, packet),
                           shortTime(arrival)));
  r.nonEmpty |= laneBit(port, lane);
  activate(router);
}

void Network::receive(Direction from, Box &box) {
  const auto port = static_cast<unsigned>(from);
  for (const Box::Flight &f : box.packets)
    enter(edgeRouter(from, f.link), port, f.lane,
          createCopy(f.packet, f.target), f.at);
  for (const Box::Credit &c : box.credits) {
    InputQueue &mirror = queueBehind(edgeRouter(from, c.link), port, c.lane);
    entries[mirror.base + mirror.head] = {0, shortTime(c.at)};
    stepOn(mirror, mirror.head);
  }
  if (!box.packets.empty() || !box.credits.empty())
    stillCycles = 0;
  box.packets.clear();
  box.credits.clear();
}

void Network::activate(RouterIndex router) {
  // Whatever wakes up can move packets, so the count of still cycles restarts.
  stillCycles = 0;
  uint64_t &word = activeMap[router / 64];
  const uint64_t bit = uint64_t(1) << (router % 64);
  activeCount += !(word & bit);
  word |= bit;
}

void Network::deactivate(RouterIndex router) {
  uint64_t &word = activeMap[router / 64];
  const uint64_t bit = uint64_t(1) << (router % 64);
  activeCount -= (word & bit) != 0;
  word &= ~bit;
}

/// Called when no packet of \p router can leave now because none is there yet:
/// takes the router off the active set until the first one is.
void Network::sleep(RouterIndex router) {
  const Router &r = routers[router];
  ShortTime first = ~ShortTime(0);
  for (uint64_t bits = r.nonEmpty; bits; bits &= bits - 1) {
    const unsigned bit = std::countr_zero(bits);
    const InputQueue &q = queueAt(router, bit / laneBits, bit % laneBits);
    first = std::min(first, entries[q.base + q.head].time);
  }
  if (r.nonEmpty) {
    if (first <= shortTime(now()) + shortNap)
      return;
    wakeUps.push({base + first, routerFlag | router});
  }
  deactivate(router);
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
    const Source s = sourceOf(w.what);
    if (!(routers[s.router].nonEmpty & laneBit(s.port, s.cls)))
      armSendQueue(w.what);
  }
}

void Network::jump(Cycle cycle) {
  assert(cycle >= now());
  if (activeCount != 0)
    countStandstill(cycle - now());
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
  Router &r = routers[routerOf(node)];
  r.stuck = static_cast<uint8_t>(stuck ? r.stuck | bit : r.stuck & ~bit);
  stillCycles = 0;
}

} // namespace tatami::mesh
