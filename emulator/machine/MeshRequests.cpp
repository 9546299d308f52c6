// What nodes send to the mesh.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Die.h"

#include "tatami/isa/GlobalAddress.h"
#include "tatami/semantics/Mesh.h"

#include <algorithm>
#include <cassert>

using namespace tatami;
using isa::AddressSpace;
using mesh::PacketDesc;
using mesh::PacketKind;
using mesh::TrafficClass;

namespace {

constexpr uint64_t packetBytes = mesh::packetBytes;

} // namespace

TrapKind Die::checkRemote(const Node &node, uint64_t address, uint64_t bytes,
                          uint64_t alignment, Destination &to,
                          uint64_t &offset) const {
  offset = isa::addressOffset(address);
  const uint64_t number = isa::addressNode(address);
  const AddressSpace space = isa::addressSpace(address);
  bool inside;
  switch (space) {
  case AddressSpace::LOCAL:
  case AddressSpace::NODE: {
    bool local = space == AddressSpace::LOCAL;
    if (local && number != 0)
      return TrapKind::BadRemoteAddress;
    if (number >= program.nodes.size() || (!local && !program.nodes[number]))
      return TrapKind::DisabledNode;
    to = {local ? mesh::Rect::at(node.at)
                : program.rectOf(mesh::NodeId(number))};
    inside = offset >= Sram::NullPageSize && node.memory.contains(offset, bytes);
    break;
  }
  case AddressSpace::HBM: {
    // An interface processor has memory and no semaphores.
    if (number >= program.devices.size() || bytes == 0)
      return TrapKind::BadRemoteAddress;
    const InterfaceProcessor &device = *program.devices[number];
    to = {mesh::Rect::at(device.router(node.at)), device.side()};
    uint64_t size = device.memory.size();
    inside = bytes <= size && offset <= size - bytes;
    break;
  }
  default:
    return TrapKind::BadRemoteAddress;
  }
  if (bytes == 0) // A signal names a node, not a place.
    return TrapKind::None;
  if (!inside)
    return TrapKind::BadRemoteAddress;
  return offset % alignment ? TrapKind::Misaligned : TrapKind::None;
}

TrapKind Die::checkRectangle(uint64_t bits) const {
  mesh::Rect rect = mesh::Rect::unpack(bits);
  return program.topology().contains(rect) && program.enabled.count(rect)
             ? TrapKind::None
             : TrapKind::BadRectangle;
}

void Die::queue(Node &node, unsigned number, const PacketDesc &packet,
                const void *payload, uint32_t count) {
  NodeThread &thread = node.threads[number];
  if (node.recorder) {
    node.recorder->send(node, number, packet, count);
    node.record->events.send(number, node.timeOf(number), packet, count);
  }
  thread.outbox.add(packet, count, payload);
  if (packet.kind != PacketKind::Store && packet.kind != PacketKind::Signal)
    return;
  Destination to{packet.destination, packet.exit};
  auto place = std::lower_bound(thread.dirty.begin(), thread.dirty.end(), to);
  if (place == thread.dirty.end() || *place != to)
    thread.dirty.insert(place, to);
}

TrapKind Die::sendBlock(Node &node, unsigned number, uint64_t local,
                        uint64_t offset, uint64_t bytes,
                        const Destination &to) {
  if (bytes % packetBytes || local % packetBytes || offset % packetBytes)
    return TrapKind::Misaligned;
  if (bytes == 0)
    return TrapKind::None;
  TrapKind trap = node.memory.checkLoad(local, bytes, packetBytes);
  if (trap == TrapKind::None)
    queue(node, number,
          {.kind = PacketKind::Store,
           .source = node.id,
           .destination = to.rect,
           .address = offset,
           .exit = to.exit,
           .length = uint8_t(packetBytes)},
          node.memory.bytes() + local, uint32_t(bytes / packetBytes));
  return trap;
}

