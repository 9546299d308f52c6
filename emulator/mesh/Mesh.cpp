// The mesh as its users see it: time, deliveries, injection.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/mesh/Mesh.h"

#include "Network.h"
#include "tatami/archive/Archive.h"

#include <algorithm>
#include <cassert>

namespace tatami::mesh {

class Mesh::Impl {
public:
  Impl(const MeshParams &params, const Rect &area) : net(params, area) {}

  Cycle nextEvent() const;
  bool deliverDue(Sink &sink);
  bool deliverToDevices(Sink &sink);
  bool reportFreedSlots(Sink &sink);
  Cycle advance(Cycle limit, Sink &sink);

  template <class Archive> void archive(Archive &a) {
    a(net);
    uint64_t next = nextDelivery;
    a(next);
    nextDelivery = next;
  }

  Network net;
  /// Deliveries before this one have been made.
  size_t nextDelivery = 0;

private:
  bool deliver(NodeId node, const Packet &packet, Sink &sink);
  /// Scratch memory of reportFreedSlots().
  std::vector<uint32_t> reported;
};

Cycle Mesh::Impl::nextEvent() const {
  if (!net.freedSlots.empty() || net.canMove())
    return net.now();
  Cycle next = net.nextWake();
  if (nextDelivery < net.deliveries.size())
    next = std::min(next, net.deliveries[nextDelivery].at);
  if (!net.exits.empty())
    next = std::min(next, net.exits.top().at);
  return std::max(next, net.now());
}

bool Mesh::Impl::deliver(NodeId node, const Packet &packet, Sink &sink) {
  auto &counters = net.totals.classes[static_cast<unsigned>(packet.cls)];
  const Cycle latency = net.now() - packet.injected;
  ++counters.delivered;
  counters.latencySum += latency;
  counters.latencyMax = std::max(counters.latencyMax, latency);
  return sink.deliver(net.now(), node, packet);
}

/// Makes all deliveries of the current cycle; returns true if one of them asks
/// to stop.
bool Mesh::Impl::deliverDue(Sink &sink) {
  bool stop = false;
  const Cycle now = net.now();
  while (nextDelivery < net.deliveries.size() &&
         net.deliveries[nextDelivery].at <= now) {
    const Network::Delivery d = net.deliveries[nextDelivery++];
    if (nextDelivery + 1 < net.deliveries.size())
      net.pool.prefetch(net.deliveries[nextDelivery + 1].packet);
    const NodeId node = net.nodeOf(d.router);
    if (net.params.topology.enabled(node)) {
      net.countReceived(d.router);
      stop |= deliver(node, net.pool[d.packet], sink);
    } else {
      ++net.totals.swallowed;
    }
    net.pool.release(d.packet);
  }
  // Forget what is done, now and then, so that the list stays short.
  if (nextDelivery == net.deliveries.size()) {
    net.deliveries.clear();
    nextDelivery = 0;
  } else if (nextDelivery > 4096) {
    net.deliveries.erase(net.deliveries.begin(),
                         net.deliveries.begin() + ptrdiff_t(nextDelivery));
    nextDelivery = 0;
  }
  return stop;
}

bool Mesh::Impl::deliverToDevices(Sink &sink) {
  bool stop = false;
  while (!net.exits.empty() && net.exits.top().at <= net.now()) {
    const Network::Exit e = net.exits.top();
    net.exits.pop();
    ++net.totals.toDevices;
    stop |= deliver(net.nodeOf(e.router), net.pool[e.packet], sink);
    net.pool.release(e.packet);
  }
  return stop;
}

bool Mesh::Impl::reportFreedSlots(Sink &sink) {
  if (net.freedSlots.empty())
    return false;
  reported.clear();
  reported.swap(net.freedSlots); // Sinks may ask for slots again meanwhile.
  if (!std::is_sorted(reported.begin(), reported.end()))
    std::sort(reported.begin(), reported.end());
  bool stop = false;
  for (uint32_t queue : reported) {
    // A delivery of this cycle may have taken the slot: keep waiting then.
    if (!net.sendQueues.hasRoomAt(queue, net.now() + net.params.injectCycles)) {
      net.requestSlot(queue);
      continue;
    }
    stop |= sink.slotFreed(net.now(), net.nodeOf(queue / numClasses),
                           static_cast<TrafficClass>(queue % numClasses));
  }
  return stop;
}

Cycle Mesh::Impl::advance(Cycle limit, Sink &sink) {
  assert(limit >= net.now() && "advance into the past");
  for (;;) {
    bool stop = deliverDue(sink);
    stop |= deliverToDevices(sink);
    stop |= reportFreedSlots(sink);
    if (stop || net.now() >= limit)
      return net.now();
    net.wakeDue();
    if (net.canMove()) {
      net.step();
      continue;
    }
    const Cycle next = std::min(nextEvent(), limit);
    if (next == never)
      return net.now();
    net.jump(next);
  }
}

Mesh::Mesh(const MeshParams &params)
    : impl(std::make_unique<Impl>(params, params.topology.whole())) {}
Mesh::Mesh(const MeshParams &params, unsigned part)
    : impl(std::make_unique<Impl>(params, params.partRect(part))) {}
Mesh::~Mesh() = default;
Mesh::Mesh(Mesh &&) noexcept = default;
Mesh &Mesh::operator=(Mesh &&) noexcept = default;

const MeshParams &Mesh::params() const { return impl->net.params; }

bool Mesh::canInject(NodeId node, TrafficClass cls) const {
  return freeSlots(node, cls) > 0;
}

unsigned Mesh::freeSlots(NodeId node, TrafficClass cls) const {
  return impl->net.sendQueues.freeSlots(impl->net.sendQueue(node, cls));
}

bool Mesh::canInjectNow(NodeId node, TrafficClass cls) const {
  return impl->net.sendQueues.hasRoomAt(impl->net.sendQueue(node, cls),
                                        now() + params().injectCycles);
}

void Mesh::requestSlot(NodeId node, TrafficClass cls) {
  assert(!canInject(node, cls) && "there is a slot already");
  impl->net.requestSlot(impl->net.sendQueue(node, cls));
}

void Mesh::inject(Cycle cycle, const PacketDesc &packet) {
  impl->net.inject(cycle, packet);
}

Cycle Mesh::now() const { return impl->net.now(); }
Cycle Mesh::nextEvent() const { return impl->nextEvent(); }
bool Mesh::idle() const { return packetsInFlight() == 0; }

size_t Mesh::packetsInFlight() const {
  size_t count = impl->net.pool.live();
  for (const Box &box : impl->net.boxes)
    count += box.packets.size();
  return count;
}

void Mesh::receive(std::span<Mesh *const> parts) {
  Network &net = impl->net;
  const Rect &area = net.area;
  const Topology &grid = net.params.topology;
  // The box over there is on the side that faces this part.
  auto receiveFrom = [&](Direction side, unsigned x, unsigned y) {
    const unsigned part = net.params.partOf(grid.node(x, y));
    net.receive(
        side,
        parts[part]->impl->net.boxes[static_cast<unsigned>(opposite(side))]);
  };
  if (area.y0 > 0)
    receiveFrom(Direction::North, area.x0, area.y0 - 1u);
  if (area.x1 + 1u < grid.columns())
    receiveFrom(Direction::East, area.x1 + 1u, area.y0);
  if (area.y1 + 1u < grid.rows())
    receiveFrom(Direction::South, area.x0, area.y1 + 1u);
  if (area.x0 > 0)
    receiveFrom(Direction::West, area.x0 - 1u, area.y0);
}

Cycle Mesh::advance(Cycle limit, Sink &sink) {
  return impl->advance(limit, sink);
}

void Mesh::archive(ArchiveWriter &a) { a(*impl); }
void Mesh::archive(ArchiveReader &a) { a(*impl); }

bool Mesh::isDeadlocked() const { return impl->net.isDeadlocked(); }

void Mesh::setOutputStuck(NodeId node, Direction d, bool stuck) {
  impl->net.setOutputStuck(node, d, stuck);
}

MeshStats Mesh::stats() const {
  MeshStats sum;
  impl->net.addStats(sum);
  return sum;
}

void Mesh::addStats(MeshStats &sum) const { impl->net.addStats(sum); }

} // namespace tatami::mesh
