// The mesh as its users see it: time, deliveries, injection.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/mesh/Mesh.h"

#include "Network.h"

#include <algorithm>
#include <cassert>

namespace tatami::mesh {

class Mesh::Impl {
public:
  explicit Impl(const MeshParams &params) : net(params) {}

  Cycle nextEvent() const;
  bool deliverDue(Sink &sink);
  bool reportFreedSlots(Sink &sink);
  Cycle advance(Cycle limit, Sink &sink);

  Network net;
  /// Deliveries before this one have been made.
  size_t nextDelivery = 0;

private:
  /// Scratch memory of reportFreedSlots().
  std::vector<uint32_t> reported;
};

Cycle Mesh::Impl::nextEvent() const {
  if (!net.freedSlots.empty() || net.canMove())
    return net.now();
  Cycle next = net.nextWake();
  if (nextDelivery < net.deliveries.size())
    next = std::min(next, net.deliveries[nextDelivery].at);
  return std::max(next, net.now());
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
    const Packet &packet = net.pool[d.packet];
    if (net.params.topology.enabled(d.node)) {
      auto &counters = net.stats.classes[static_cast<unsigned>(packet.cls)];
      const Cycle latency = now - packet.injected;
      ++counters.delivered;
      counters.latencySum += latency;
      counters.latencyMax = std::max(counters.latencyMax, latency);
      ++net.stats.nodeReceived[d.node];
      stop |= sink.deliver(now, d.node, packet);
    } else {
      ++net.stats.swallowed;
    }
    net.pool.release(d.packet);
  }
  // Forget what is done, now and then, so that the list stays short.
  if (nextDelivery == net.deliveries.size()) {
    net.deliveries.clear();
    nextDelivery = 0;
  } else if (nextDelivery > 4096) {
    net.deliveries.erase(net.deliveries.begin(),
                         net.deliveries.begin() + nextDelivery);
    nextDelivery = 0;
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
    if (net.sendQueues.freeSlots(queue) == 0) {
      net.requestSlot(queue);
      continue;
    }
    stop |= sink.slotFreed(net.now(), queue / numClasses,
                           static_cast<TrafficClass>(queue % numClasses));
  }
  return stop;
}

Cycle Mesh::Impl::advance(Cycle limit, Sink &sink) {
  assert(limit >= net.now() && "advance into the past");
  for (;;) {
    bool stop = deliverDue(sink);
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

Mesh::Mesh(const MeshParams &params) : impl(std::make_unique<Impl>(params)) {}
Mesh::~Mesh() = default;
Mesh::Mesh(Mesh &&) noexcept = default;
Mesh &Mesh::operator=(Mesh &&) noexcept = default;

const MeshParams &Mesh::params() const { return impl->net.params; }

bool Mesh::canInject(NodeId node, TrafficClass cls) const {
  return freeSlots(node, cls) > 0;
}

unsigned Mesh::freeSlots(NodeId node, TrafficClass cls) const {
  return impl->net.sendQueues.freeSlots(SendQueues::number(node, cls));
}

void Mesh::requestSlot(NodeId node, TrafficClass cls) {
  assert(!canInject(node, cls) && "there is a slot already");
  impl->net.requestSlot(SendQueues::number(node, cls));
}

void Mesh::inject(Cycle cycle, const PacketDesc &packet) {
  impl->net.inject(cycle, packet);
}

Cycle Mesh::now() const { return impl->net.now(); }
Cycle Mesh::nextEvent() const { return impl->nextEvent(); }
bool Mesh::idle() const { return impl->net.pool.live() == 0; }
size_t Mesh::packetsInFlight() const { return impl->net.pool.live(); }

Cycle Mesh::advance(Cycle limit, Sink &sink) {
  return impl->advance(limit, sink);
}

bool Mesh::isDeadlocked() const { return impl->net.isDeadlocked(); }

void Mesh::setOutputStuck(NodeId node, Direction d, bool stuck) {
  impl->net.setOutputStuck(node, d, stuck);
}

const MeshStats &Mesh::stats() const { return impl->net.stats; }

} // namespace tatami::mesh
