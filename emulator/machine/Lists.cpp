// The list engine in its node: what threads ask of it, and the port through
// which it reaches memory, semaphores and the mesh.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Die.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

using namespace tatami;
using mesh::PacketDesc;
using mesh::PacketKind;
using mesh::TrafficClass;

class Die::NodeListPort : public ListPort {
public:
  NodeListPort(Die &die, Node &node, uint64_t cycle)
      : die(die), node(node), cycle(cycle) {}

  TrapKind checkRead(uint64_t address, uint64_t bytes) const override {
    return node.memory.checkLoad(address, bytes, mesh::packetBytes);
  }
  TrapKind checkWrite(uint64_t address, uint64_t bytes) const override {
    return node.memory.checkStore(address, bytes, mesh::packetBytes);
  }
  TrapKind checkTarget(uint64_t global, uint64_t bytes) const override {
    Destination target;
    uint64_t offset;
    uint64_t alignment = bytes ? mesh::packetBytes : 1;
    return die.checkRemote(node, global, bytes, alignment, target, offset);
  }
  TrapKind checkNodes(uint64_t rectangle, uint64_t address,
                      uint64_t bytes) const override {
    TrapKind trap = die.checkRectangle(rectangle);
    if (trap == TrapKind::None && bytes &&
        (address < Sram::NullPageSize || !node.memory.contains(address, bytes)))
      return TrapKind::BadRemoteAddress;
    return trap;
  }

  void read(uint64_t address, void *to, unsigned bytes) const override {
    std::memcpy(to, node.memory.bytes() + address, bytes);
  }
  void clear(uint64_t address) override {
    std::memset(node.memory.bytes() + address, 0, mesh::packetBytes);
  }

  bool canSend() override {
    if (die.mesh.canInjectNow(node.id, TrafficClass::Request))
      return true;
    die.askForSlot(node, TrafficClass::Request, true);
    return false;
  }
  void sendData(uint64_t target, std::optional<uint64_t> rectangle,
                const void *data) override {
    PacketDesc packet;
    packet.kind = PacketKind::Store;
    packet.length = mesh::packetBytes;
    packet.payload = data;
    send(packet, target, rectangle);
  }
  void sendSignal(uint64_t target, std::optional<uint64_t> rectangle,
                  unsigned semaphore, uint32_t count) override {
    PacketDesc packet;
    packet.kind = PacketKind::Signal;
    packet.tag = count;
    send(packet, target, rectangle, semaphore);
  }
  bool canOpenPull() override { return die.canOpenPull(node); }
  uint64_t beginPull(uint64_t packets, unsigned semaphore,
                     uint32_t count) override {
    // The engine's part counts as one more.
    node.pulls.push_back(
        {node.nextPull, packets + 1, semaphore, count, agent(), cycle});
    return node.nextPull++;
  }
  void endPull(uint64_t pull) override {
    asked(pull);
    die.countPull(node, pull, cycle);
  }
  void requestPull(uint64_t pull, uint64_t global, uint64_t local,
                   uint64_t bytes) override {
    ++node.openPulls;
    for (PullInFlight &p : node.pulls)
      if (p.number == pull)
        p.beginRequest(bytes / mesh::packetBytes);
    asked(pull);
    PullOrder order{pull, local, bytes};
    PacketDesc packet;
    packet.kind = PacketKind::PullRequest;
    packet.length = sizeof(order);
    packet.payload = &order;
    send(packet, global, std::nullopt);
  }

  bool takeSemaphore(unsigned semaphore, uint32_t count) override {
    uint32_t &value = node.semaphores[semaphore];
    if (value < count)
      return false;
    value -= count;
    if (node.record)
      node.record->events.take(cycle, semaphore, count);
    return true;
  }
  void addToSemaphore(unsigned semaphore, uint32_t count) override {
    die.addToSemaphore(node, semaphore, count, cycle,
                       {node.id, agent(), cycle});
  }
  void waited(uint64_t descriptor, unsigned semaphore,
              uint64_t since) override {
    if (node.record)
      node.record->events.wait(agent(), descriptor, since, cycle,
                               Cause::Semaphore,
                               &node.record->events.poster(semaphore));
  }
  void moved(uint64_t descriptor, uint64_t since, uint64_t end,
             uint64_t credit, uint64_t packets) override {
    if (node.record)
      node.record->events.moved(agent(), descriptor, since, end, credit,
                                packets);
  }
  void listEnded(unsigned list) override {
    const Waker by{node.id, agent(), cycle};
    for (unsigned i = 0; i < threadsPerNode; ++i)
      if (node.threads[i].request.a == list)
        die.wake(node, WaitFor::List, cycle, Cause::ListEngine, i, &by);
  }

private:
  /// The list that is at work.
  uint8_t agent() const { return uint8_t(firstListAgent + list); }
  void asked(uint64_t number) {
    for (PullInFlight &pull : node.pulls)
      if (pull.number == number)
        pull.since = cycle;
  }

