// The fast model: trains of packets that reserve one link after the other.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Trains.h"

#include "ArchiveHelp.h"
#include "Routing.h"

#include <algorithm>
#include <bit>

namespace tatami::mesh {

Trains::Trains(const MeshParams &p, const Rect &area) : Model(p, area) {
  freeFrom.resize(places.size() * numPorts);
  stuck.resize(places.size());
  crossings.resize(places.size());
  for (NodeId n : params.topology.nodes(area)) {
    const Coord at = params.topology.coord(n);
    for (unsigned side = 0; side < numLinks; ++side) {
      const Coord other = beside(at, side);
      if (params.topology.contains(other) &&
          params.partOf(params.topology.node(other)) != params.partOf(n))
        crossings[routerOf(n)] |= 1u << side;
    }
  }
  arrivals.resize(places.size());
  busyMap.resize((places.size() + 63) / 64);
  senders.resize(places.size() + entrances.size());
  reserved.resize(limits.size());
}

size_t Trains::packetsInFlight() const {
  size_t count = pool.live();
  for (const Box &box : boxes)
    count += box.packets.size();
  return count;
}

uint32_t Trains::createTrain(NodeId source, uint64_t number) {
  if (freeTrains.empty()) {
    freeTrains.push_back(static_cast<uint32_t>(trains.size()));
    trains.emplace_back();
  }
  const uint32_t train = freeTrains.back();
  freeTrains.pop_back();
  trains[train].references = 1;
  trains[train].count = 0;
  trains[train].source = source;
  trains[train].sequence = number;
  return train;
}

void Trains::release(uint32_t train) {
  Train &t = trains[train];
  if (--t.references)
    return;
  for (unsigned i = 0; i < t.count; ++i)
    pool.release(t.packets[i]);
  freeTrains.push_back(train);
}

/// Sees to it that the sender acts when the front of the queue may leave.
void Trains::armSendQueue(uint32_t queue) {
  if (sendQueues.empty(queue))
    return;
  const uint32_t number = queue / numClasses;
  Sender &sender = senders[number];
  const Cycle at =
      std::max({sendQueues.front(queue).ready, sender.free, now()});
  if (at >= sender.next)
    return;
  sender.next = at;
  const Source s = sourceOf(queue);
  events.push({at, s.router, static_cast<uint8_t>(s.port), true,
               places[s.router].node, 0, noTrain});
}

/// The train at the front of a send queue: what is ready and goes the same way.
uint32_t Trains::takeTrain(uint32_t queue) {
  const PacketIndex front = sendQueues.front(queue).packet;
  const uint32_t train = createTrain(pool[front].source, sequence++);
  Train &t = trains[train];
  while (t.count < maxTrain && !sendQueues.empty(queue)) {
    const SendQueues::Entry &e = sendQueues.front(queue);
    if (e.ready > now() ||
        pool.destination(e.packet) != pool.destination(front) ||
        pool[e.packet].exit != pool[front].exit)
      break;
    t.packets[t.count++] = e.packet;
    popSendQueue(queue);
  }
  return train;
}

/// Lets a train go and keeps the sender busy as long as it takes.
void Trains::start(uint32_t sender, uint32_t train) {
  const Source s = sourceOf(sender * numClasses);
  const unsigned count = trains[train].count;
  const bool device = s.port != localPort;
  Cycle at = std::max(senders[sender].free, now());
  if (device)
    at = reserve(s.router, s.port, true, at, count);
  senders[sender].free = at + (device ? linkCycles(count) : count);
  // What comes from a device starts its path here as a node's packets do.
  events.push({at, s.router, localPort, true, trains[train].source,
               trains[train].sequence, train});
}

/// A multicast whose tree meets a dead router leaves node by node.
void Trains::sendCopies(uint32_t sender, uint32_t queue) {
  const PacketIndex front = sendQueues.front(queue).packet;
  const Rect rect = pool.destination(front);
  for (uint64_t place = nextTarget(rect, 0); place < rect.size();
       place = nextTarget(rect, place + 1)) {
    const uint32_t train = createTrain(pool[front].source, sequence++);
    trains[train].packets[0] = createCopy(pool[front], targetAt(rect, place));
    trains[train].count = 1;
    start(sender, train);
  }
  popSendQueue(queue);
  pool.release(front);
}

/// The event of a sender: the classes take turns.
void Trains::depart(uint32_t number) {
  Sender &sender = senders[number];
  sender.next = never;
  for (unsigned i = 0; i < numClasses; ++i) {
    const unsigned cls = (sender.turn + i) % numClasses;
    const uint32_t queue = number * numClasses + cls;
    if (sendQueues.empty(queue) || sendQueues.front(queue).ready > now())
      continue;
    sender.turn = (cls + 1) % numClasses;
    if (detours &&
        travels[sendQueues.front(queue).packet].mode == Travel::Copies)
      sendCopies(number, queue);
    else
      start(number, takeTrain(queue));
    break;
  }
  for (unsigned cls = 0; cls < numClasses; ++cls)
    armSendQueue(number * numClasses + cls);
}

/// The first cycle from \p at on in which a limit has room for so many packets.
Cycle Trains::reserve(RouterIndex router, unsigned side, bool input, Cycle at,
                      unsigned packets) {
  if (limitedLinks.empty())
    return at;
  const LimitedLink &link = limitedLink(router, side, input);
  if (link.limiter == noLimiter)
    return at;
  const uint64_t rate = limits[link.limiter];
  uint64_t &taken = reserved[link.limiter];
  taken = std::max(taken, at * rate);
  at = std::max(at, (taken + rate - 1) / rate);
  taken += uint64_t(packets) * packetBytes;
  return at;
}

void Trains::arrive(const Event &e) {
  const Coord at = places[e.router].at;
  const PacketIndex packet = trains[e.train].packets[0];
  const unsigned outputs = routeAt(at, e.port, e.first, packet);
  const bool first = e.first && !(detours && travels[packet].via == at &&
                                  travels[packet].mode == Travel::WayPoint);
  for (unsigned o = outputs; o; o &= o - 1) {
    const unsigned output = std::countr_zero(o);
    ++trains[e.train].references;
    if (stuck[e.router] >> output & 1)
      held.push_back({e.router, output, first, e.train});
    else
      take(e.router, output, e.train, e.at, first);
  }
  release(e.train);
}

/// Reserves an output from \p at on and takes it.
void Trains::take(RouterIndex router, unsigned output, uint32_t train, Cycle at,
                  bool first) {
  const unsigned count = trains[train].count;
  Cycle &free = freeFrom[router * numPorts + output];
  at = std::max(at, free);
  if (output == localPort) {
    free = at + count;
    bring(router, train, at + params.ejectCycles);
    return;
  }
  at = reserve(router, output, false, at, count);
  free = at + linkCycles(count);
  places[router].linkPackets[output] += count;
  totals.hops += count;
  if (places[router].leaving >> output & 1)
    return leave(router, output, train, at, first);
  const bool crosses = crossings[router] >> output & 1;
  events.push({at + (crosses ? params.dieCrossingCycles : params.hopCycles),
               neighbour(router, output), static_cast<uint8_t>(output ^ 2),
               first, trains[train].source, trains[train].sequence, train});
}

/// Sends a train out of the area: to the part beside it or to a device.
void Trains::leave(RouterIndex router, unsigned output, uint32_t train,
                   Cycle at, bool first) {
  const Train &t = trains[train];
  const auto side = static_cast<Direction>(output);
  const Coord here = places[router].at;
  if (const EdgePort *port = params.edgePort(here, side)) {
    for (unsigned i = 0; i < t.count; ++i) {
      pool.addRef(t.packets[i]);
      exits.push({at + i / params.linkPacketsPerCycle + port->latency, router,
                  side, exitCount++, t.packets[i]});
    }
  } else {
    boxes[output].flights.push_back(
        {at + params.dieCrossingCycles,
         static_cast<uint16_t>(edgeLink(side, here)), first, t.count, t.source,
         t.sequence, pool.destination(t.packets[0])});
    for (unsigned i = 0; i < t.count; ++i)
      boxes[output].packets.push_back(pool[t.packets[i]]);
  }
  release(train);
}

void Trains::receive(Direction side, Model &other) {
  const auto port = static_cast<unsigned>(side);
  Box &box = static_cast<Trains &>(other).boxes[port ^ 2];
  size_t next = 0;
  for (const Flight &f : box.flights) {
    const uint32_t train = createTrain(f.source, f.sequence);
    for (unsigned i = 0; i < f.count; ++i)
      trains[train].packets[i] = createCopy(box.packets[next++], f.target);
    trains[train].count = f.count;
    events.push({f.at, edgeRouter(side, f.link), static_cast<uint8_t>(port),
                 f.first, f.source, f.sequence, train});
  }
  box.flights.clear();
  box.packets.clear();
}

/// Puts a train behind the others that are on their way into a node.
void Trains::bring(RouterIndex router, uint32_t train, Cycle at) {
  if (freeDeliveries.empty()) {
    freeDeliveries.push_back(static_cast<uint32_t>(deliveries.size()));
    deliveries.emplace_back();
  }
  const uint32_t number = freeDeliveries.back();
  freeDeliveries.pop_back();
  deliveries[number] = {at, train, 0, noDelivery};
  Arrivals &list = arrivals[router];
  if (list.front == noDelivery) {
    list.front = number;
    pauses.push({at, router});
  } else {
    deliveries[list.back].behind = number;
  }
  list.back = number;
}

/// Delivers the packet that a node gets in this cycle.
bool Trains::deliverNext(RouterIndex router, Sink &sink) {
  Arrivals &list = arrivals[router];
  const uint32_t number = list.front;
  Delivery &d = deliveries[number];
  const uint32_t train = d.train;
  const PacketIndex packet = trains[train].packets[d.index];
  pool.addRef(packet); // For deliver().
  ++d.at;
  if (++d.index < trains[train].count)
    return deliver(router, packet, sink);
  list.front = d.behind;
  freeDeliveries.push_back(number);
  if (list.front == noDelivery || deliveries[list.front].at > now() + 1) {
    busyMap[router / 64] &= ~(uint64_t(1) << (router % 64));
    --busyCount;
    if (list.front != noDelivery)
      pauses.push({deliveries[list.front].at, router});
  }
  const bool stop = deliver(router, packet, sink);
  release(train);
  return stop;
}

bool Trains::deliverDue(Sink &sink) {
  for (; !pauses.empty() && pauses.top().until <= now(); pauses.pop()) {
    const RouterIndex router = pauses.top().router;
    busyMap[router / 64] |= uint64_t(1) << (router % 64);
    ++busyCount;
  }
  bool stop = false;
  for (size_t w = 0; busyCount && w < busyMap.size(); ++w)
    for (uint64_t bits = busyMap[w]; bits; bits &= bits - 1) {
      const auto router =
          static_cast<RouterIndex>(w * 64 + std::countr_zero(bits));
      // Not twice in a cycle, should advance() be called again.
      if (deliveries[arrivals[router].front].at <= now())
        stop |= deliverNext(router, sink);
    }
  return stop;
}

Cycle Trains::nextOwnEvent() const {
  Cycle next = events.empty() ? never : events.top().at;
  if (!pauses.empty())
    next = std::min(next, pauses.top().until);
  for (size_t w = 0; busyCount && w < busyMap.size(); ++w)
    if (busyMap[w]) {
      // All of them get their next packet in the same cycle.
      const size_t router = w * 64 + std::countr_zero(busyMap[w]);
      return std::min(next, deliveries[arrivals[router].front].at);
    }
  return next;
}

bool Trains::simulate() {
  if (events.empty() || events.top().at > now())
    return false;
  while (!events.empty() && events.top().at <= now()) {
    const Event e = events.top();
    events.pop();
    if (e.train != noTrain) {
      arrive(e);
      continue;
    }
    const uint32_t sender = sendQueueAt(e.router, e.port, 0) / numClasses;
    if (senders[sender].next == e.at) // Else another one has come before.
      depart(sender);
  }
  ++currentCycle;
  return true;
}

void Trains::setOutputStuck(NodeId node, Direction d, bool nowStuck) {
  const auto output = static_cast<unsigned>(d);
  const RouterIndex router = routerOf(node);
  if (nowStuck) {
    stuck[router] |= 1u << output;
    return;
  }
  stuck[router] &= ~(1u << output);
  std::erase_if(held, [&](const Held &h) {
    if (h.router != router || h.output != output)
      return false;
    take(router, output, h.train, now(), h.first);
    return true;
  });
}

template <class Archive> void Trains::archiveAll(Archive &a) {
  archiveBase(a);
  archiveList(a, trains, [&](Train &t) {
    a(t.references, t.count, t.source, t.sequence, t.packets);
  });
  a(freeTrains, freeFrom, stuck, held, reserved, sequence);
  archiveList(a, senders, [&](Sender &s) { a(s); });
  archiveHeap(a, events);
  archiveHeap(a, pauses);
  archiveList(a, deliveries, [&](Delivery &d) { a(d); });
  archiveList(a, arrivals, [&](Arrivals &r) { a(r); });
  a(freeDeliveries, busyMap, busyCount);
  for (Box &box : boxes) {
    archiveList(a, box.flights, [&](Flight &f) { a(f); });
    archiveList(a, box.packets, [&](Packet &p) { archivePacket(a, p); });
  }
}

void Trains::archive(ArchiveWriter &a) { archiveAll(a); }
void Trains::archive(ArchiveReader &a) { archiveAll(a); }

} // namespace tatami::mesh
