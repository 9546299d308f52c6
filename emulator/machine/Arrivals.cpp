// What comes from the mesh: packets for a node, and room in its send queues.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Die.h"

#include "tatami/semantics/Mesh.h"

#include <algorithm>
#include <cassert>
#include <cstring>

using namespace tatami;
using mesh::PacketDesc;
using mesh::PacketKind;
using mesh::TrafficClass;

void Die::resume(Node &node, uint64_t cycle) {
  if (node.state == Node::State::Done)
    return;
  node.time = node.state == Node::State::Blocked ? cycle
                                                 : std::min(node.time, cycle);
  node.state = Node::State::Ready;
  list(node);
}

bool Die::wake(Node &node, WaitFor reason, uint64_t cycle, Cause cause,
               unsigned number, const Waker *by) {
  NodeThread &thread = node.threads[number];
  if (thread.status != ThreadStatus::Waiting || thread.waitFor != reason)
    return false;
  node.delay(number, cycle, cause, by);
  if (reason == WaitFor::BarrierFence) {
    arriveAtBarrier(node, number);
    flush(node);
  } else {
    complete(node, number);
  }
  if (thread.status != ThreadStatus::Running &&
      thread.status != ThreadStatus::Sync)
    return false;
  resume(node, cycle);
  return true;
}

//===-- Replies -------------------------------------------------------------===//

void Die::reply(Node &node, const Reply &answer, uint64_t cycle) {
  assert(answer.packet.cls == TrafficClass::Reply);
  node.replies.push(answer);
  sendReplies(node, cycle);
}

void Die::sendReplies(Node &node, uint64_t cycle) {
  constexpr auto replies = TrafficClass::Reply;
  unsigned room = mesh.freeSlots(node.id, replies);
  while (!node.replies.empty() && room > 0) {
    Reply &next = node.replies.front();
    if (next.packet.length)
      next.packet.payload = next.fromMemory ? node.memory.bytes() + next.from
                                            : next.data.data();
    inject(node, cycle, next.packet);
    ++node.sent;
    --room;
    next.packet.address += mesh::packetBytes;
    next.from += mesh::packetBytes;
    if (--next.count == 0)
      node.replies.pop();
  }
  askForSlot(node, replies, !node.replies.empty());
}

template <typename Take>
bool Die::giveRoom(Node &node, uint64_t cycle, WaitFor reason, Take take) {
  bool woken = false;
  for (unsigned i = 0; i < threadsPerNode; ++i) {
    NodeThread &thread = node.threads[i];
    if (thread.status != ThreadStatus::Waiting || thread.waitFor != reason)
      continue;
    if (!take(i))
      break;
    if (thread.status == ThreadStatus::Running) {
      woken = true;
      resume(node, cycle);
    }
  }
  flush(node);
  // Threads go first; lists may take what they have left.
  if (node.lists && node.lists->waitsForRoom()) {
    expectLists(node, cycle);
    return true;
  }
  return woken;
}

bool Die::slotFreed(mesh::Cycle cycle, mesh::NodeId id, TrafficClass cls) {
  Node &node = *program.nodeAt(id);
  node.slotWanted[size_t(cls)] = false;
  if (cls == TrafficClass::Reply) {
    sendReplies(node, cycle);
    return false;
  }
  return giveRoom(node, cycle, WaitFor::MeshSlot, [&](unsigned thread) {
    node.delay(thread, cycle, Cause::MeshCredit);
    if (!send(node, thread, node.timeOf(thread)))
      return false;
    afterSending(node, thread);
    return true;
  });
}

//===-- Packets -------------------------------------------------------------===//

bool Die::receivePull(Node &node, const mesh::Packet &packet, uint64_t cycle) {
  std::memcpy(node.memory.bytes() + packet.address, packet.payload.data(),
              packet.length);
  auto pull = std::find_if(node.pulls.begin(), node.pulls.end(),
                           [&](auto &p) { return p.number == packet.tag; });
  if (pull == node.pulls.end())
    return false;
  const bool answered = pull->receive();
  const bool woken = countPull(node, packet.tag, cycle);
  return (answered && endOpenPull(node, cycle)) || woken;
}

bool Die::endOpenPull(Node &node, uint64_t cycle) {
  --node.openPulls;
  return giveRoom(node, cycle, WaitFor::OpenPull, [&](unsigned thread) {
    if (!canOpenPull(node))
      return false;
    node.delay(thread, cycle, Cause::MeshCredit);
    meshRequest(node, thread);
    return true;
  });
}

bool Die::countPull(Node &node, uint64_t number, uint64_t cycle) {
  auto pull = std::find_if(node.pulls.begin(), node.pulls.end(),
                           [&](auto &p) { return p.number == number; });
  if (pull == node.pulls.end() || --pull->packetsLeft > 0)
    return false;
  PullInFlight done = *pull;
  node.pulls.erase(pull);
  return addToSemaphore(node, done.semaphore, done.count, cycle,
                        {node.id, done.agent, done.since});
}