  /// To the node of a global address, at its offset unless \p address says
  /// otherwise; or to a rectangle, at \p target.
  void send(PacketDesc &packet, uint64_t target,
            std::optional<uint64_t> rectangle,
            std::optional<uint64_t> address = std::nullopt) {
    packet.source = node.id;
    packet.sender = agent();
    packet.address = target;
    if (rectangle) {
      packet.destination = mesh::Rect::unpack(*rectangle);
    } else {
      Destination to;
      uint64_t bytes = packet.kind == PacketKind::Signal ? 0 : 1;
      die.checkRemote(node, target, bytes, 1, to, packet.address);
      packet.destination = to.rect;
      packet.exit = to.exit;
    }
    if (address)
      packet.address = *address;
    die.inject(node, cycle, packet);
    ++node.sent;
  }

  Die &die;
  Node &node;
  uint64_t cycle;
};

void Die::listRequest(Node &node, unsigned number) {
  NodeThread &thread = node.threads[number];
  const Request &r = thread.request;
  if (r.a >= ListEngine::numLists)
    return raiseTrap(node, number, TrapKind::BadList);
  const unsigned list = unsigned(r.a);
  const uint64_t now = node.timeOf(number);
  const bool busy = node.lists && node.lists->busy(list);
  switch (r.kind) {
  case RequestKind::ListStart: {
    TrapKind trap =
        ListEngine::checkStart(r.b, NodeListPort(*this, node, now));
    if (busy)
      trap = TrapKind::BadList;
    if (trap != TrapKind::None)
      return raiseTrap(node, number, trap);
    if (!node.lists)
      node.lists = std::make_unique<ListEngine>();
    node.lists->start(list, r.b, now);
    if (node.record)
      node.record->events.start(firstListAgent + list, r.b,
                                {node.id, uint8_t(number), now});
    expectLists(node, node.lists->nextEvent());
    return complete(node, number);
  }
  case RequestKind::ListTest:
    thread.state->x[r.reg] = !busy;
    return complete(node, number);
  default: // ListWait
    if (!busy)
      return complete(node, number);
    thread.status = ThreadStatus::Waiting;
    thread.waitFor = WaitFor::List;
  }
}

void Die::expectLists(Node &node, uint64_t cycle) {
  if (cycle >= node.listsAt)
    return;
  node.listsAt = cycle;
  listEvents.push({cycle, node.id});
}

mesh::Cycle Die::nextListDue() const {
  while (!listEvents.empty() &&
         program.nodeAt(listEvents.top().node)->listsAt != listEvents.top().at)
    listEvents.pop();
  return listEvents.empty() ? mesh::never : listEvents.top().at;
}

void Die::doListEvents(mesh::Cycle cycle) {
  while (nextListDue() <= cycle) {
    Node &node = *program.nodeAt(listEvents.top().node);
    if (stopped && stopped->at.node < node.id)
      return;
    listEvents.pop();
    node.listsAt = mesh::never;
    runLists(node, cycle);
  }
}

void Die::runLists(Node &node, uint64_t cycle) {
  // A node's threads may have run ahead to its end.
  if (node.state == Node::State::Done && cycle >= node.endTime)
    return node.lists->stop(node.endTime);
  NodeListPort port(*this, node, cycle);
  ListEngine::Trap trap = node.lists->run(cycle, port);
  if (trap.kind == TrapKind::None)
    return expectLists(node, node.lists->nextEvent());
  stopAt({{cycle, node.id, threadsPerNode + trap.list},
          trap.kind,
          fmt::format("list {}, descriptor at {:#x}{}{}", trap.list,
                      trap.descriptor, trap.detail.empty() ? "" : ": ",
                      trap.detail)});
}
