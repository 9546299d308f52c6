// What nodes send to the mesh and what comes from it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "MachineImpl.h"

#include "tatami/semantics/Mesh.h"

#include <algorithm>
#include <cassert>
#include <cstring>

using namespace tatami;
using mesh::PacketDesc;
using mesh::PacketKind;
using mesh::TrafficClass;

namespace {

constexpr uint64_t packetBytes = mesh::packetBytes;

/// What a pull's request tells the node that has the data.
struct PullOrder {
  uint64_t number; ///< The requester's name for the pull.
  uint64_t local;  ///< Where the data go.
  uint64_t bytes;
};

constexpr unsigned spaceShift = 61, nodeShift = 40;
constexpr uint64_t spaceLocal = 0, spaceNode = 1;
constexpr uint64_t nodeMask = (1ull << 21) - 1, offsetMask = (1ull << 40) - 1;

} // namespace

//===-- Checks --------------------------------------------------------------===//

TrapKind Machine::Impl::checkRemote(const Node &node, uint64_t address,
                                    uint64_t bytes, uint64_t alignment,
                                    mesh::NodeId &target,
                                    uint64_t &offset) const {
  offset = address & offsetMask;
  switch (address >> spaceShift) {
  case spaceLocal:
    target = node.id;
    if (address >> nodeShift != 0)
      return TrapKind::BadRemoteAddress;
    break;
  case spaceNode: {
    uint64_t number = address >> nodeShift & nodeMask;
    if (number >= nodeOf.size() || !nodeOf[number])
      return TrapKind::DisabledNode;
    target = mesh::NodeId(number);
    break;
  }
  default: // These machines have no HBM.
    return TrapKind::BadRemoteAddress;
  }
  if (bytes == 0) // A signal names a node, not a place.
    return TrapKind::None;
  if (offset < Sram::NullPageSize || !node.memory.contains(offset, bytes))
    return TrapKind::BadRemoteAddress;
  return offset % alignment ? TrapKind::Misaligned : TrapKind::None;
}

TrapKind Machine::Impl::checkRectangle(uint64_t bits) const {
  mesh::Rect rect = mesh::Rect::unpack(bits);
  return mesh.topology().contains(rect) && mesh.topology().enabledCount(rect)
             ? TrapKind::None
             : TrapKind::BadRectangle;
}

//===-- Outwards ------------------------------------------------------------===//

void Machine::Impl::queue(NodeThread &thread, const PacketDesc &packet,
                          const void *payload) {
  Outgoing &out = thread.outbox.emplace_back();
  out.packet = packet;
  if (packet.length)
    std::memcpy(out.payload.data(), payload, packet.length);
  if (packet.kind == PacketKind::Store || packet.kind == PacketKind::Signal) {
    auto &dirty = thread.dirty;
    if (std::find(dirty.begin(), dirty.end(), packet.destination) ==
        dirty.end())
      dirty.push_back(packet.destination);
  }
}

TrapKind Machine::Impl::sendBlock(Node &node, unsigned number, uint64_t local,
                                  uint64_t offset, uint64_t bytes,
                                  mesh::Rect to) {
  if (bytes % packetBytes || local % packetBytes || offset % packetBytes)
    return TrapKind::Misaligned;
  if (bytes == 0)
    return TrapKind::None;
  TrapKind trap = node.memory.checkLoad(local, bytes, packetBytes);
  for (uint64_t at = 0; at < bytes && trap == TrapKind::None; at += packetBytes)
    queue(node.threads[number],
          {.kind = PacketKind::Store,
           .source = node.id,
           .destination = to,
           .address = offset + at,
           .length = uint8_t(packetBytes)},
          node.memory.bytes() + local + at);
  return trap;
}

void Machine::Impl::queueFence(Node &node, unsigned number) {
  NodeThread &thread = node.threads[number];
  const mesh::Topology &topology = mesh.topology();
  std::vector<mesh::NodeId> targets;
  for (const mesh::Rect &rect : thread.dirty)
    for (mesh::NodeId target : topology.nodes(rect))
      if (topology.enabled(target))
        targets.push_back(target);
  thread.dirty.clear();
  std::sort(targets.begin(), targets.end());
  targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
  // Nothing overtakes on the way to a node, so one probe behind everything
  // stands for all of it.
  thread.acksPending = targets.size();
  for (mesh::NodeId target : targets)
    queue(thread, {.kind = PacketKind::User,
                   .source = node.id,
                   .destination = rectOf(target),
                   .tag = number});
}