void Die::queueFence(Node &node, unsigned number) {
  NodeThread &thread = node.threads[number];
  const mesh::Topology &topology = program.topology();
  std::vector<Destination> targets;
  for (const Destination &to : thread.dirty)
    for (mesh::NodeId target : topology.nodes(to.rect))
      if (to.exit != mesh::Direction::Local || topology.enabled(target))
        targets.push_back({program.rectOf(target), to.exit});
  thread.dirty.clear();
  std::sort(targets.begin(), targets.end());
  targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
  // Nothing overtakes on the way to a node, so one probe behind everything
  // stands for all of it.
  thread.acksPending = targets.size();
  for (const Destination &target : targets)
    queue(node, number, {.kind = PacketKind::User,
                   .source = node.id,
                   .destination = target.rect,
                   .exit = target.exit,
                   .tag = number});
}

void Die::meshRequest(Node &node, unsigned number) {
  NodeThread &thread = node.threads[number];
  const Request &r = thread.request;
  assert(thread.outbox.allAdmitted());
  TrapKind trap = TrapKind::None;
  Destination target;
  uint64_t offset = 0;
  thread.afterSending = WaitFor::Nothing;
  switch (r.kind) {
  case RequestKind::RemoteLoad:
    trap = checkRemote(node, r.a, r.bytes, r.bytes, target, offset);
    if (trap == TrapKind::None)
      queue(node, number, {.kind = PacketKind::LoadRequest,
                     .source = node.id,
                     .destination = target.rect,
                     .address = offset,
                     .exit = target.exit,
                     .tag = uint64_t(number) | uint64_t(r.bytes) << 8});
    thread.afterSending = WaitFor::RemoteLoad;
    break;
  case RequestKind::RemoteStore: {
    trap = checkRemote(node, r.a, r.bytes, r.bytes, target, offset);
    V512 data = remoteStoreData(*thread.state, r);
    if (trap == TrapKind::None)
      queue(node, number,
            {.kind = PacketKind::Store,
             .source = node.id,
             .destination = target.rect,
             .address = offset,
             .exit = target.exit,
             .length = r.bytes},
            &data);
    break;
  }
  case RequestKind::Push:
    trap = checkRemote(node, r.b, r.c, packetBytes, target, offset);
    if (trap == TrapKind::None)
      trap = sendBlock(node, number, r.a, offset, r.c, target);
    break;
  case RequestKind::Multicast:
    trap = checkRectangle(r.c);
    if (trap == TrapKind::None && r.d &&
        (r.b < Sram::NullPageSize || !node.memory.contains(r.b, r.d)))
      trap = TrapKind::BadRemoteAddress;
    if (trap == TrapKind::None)
      trap = sendBlock(node, number, r.a, r.b, r.d, {mesh::Rect::unpack(r.c)});
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
      addToSemaphore(node, r.d, 1, node.timeOf(number),
                     {node.id, uint8_t(number), node.timeOf(number)});
      break;
    }
    if (!canOpenPull(node)) {
      thread.status = ThreadStatus::Waiting;
      thread.waitFor = WaitFor::OpenPull;
      return;
    }
    ++node.openPulls;
    PullOrder order{node.nextPull++, r.a, r.c};
    node.pulls.push_back({order.number, r.c / packetBytes, r.d, 1,
                          uint8_t(number), node.timeOf(number)});
    node.pulls.back().beginRequest(r.c / packetBytes);
    queue(node, number,
          {.kind = PacketKind::PullRequest,
           .source = node.id,
           .destination = target.rect,
           .address = offset,
           .exit = target.exit,
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
      queue(node, number,
            {.kind = PacketKind::Signal,
             .source = node.id,
             .destination = one ? target.rect : mesh::Rect::unpack(r.a),
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
    // Who is not in the set cannot arrive there.
    if (trap == TrapKind::None && !mesh::Rect::unpack(r.a).contains(node.at))
      trap = TrapKind::BadRectangle;
    if (trap == TrapKind::None) {
      queueFence(node, number);
      thread.afterSending = WaitFor::BarrierFence;
    }
    break;
  default:
    assert(false && "handled in Requests.cpp");
  }
  // Nothing of this request is queued; what earlier ones have sent goes out.
  if (trap != TrapKind::None)
    return raiseTrap(node, number, trap);
  if (send(node, number, node.timeOf(number)))
    afterSending(node, number);
}

bool Die::send(Node &node, unsigned number, uint64_t cycle) {
  NodeThread &thread = node.threads[number];
  constexpr auto requests = TrafficClass::Request;
  uint64_t room = mesh.freeSlots(node.id, requests) - node.admitted;
  uint64_t count = std::min(room, thread.outbox.notAdmitted());
  thread.outbox.admit(count, cycle);
  node.admitted += count;
  node.sent += count;
  if (thread.outbox.allAdmitted())
    return true;
  thread.status = ThreadStatus::Waiting;
  thread.waitFor = WaitFor::MeshSlot;
  return false;
}

void Die::inject(Node &node, mesh::Cycle cycle, const PacketDesc &packet) {
  if (node.record)
    node.record->flows.add(packet);
  mesh.inject(cycle, packet);
}

void Die::flush(Node &node) {
  bool waiting = false;
  for (unsigned i = 0; i < threadsPerNode; ++i) {
    NodeThread &thread = node.threads[i];
    thread.outbox.takeAdmitted([&](mesh::Cycle cycle, PacketDesc packet) {
      packet.sender = uint8_t(i);
      inject(node, cycle, packet);
    });
    waiting |= thread.status == ThreadStatus::Waiting &&
               thread.waitFor == WaitFor::MeshSlot;
  }
  node.admitted = 0;
  askForSlot(node, TrafficClass::Request, waiting);
}

void Die::askForSlot(Node &node, TrafficClass cls, bool waiting) {
  bool &wanted = node.slotWanted[size_t(cls)];
  if (!waiting || wanted)
    return;
  wanted = true;
  mesh.requestSlot(node.id, cls);
}

void Die::afterSending(Node &node, unsigned number) {
  NodeThread &thread = node.threads[number];
  if (thread.afterSending == WaitFor::BarrierFence && thread.acksPending == 0)
    return arriveAtBarrier(node, number);
  if (thread.afterSending == WaitFor::Nothing ||
      (thread.afterSending == WaitFor::Fence && thread.acksPending == 0))
    return complete(node, number);
  thread.status = ThreadStatus::Waiting;
  thread.waitFor = thread.afterSending;
}

mesh::NodeId Die::firstOf(const mesh::Rect &rect) const {
  auto nodes = program.topology().nodes(rect);
  return *std::find_if(nodes.begin(), nodes.end(), [&](mesh::NodeId id) {
    return program.topology().enabled(id);
  });
}

void Die::reachFreeBarrier(Node &node, unsigned number) {
  NodeThread &thread = node.threads[number];
  thread.status = ThreadStatus::Waiting;
  thread.waitFor = WaitFor::Barrier;
  const uint64_t cycle = node.timeOf(number), set = thread.request.a;
  const mesh::Rect rect = mesh::Rect::unpack(set);
  if (!arriveAt(*program.nodeAt(firstOf(rect)), set, node.at))
    return;
  for (mesh::NodeId id : program.topology().nodes(rect))
    if (Node *other = program.nodeAt(id))
      releaseFromBarrier(*other, set, cycle,
                         {node.id, uint8_t(number), cycle});
}

void Die::arriveAtBarrier(Node &node, unsigned number) {
  NodeThread &thread = node.threads[number];
  if (program.options.ideals.freeBarriers) {
    // Who is the last one to come is known in the mesh's time.
    thread.status = ThreadStatus::Sync;
    return;
  }
  mesh::Rect rect = mesh::Rect::unpack(thread.request.a);
  thread.afterSending = WaitFor::Barrier;
  queue(node, number, {.kind = PacketKind::BarrierArrive,
                 .source = node.id,
                 .destination = program.rectOf(firstOf(rect)),
                 .address = rect.pack()});
  if (send(node, number, node.timeOf(number)))
    afterSending(node, number);
}
