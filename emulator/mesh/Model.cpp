// Injection, the run of time, and deliveries, as all models have them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cstdio>
#include <cstdlib>

namespace tatami::mesh {

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

void Model::checkInjection(Cycle cycle, const PacketDesc &desc) const {
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
      !params.edgePort(places[router].at, desc.entry))
    misuse("no device on that side of the source", now(), cycle, desc);
  if (detours && !detours->reachable(desc.source))
    misuse("source has a dead router", now(), cycle, desc);
  if (desc.entry != Direction::Local && !desc.destination.single())
    misuse("a device sends to single nodes only", now(), cycle, desc);
  if (desc.length > packetBytes || (desc.length && !desc.payload))
    misuse("wrong payload", now(), cycle, desc);
}

void Model::inject(Cycle cycle, const PacketDesc &desc) {
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

void Model::popSendQueue(uint32_t queue) {
  sendQueues.pop(queue);
  const uint32_t sender = queue / numClasses;
  if (sender < places.size())
    ++places[sender].sent;
  if (slotWanted[queue]) {
    slotWanted[queue] = false;
    freedSlots.push_back(queue);
  }
}

Cycle Model::nextEvent() const {
  if (!freedSlots.empty())
    return now();
  Cycle next = nextOwnEvent();
  if (!exits.empty())
    next = std::min(next, exits.top().at);
  return std::max(next, now());
}

bool Model::deliver(RouterIndex router, PacketIndex index, Sink &sink) {
  const Packet &packet = pool[index];
  Place &place = places[router];
  bool stop = false;
  if (packet.exit == Direction::Local && !params.topology.enabled(place.node)) {
    ++totals.swallowed;
  } else {
    auto &counters = totals.classes[static_cast<unsigned>(packet.cls)];
    const Cycle latency = now() - packet.injected;
    ++counters.delivered;
    counters.latencySum += latency;
    counters.latencyMax = std::max(counters.latencyMax, latency);
    if (packet.exit == Direction::Local)
      ++place.received;
    else
      ++totals.toDevices;
    stop = sink.deliver(now(), place.node, packet);
  }
  pool.release(index);
  return stop;
}

bool Model::deliverToDevices(Sink &sink) {
  bool stop = false;
  while (!exits.empty() && exits.top().at <= now()) {
    const Exit e = exits.top();
    exits.pop();
    stop |= deliver(e.router, e.packet, sink);
  }
  return stop;
}

bool Model::reportFreedSlots(Sink &sink) {
  if (freedSlots.empty())
    return false;
  reported.clear();
  reported.swap(freedSlots); // Sinks may ask for slots again meanwhile.
  if (!std::is_sorted(reported.begin(), reported.end()))
    std::sort(reported.begin(), reported.end());
  bool stop = false;
  for (uint32_t queue : reported) {
    // A delivery of this cycle may have taken the slot: keep waiting then.
    if (!sendQueues.hasRoomAt(queue, now() + params.injectCycles)) {
      slotWanted[queue] = true;
      continue;
    }
    stop |= sink.slotFreed(now(), places[queue / numClasses].node,
                           static_cast<TrafficClass>(queue % numClasses));
  }
  return stop;
}

Cycle Model::advance(Cycle limit, Sink &sink) {
  assert(limit >= now() && "advance into the past");
  for (;;) {
    bool stop = deliverDue(sink);
    stop |= deliverToDevices(sink);
    stop |= reportFreedSlots(sink);
    if (stop || now() >= limit)
      return now();
    if (simulate())
      continue;
    const Cycle next = std::min(nextEvent(), limit);
    if (next == never)
      return now();
    jump(next);
  }
}

} // namespace tatami::mesh