bool Die::arriveAt(Node &node, uint64_t set, mesh::Coord from) {
  mesh::Rect rect = mesh::Rect::unpack(set);
  auto barrier =
      std::find_if(node.barriers.begin(), node.barriers.end(),
                   [&](const BarrierArrivals &b) { return b.rect == set; });
  if (barrier == node.barriers.end()) {
    node.barriers.push_back({set, 0, {}});
    barrier = node.barriers.end() - 1;
    barrier->counts.resize(rect.size());
  }
  uint16_t &count =
      barrier->counts[size_t(from.y - rect.y0) * rect.width() + from.x - rect.x0];
  barrier->present += count++ == 0;
  if (barrier->present < program.enabled.count(rect))
    return false;
  for (uint16_t &left : barrier->counts)
    barrier->present -= left > 0 && --left == 0;
  if (barrier->present == 0)
    node.barriers.erase(barrier);
  return true;
}

bool Die::countArrival(Node &node, const mesh::Packet &packet,
                       uint64_t cycle) {
  const mesh::Rect rect = mesh::Rect::unpack(packet.address);
  if (!arriveAt(node, packet.address,
                program.topology().coord(packet.source)))
    return false;
  Reply release{.packet = {.kind = PacketKind::BarrierRelease,
                           .cls = TrafficClass::Reply,
                           .source = node.id,
                           .destination = rect,
                           .address = packet.address,
                           .length = sizeof(LastArrival)}};
  const LastArrival last{packet.injected, packet.source, packet.sender};
  std::memcpy(release.data.data(), &last, sizeof last);
  reply(node, release, cycle);
  return false;
}

bool Die::acknowledge(Node &node, unsigned number, uint64_t cycle) {
  NodeThread &thread = node.threads[number];
  if (thread.acksPending == 0 || --thread.acksPending > 0)
    return false;
  return wake(node, WaitFor::Fence, cycle, Cause::RemoteLoad, number) ||
         wake(node, WaitFor::BarrierFence, cycle, Cause::Barrier, number);
}

bool Die::releaseFromBarrier(Node &node, uint64_t set, uint64_t cycle,
                             const Waker &last) {
  for (unsigned i = 0; i < threadsPerNode; ++i)
    if (node.threads[i].waitFor == WaitFor::Barrier &&
        node.threads[i].request.a == set &&
        wake(node, WaitFor::Barrier, cycle, Cause::Barrier, i, &last))
      return true;
  return false;
}

InterfaceProcessor &Die::deviceBehind(mesh::NodeId router,
                                      mesh::Direction side) {
  const mesh::MeshParams &params = program.options.config.mesh;
  const mesh::EdgePort *port =
      params.edgePort(program.topology().coord(router), side);
  return *program.devices[size_t(port - params.edgePorts.data())];
}

bool Die::deliver(mesh::Cycle cycle, mesh::NodeId id,
                  const mesh::Packet &packet) {
  if (packet.exit != mesh::Direction::Local) {
    deviceBehind(id, packet.exit).receive(cycle, program.topology(), packet);
    return true; // It may have to be called earlier than it had said.
  }
  Node &node = *program.nodeAt(id);
  ++node.received;
  if (node.record)
    node.record->events.receive(cycle, packet);
  auto replyAs = [&](Reply answer) {
    answer.packet.source = id;
    answer.packet.destination = program.rectOf(packet.source);
    reply(node, answer, cycle);
    return false;
  };
  switch (packet.kind) {
  case PacketKind::Store:
    std::memcpy(node.memory.bytes() + packet.address, packet.payload.data(),
                packet.length);
    node.codeChanged |= packet.address < node.memory.readOnlyEnd();
    return false;
  case PacketKind::LoadRequest: {
    // What a load gives is what is there when its request arrives.
    Reply answer = answerTo(packet);
    answer.fromMemory = false;
    std::memcpy(answer.data.data(), node.memory.bytes() + packet.address,
                answer.packet.length);
    return replyAs(answer);
  }
  case PacketKind::LoadReply: {
    unsigned number = unsigned(packet.tag);
    V512 data{};
    std::memcpy(&data, packet.payload.data(), packet.length);
    NodeThread &thread = node.threads[number];
    if (thread.status == ThreadStatus::Waiting &&
        thread.waitFor == WaitFor::RemoteLoad)
      completeRemoteLoad(*thread.state, thread.request, data);
    return wake(node, WaitFor::RemoteLoad, cycle, Cause::RemoteLoad, number);
  }
  case PacketKind::PullRequest:
  case PacketKind::User: // A fence's probe.
    return replyAs(answerTo(packet));
  case PacketKind::PullReply:
    return receivePull(node, packet, cycle);
  case PacketKind::Signal:
    return addToSemaphore(node, packet.address, packet.tag, cycle,
                          {packet.source, packet.sender, packet.injected});
  case PacketKind::Ack:
    return acknowledge(node, unsigned(packet.tag), cycle);
  case PacketKind::BarrierArrive:
    return countArrival(node, packet, cycle);
  case PacketKind::BarrierRelease: {
    const auto last = packet.read<LastArrival>();
    return releaseFromBarrier(node, packet.address, cycle,
                              {last.node, last.agent, last.sent});
  }
  }
  return false;
}
