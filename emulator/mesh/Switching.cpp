// One cycle of all active routers: decide from the old state, then apply.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Network.h"

#include "Routing.h"

#include <algorithm>
#include <bit>

namespace tatami::mesh {

static constexpr unsigned localBit = 1u
                                     << static_cast<unsigned>(Direction::Local);

/// The first member of \p set (of ports), starting with \p first, in circular
/// order.
static unsigned firstFrom(unsigned first, unsigned set) {
  const unsigned later = set >> first << first;
  return std::countr_zero(later ? later : set);
}

/// The outputs that \p head, of a router's input queue of class \p cls, wants
/// and could take now. Counts the wanted ones that have no room behind them.
inline unsigned Network::openOutputs(NodeId node, const Router &r,
                                     const QueueEntry &head, unsigned cls) {
  const ShortTime time = shortTime(now());
  const unsigned wanted = head.outputs() & ~unsigned(r.stuck);
  unsigned open = wanted & localBit;
  for (unsigned links = wanted & ~localBit; links; links &= links - 1) {
    const unsigned output = std::countr_zero(links);
    const InputQueue &behind = queueBehind(node, output, cls);
    if (entries[behind.base + behind.tail].hasCredit(time)) {
      open |= 1u << output;
    } else {
      ++stats.creditStalls;
      ++stats.linkCreditStalls[node * numLinks + output];
    }
  }
  return open;
}

/// Decides which packets of \p node move in this cycle. Reads the state of
/// this router and the free places behind its links; writes nothing that
/// another router's decision reads.
void Network::decide(NodeId node) {
  Router &r = routers[node];
  const ShortTime time = shortTime(now());
  const InputQueue *queues = &inputs[node * queuesPerRouter];
  constexpr unsigned pairMask = (1u << numClasses) - 1;

  unsigned requests[numPorts] = {}; // Per output the inputs that want it.
  uint8_t offered[numPorts];        // Per input the queue whose head it offers.
  unsigned wantedOutputs = 0;
  bool anyArrived = false;

  for (unsigned bits = r.nonEmpty; bits;) {
    const unsigned port = std::countr_zero(bits) / numClasses;
    unsigned candidates = bits >> (port * numClasses) & pairMask;
    bits &= ~(pairMask << (port * numClasses));
    while (candidates) {
      const unsigned preferred = r.classTurn >> port & 1;
      const unsigned cls = candidates >> preferred & 1
                               ? preferred
                               : unsigned(std::countr_zero(candidates));
      candidates &= ~(1u << cls);
      const InputQueue &q = queues[port * numClasses + cls];
      const QueueEntry head = entries[q.base + q.head];
      if (head.time > time)
        continue;
      anyArrived = true;
      const unsigned open = openOutputs(node, r, head, cls);
      if (!open)
        continue;
      offered[port] = static_cast<uint8_t>(port * numClasses + cls);
      for (unsigned o = open; o; o &= o - 1) {
        requests[std::countr_zero(o)] |= 1u << port;
        ++stats.arbitrationLosses; // Taken back if it wins.
      }
      wantedOutputs |= open;
      break;
    }
  }
  if (!anyArrived) {
    sleep(node);
    return;
  }

  for (; wantedOutputs; wantedOutputs &= wantedOutputs - 1) {
    const unsigned output = std::countr_zero(wantedOutputs);
    const unsigned input = firstFrom(r.turn[output], requests[output]);
    --stats.arbitrationLosses;
    r.turn[output] =
        static_cast<uint8_t>(input + 1 == numPorts ? 0 : input + 1);
    // Let the other class go first at this input next time.
    if (offered[input] % numClasses)
      r.classTurn &= ~(1u << input);
    else
      r.classTurn |= 1u << input;
    moves.push_back({node, offered[input], static_cast<uint8_t>(output)});
  }
}

/// Frees the head of an input queue all of whose outputs have been taken.
inline void Network::removeHead(NodeId node, unsigned queue) {
  Router &r = routers[node];
  const unsigned cls = queue % numClasses;
  if (queue / numClasses == localPort) {
    const uint32_t sendQueue = node * numClasses + cls;
    sendQueues.pop(sendQueue);
    ++stats.nodeSent[node];
    if (slotWanted[sendQueue]) {
      slotWanted[sendQueue] = false;
      freedSlots.push_back(sendQueue);
    }
    armSendQueue(sendQueue);
    return;
  }
  InputQueue &q = inputs[node * queuesPerRouter + queue];
  QueueEntry &head = entries[q.base + q.head];
  head = {0, shortTime(now()) + q.creditCycles};
  q.head = static_cast<uint16_t>(q.head + 1 == q.depth ? 0 : q.head + 1);
  if (!entries[q.base + q.head].isFull()) {
    r.nonEmpty &= ~(1u << queue);
    if (!r.nonEmpty)
      deactivate(node);
  }
}

void Network::apply(const Move &move) {
  const InputQueue &q = inputs[move.node * queuesPerRouter + move.queue];
  QueueEntry &head = entries[q.base + q.head];
  const PacketIndex packet = head.packet();
  head.clearOutput(move.output);
  // The last copy takes over the reference of the queue entry.
  if (head.isFull())
    pool.addRef(packet);
  else
    removeHead(move.node, move.queue);

  if (move.output == localPort) {
    deliveries.push_back({now() + params.ejectCycles, move.node, packet});
    return;
  }
  const unsigned cls = move.queue % numClasses;
  const NodeId next = neighbour(move.node, move.output);
  const unsigned port = move.output ^ 2;
  InputQueue &behind = queueBehind(move.node, move.output, cls);
  Router &r = routers[next];
  entries[behind.base + behind.tail] =
      QueueEntry::full(packet, route(r.at, port, pool.destination(packet)),
                       shortTime(now()) + behind.hopCycles);
  behind.tail = static_cast<uint16_t>(
      behind.tail + 1 == behind.depth ? 0 : behind.tail + 1);
  r.nonEmpty |= 1u << (port * numClasses + cls);
  activate(next);
  ++stats.hops;
  ++stats.linkPackets[move.node * numLinks + move.output];
}

/// Fisher-Yates with a xorshift generator, for MeshParams::visitSeed.
template <typename T> static void shuffle(std::vector<T> &list, uint64_t &s) {
  for (size_t i = list.size(); i > 1; --i) {
    s ^= s << 13, s ^= s >> 7, s ^= s << 17;
    std::swap(list[i - 1], list[s % i]);
  }
}

template <typename Fn> inline void Network::forEachActive(Fn visit) {
  if (params.visitSeed) {
    std::vector<NodeId> order;
    for (NodeId n = 0; n < routers.size(); ++n)
      if (activeMap[n / 64] >> (n % 64) & 1)
        order.push_back(n);
    shuffle(order, visitState);
    std::for_each(order.begin(), order.end(), visit);
    return;
  }
  // A visit may take its own router off the map, but no other.
  for (size_t w = 0; w < activeMap.size(); ++w)
    for (uint64_t bits = activeMap[w]; bits; bits &= bits - 1)
      visit(static_cast<NodeId>(w * 64 + std::countr_zero(bits)));
}

void Network::step() {
  moves.clear();
  forEachActive([this](NodeId n) { decide(n); });
  if (params.visitSeed)
    shuffle(moves, visitState);

  ++stillCycles;
  const size_t firstNew = deliveries.size();
  for (const Move &m : moves)
    apply(m);
  if (!moves.empty())
    stillCycles = 0;

  // Already in order unless the visits were shuffled.
  auto byNode = [](const Delivery &a, const Delivery &b) {
    return a.node < b.node;
  };
  if (!std::is_sorted(deliveries.begin() + firstNew, deliveries.end(), byNode))
    std::sort(deliveries.begin() + firstNew, deliveries.end(), byNode);
  ++currentCycle;
  rebase();
}

} // namespace tatami::mesh