void Machine::Impl::meshRequest(Node &node, unsigned number) {
  NodeThread &thread = node.threads[number];
  const Request &r = thread.request;
  assert(thread.outbox.empty());
  TrapKind trap = TrapKind::None;
  mesh::NodeId target = 0;
  uint64_t offset = 0;
  thread.afterSending = WaitFor::Nothing;
  switch (r.kind) {
  case RequestKind::RemoteLoad:
    trap = checkRemote(node, r.a, r.bytes, r.bytes, target, offset);
    if (trap == TrapKind::None)
      queue(thread, {.kind = PacketKind::LoadRequest,
                     .source = node.id,
                     .destination = rectOf(target),
                     .address = offset,
                     .tag = uint64_t(number) | uint64_t(r.bytes) << 8});
    thread.afterSending = WaitFor::RemoteLoad;
    break;
  case RequestKind::RemoteStore: {
    trap = checkRemote(node, r.a, r.bytes, r.bytes, target, offset);
    V512 data = remoteStoreData(thread.state, r);
    if (trap == TrapKind::None)
      queue(thread,
            {.kind = PacketKind::Store,
             .source = node.id,
             .destination = rectOf(target),
             .address = offset,
             .length = r.bytes},
            &data);
    break;
  }
  case RequestKind::Push:
    trap = checkRemote(node, r.b, r.c, packetBytes, target, offset);
    if (trap == TrapKind::None)
      trap = sendBlock(node, number, r.a, offset, r.c, rectOf(target));
    break;
  case RequestKind::Multicast:
    trap = checkRectangle(r.c);
    if (trap == TrapKind::None && r.d &&
        (r.b < Sram::NullPageSize || !node.memory.contains(r.b, r.d)))
      trap = TrapKind::BadRemoteAddress;
    if (trap == TrapKind::None)
      trap = sendBlock(node, number, r.a, r.b, r.d, mesh::Rect::unpack(r.c));
    break;
  case RequestKind::Pull: {
    trap = checkRemote(node, r.b, r.c, packetBytes, target, offset);
    if (trap == TrapKind::None && r.d >= semaphoresPerNode)
      trap = TrapKind::BadSemaphore;
    if (trap == TrapKind::None && r.c % packetBytes)
      trap = TrapKind::Misaligned;
    if (trap == TrapKind::None && r.c)
      trap = node.memory.checkStore(r.a, r.c, packetBytes);
    if (trap != TrapKind::None)
      break;
    if (r.c == 0) {
      // Nothing to fetch, and all of it is there.
      addToSemaphore(node, r.d, 1, node.timeOf(number));
      break;
    }
    PullOrder order{node.nextPull++, r.a, r.c};
    node.pulls[order.number] = {r.c / packetBytes, r.d, number};
    queue(thread,
          {.kind = PacketKind::PullRequest,
           .source = node.id,
           .destination = rectOf(target),
           .address = offset,
           .length = sizeof(order)},
          &order);
    break;
  }
  case RequestKind::Signal:
  case RequestKind::MulticastSignal: {
    bool one = r.kind == RequestKind::Signal;
    trap = one ? checkRemote(node, r.a, 0, 1, target, offset)
               : checkRectangle(r.a);
    if (trap == TrapKind::None && r.b >= semaphoresPerNode)
      trap = TrapKind::BadSemaphore;
    if (trap == TrapKind::None && r.c > UINT32_MAX)
      trap = TrapKind::SemaphoreOverflow;
    if (trap == TrapKind::None)
      queue(thread,
            {.kind = PacketKind::Signal,
             .source = node.id,
             .destination = one ? rectOf(target) : mesh::Rect::unpack(r.a),
             .address = r.b,
             .tag = r.c});
    break;
  }
  case RequestKind::MeshFence:
    queueFence(node, number);
    thread.afterSending = WaitFor::Fence;
    break;
  case RequestKind::Barrier:
    trap = checkRectangle(r.a);
    if (trap == TrapKind::None) {
      queueFence(node, number);
      thread.afterSending = WaitFor::BarrierFence;
    }
    break;
  default:
    assert(false && "handled in Requests.cpp");
  }
  if (trap != TrapKind::None) {
    thread.outbox.clear();
    return raiseTrap(node, number, trap);
  }
  if (send(node, number, node.timeOf(number)))
    afterSending(node, number);
}

bool Machine::Impl::send(Node &node, unsigned number, uint64_t cycle) {
  NodeThread &thread = node.threads[number];
  while (!thread.outbox.empty()) {
    Outgoing &out = thread.outbox.front();
    if (!mesh.canInject(node.id, out.packet.cls)) {
      // Whoever waits already has asked; a second request would be refused.
      bool asked = false;
      for (const NodeThread &other : node.threads)
        asked |= &other != &thread && other.status == ThreadStatus::Waiting &&
                 other.waitFor == WaitFor::MeshSlot;
      thread.status = ThreadStatus::Waiting;
      thread.waitFor = WaitFor::MeshSlot;
      if (!asked)
        mesh.requestSlot(node.id, out.packet.cls);
      return false;
    }
    out.packet.payload = out.packet.length ? out.payload.data() : nullptr;
    mesh.inject(std::max(cycle, mesh.now()), out.packet);
    ++node.sent;
    thread.outbox.pop_front();
  }
  return true;
}

void Machine::Impl::afterSending(Node &node, unsigned number) {
  NodeThread &thread = node.threads[number];
  if (thread.afterSending == WaitFor::BarrierFence && thread.acksPending == 0)
    return arriveAtBarrier(node, number);
  if (thread.afterSending == WaitFor::Nothing ||
      (thread.afterSending == WaitFor::Fence && thread.acksPending == 0))
    return complete(node, number);
  thread.status = ThreadStatus::Waiting;
  thread.waitFor = thread.afterSending;
}

void Machine::Impl::arriveAtBarrier(Node &node, unsigned number) {
  NodeThread &thread = node.threads[number];
  mesh::Rect rect = mesh::Rect::unpack(thread.request.a);
  const mesh::Topology &topology = mesh.topology();
  mesh::NodeId first = node.id;
  for (mesh::NodeId id : topology.nodes(rect))
    if (topology.enabled(id)) {
      first = id;
      break;
    }
  thread.afterSending = WaitFor::Barrier;
  queue(thread, {.kind = PacketKind::BarrierArrive,
                 .source = node.id,
                 .destination = rectOf(first),
                 .address = rect.pack()});
  if (send(node, number, node.timeOf(number)))
    afterSending(node, number);
}

//===-- Inwards -------------------------------------------------------------===//

void Machine::Impl::resume(Node &node, uint64_t cycle) {
  if (node.state == Node::State::Done)
    return;
  node.time = node.state == Node::State::Blocked ? cycle
                                                 : std::min(node.time, cycle);
  node.state = Node::State::Ready;
}

bool Machine::Impl::wake(Node &node, WaitFor reason, uint64_t cycle,
                         Cause cause, std::optional<unsigned> which) {
  for (unsigned i = 0; i < threadsPerNode; ++i) {
    NodeThread &thread = node.threads[i];
    if ((which && *which != i) || thread.status != ThreadStatus::Waiting ||
        thread.waitFor != reason)
      continue;
    node.delay(i, cycle, cause);
    if (reason == WaitFor::BarrierFence)
      arriveAtBarrier(node, i);
    else
      complete(node, i);
    bool running = thread.status == ThreadStatus::Running;
    if (running)
      resume(node, cycle);
    return running;
  }
  return false;
}

void Machine::Impl::reply(Node &node, const PacketDesc &packet,
                          uint64_t cycle) {
  assert(packet.cls == TrafficClass::Reply);
  mesh.inject(cycle, packet);
  ++node.sent;
}

bool Machine::Impl::slotFreed(mesh::Cycle cycle, mesh::NodeId id,
                              TrafficClass) {
  Node &node = *nodeAt(id);
  bool woken = false;
  for (unsigned i = 0; i < threadsPerNode; ++i) {
    NodeThread &thread = node.threads[i];
    if (thread.status != ThreadStatus::Waiting ||
        thread.waitFor != WaitFor::MeshSlot)
      continue;
    node.delay(i, cycle, Cause::MeshCredit);
    if (!send(node, i, node.timeOf(i)))
      break;
    afterSending(node, i);
    if (thread.status == ThreadStatus::Running) {
      woken = true;
      resume(node, cycle);
    }
  }
  return woken;
}

bool Machine::Impl::receivePull(Node &node, const mesh::Packet &packet,
                                uint64_t cycle) {
  std::memcpy(node.memory.bytes() + packet.address, packet.payload.data(),
              packet.length);
  auto pull = node.pulls.find(packet.tag);
  if (pull == node.pulls.end() || --pull->second.packetsLeft > 0)
    return false;
  uint64_t semaphore = pull->second.semaphore;
  node.pulls.erase(pull);
  return addToSemaphore(node, semaphore, 1, cycle);
}

bool Machine::Impl::countArrival(Node &node, const mesh::Packet &packet,
                                 uint64_t cycle) {
  mesh::Rect rect = mesh::Rect::unpack(packet.address);
  auto &arrived = node.arrivals[packet.address];
  ++arrived[packet.source];
  if (arrived.size() < mesh.topology().enabledCount(rect))
    return false;
  for (auto it = arrived.begin(); it != arrived.end();)
    it = --it->second == 0 ? arrived.erase(it) : std::next(it);
  reply(node,
        {.kind = PacketKind::BarrierRelease,
         .cls = TrafficClass::Reply,
         .source = node.id,
         .destination = rect,
         .address = packet.address},
        cycle);
  return false;
}

bool Machine::Impl::deliver(mesh::Cycle cycle, mesh::NodeId id,
                            const mesh::Packet &packet) {
  Node &node = *nodeAt(id);
  ++node.received;
  PacketDesc answer{.cls = TrafficClass::Reply,
                    .source = id,
                    .destination = rectOf(packet.source)};
  switch (packet.kind) {
  case PacketKind::Store:
    std::memcpy(node.memory.bytes() + packet.address, packet.payload.data(),
                packet.length);
    node.codeChanged |= packet.address < node.memory.readOnlyEnd();
    return false;
  case PacketKind::LoadRequest:
    answer.kind = PacketKind::LoadReply;
    answer.tag = packet.tag & 0xff;
    answer.length = uint8_t(packet.tag >> 8);
    answer.payload = node.memory.bytes() + packet.address;
    reply(node, answer, cycle);
    return false;
  case PacketKind::LoadReply: {
    unsigned number = unsigned(packet.tag);
    V512 data{};
    std::memcpy(&data, packet.payload.data(), packet.length);
    NodeThread &thread = node.threads[number];
    if (thread.status == ThreadStatus::Waiting &&
        thread.waitFor == WaitFor::RemoteLoad)
      completeRemoteLoad(thread.state, thread.request, data);
    return wake(node, WaitFor::RemoteLoad, cycle, Cause::RemoteLoad, number);
  }
  case PacketKind::PullRequest: {
    auto order = packet.read<PullOrder>();
    for (uint64_t at = 0; at < order.bytes; at += packetBytes) {
      answer.kind = PacketKind::PullReply;
      answer.tag = order.number;
      answer.address = order.local + at;
      answer.length = uint8_t(packetBytes);
      answer.payload = node.memory.bytes() + packet.address + at;
      reply(node, answer, cycle);
    }
    return false;
  }
  case PacketKind::PullReply:
    return receivePull(node, packet, cycle);
  case PacketKind::Signal:
    return addToSemaphore(node, packet.address, packet.tag, cycle);
  case PacketKind::User: // A fence's probe.
    answer.kind = PacketKind::Ack;
    answer.tag = packet.tag;
    reply(node, answer, cycle);
    return false;
  case PacketKind::Ack: {
    unsigned number = unsigned(packet.tag);
    NodeThread &thread = node.threads[number];
    if (thread.acksPending == 0 || --thread.acksPending > 0 ||
        thread.status != ThreadStatus::Waiting ||
        (thread.waitFor != WaitFor::Fence &&
         thread.waitFor != WaitFor::BarrierFence))
      return false;
    Cause cause = thread.waitFor == WaitFor::Fence ? Cause::RemoteLoad
                                                   : Cause::Barrier;
    return wake(node, thread.waitFor, cycle, cause, number);
  }
  case PacketKind::BarrierArrive:
    return countArrival(node, packet, cycle);
  case PacketKind::BarrierRelease:
    for (unsigned i = 0; i < threadsPerNode; ++i)
      if (node.threads[i].status == ThreadStatus::Waiting &&
          node.threads[i].waitFor == WaitFor::Barrier &&
          node.threads[i].request.a == packet.address)
        return wake(node, WaitFor::Barrier, cycle, Cause::Barrier, i);
    return false;
  }
  return false;
}
