// One cycle of all active routers: decide from the old state, then apply.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Enter.h"
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

/// The outputs that \p head, of one of a router's input queues, wants and could
/// take now. Counts the wanted ones that have no room behind them.
inline unsigned Network::openOutputs(RouterIndex router, Router &r,
                                     const QueueEntry &head, unsigned lane) {
  const ShortTime time = shortTime(now());
  unsigned wanted = head.outputs() & ~unsigned(r.stuck);
  if (r.lastTaken == now())
    wanted &= ~localBit;
  unsigned open = wanted & localBit;
  lane = laneBehind(r, head.packet(), lane);
  for (unsigned links = wanted & ~localBit; links; links &= links - 1) {
    const unsigned output = std::countr_zero(links);
    const InputQueue &behind = queueBehind(router, output, lane);
    if (entries[behind.base + behind.tail].hasCredit(time)) {
      open |= 1u << output;
    } else if (round == 0) {
      ++totals.creditStalls;
      ++places[router].linkStalls[output];
    }
  }
  return open;
}

/// Decides which packets of \p router move in this cycle. Reads the state of
/// this router and the free places behind its links; writes nothing that any
/// decision reads.
void Network::decide(RouterIndex router) {
  Router &r = routers[router];
  const ShortTime time = shortTime(now());
  uint64_t bits = r.nonEmpty;
  if (r.lastGiven == now())
    bits &= laneBit(localPort, 0) - 1;

  // Mostly there is one packet, which competes with nobody.
  if (bits && (bits & (bits - 1)) == 0) {
    const unsigned bit = std::countr_zero(bits);
    const auto port = static_cast<uint8_t>(bit / laneBits);
    const auto lane = static_cast<uint8_t>(bit % laneBits);
    const InputQueue &q = queueAt(router, port, lane);
    const QueueEntry head = entries[q.base + q.head];
    if (head.time > time) {
      sleep(router);
      return;
    }
    for (unsigned o = openOutputs(router, r, head, lane); o; o &= o - 1)
      moves.push_back(
          {router, port, lane, static_cast<uint8_t>(std::countr_zero(o))});
    return;
  }

  const unsigned laneMask = (1u << lanes) - 1;

  unsigned requests[numPorts] = {}; // Per output the inputs that want it.
  uint8_t offered[numPorts];        // Per input the lane whose head it offers.
  unsigned wantedOutputs = 0;
  bool anyArrived = false;
  uint64_t losses = 0;

  while (bits) {
    const unsigned port = std::countr_zero(bits) / laneBits;
    unsigned candidates = bits >> (port * laneBits) & laneMask;
    bits &= ~(uint64_t(laneMask) << (port * laneBits));
    while (candidates) {
      const unsigned lane = firstFrom(r.laneTurn[port], candidates);
      candidates &= ~(1u << lane);
      const InputQueue &q = queueAt(router, port, lane);
      const QueueEntry head = entries[q.base + q.head];
      if (head.time > time)
        continue;
      anyArrived = true;
      const unsigned open = openOutputs(router, r, head, lane);
      if (!open)
        continue;
      offered[port] = static_cast<uint8_t>(lane);
      for (unsigned o = open; o; o &= o - 1) {
        requests[std::countr_zero(o)] |= 1u << port;
        ++losses; // Taken back if it wins.
      }
      wantedOutputs |= open;
      break;
    }
  }
  if (!anyArrived) {
    sleep(router);
    return;
  }

  for (; wantedOutputs; wantedOutputs &= wantedOutputs - 1) {
    const unsigned output = std::countr_zero(wantedOutputs);
    const unsigned input = firstFrom(r.turn[output], requests[output]);
    --losses;
    moves.push_back({router, static_cast<uint8_t>(input), offered[input],
                     static_cast<uint8_t>(output)});
  }
  if (round + 1 == params.linkPacketsPerCycle)
    totals.arbitrationLosses += losses;
}

/// Takes back the moves for which a limit leaves no room. A packet that comes
/// from a device may meet two limits; it passes the way in first.
void Network::applyLimits() {
  constexpr uint8_t denied = 0xff;
  auto collect = [&](bool input) {
    for (uint32_t i = 0; i < moves.size(); ++i) {
      const Move &m = moves[i];
      const Router &r = routers[m.router];
      const unsigned side = input ? m.port : m.output;
      if (m.output == denied ||
          !((input ? r.limitedInputs : r.limitedOutputs) >> side & 1))
        continue;
      const LimitedLink &l = limitedLink(m.router, side, input);
      limiters[l.limiter].ask(l.link, i);
    }
  };
  auto deny = [&](uint32_t i) {
    Move &m = moves[i];
    totals.limitStalls += round == 0;
    m.output = denied;
  };
  collect(true);
  for (size_t i = 0; i < inputLimits; ++i)
    limiters[i].grant(now(), deny);
  collect(false);
  for (size_t i = inputLimits; i < limiters.size(); ++i)
    limiters[i].grant(now(), [&](uint32_t move) {
      const Move &m = moves[move];
      if (routers[m.router].limitedInputs >> m.port & 1)
        limiters[limitedLink(m.router, m.port, true).limiter].giveBack();
      deny(move);
    });
  std::erase_if(moves, [](const Move &m) { return m.output == denied; });
}

/// Frees the head of an input queue all of whose outputs have been taken.
inline void Network::removeHead(RouterIndex router, unsigned port,
                                unsigned lane) {
  Router &r = routers[router];
  if (r.sources >> port & 1) {
    const uint32_t queue = sendQueueAt(router, port, lane % numClasses);
    if (detours && nextCopy(queue))
      return;
    popSendQueue(queue);
    armSendQueue(queue);
    return;
  }
  InputQueue &q = queueAt(router, port, lane);
  entries[q.base + q.head] = {0, shortTime(now()) + q.creditCycles};
  stepOn(q, q.head);
  if (!entries[q.base + q.head].isFull()) {
    r.nonEmpty &= ~laneBit(port, lane);
    if (!r.nonEmpty)
      deactivate(router);
  }
  if (r.leaving >> port & 1) {
    const auto side = static_cast<Direction>(port);
    boxes[port].credits.push_back({now() + q.creditCycles,
                                   static_cast<uint16_t>(edgeLink(side, r.at)),
                                   static_cast<uint8_t>(lane)});
  }
}

/// Sends a packet out of the area: to the part beside it or to a device.
void Network::leave(const Move &move, PacketIndex packet, unsigned lane) {
  const Router &r = routers[move.router];
  const auto side = static_cast<Direction>(move.output);
  if (const EdgePort *port = params.edgePort(r.at, side)) {
    exits.push({now() + port->latency, move.router, side, exitCount++, packet});
    return;
  }
  InputQueue &mirror = queueBehind(move.router, move.output, lane);
  putTail(mirror, QueueEntry::full(packet, localBit, 0));
  boxes[move.output].packets.push_back(
      {now() + mirror.hopCycles, static_cast<uint16_t>(edgeLink(side, r.at)),
       static_cast<uint8_t>(lane), pool.destination(packet), pool[packet]});
  pool.release(packet);
}

void Network::apply(const Move &move) {
  Router &r = routers[move.router];
  // The next input at this output and the next lane at this input go first
  // next time.
  r.turn[move.output] =
      static_cast<uint8_t>(move.port + 1 == numPorts ? 0 : move.port + 1);
  r.laneTurn[move.port] =
      static_cast<uint8_t>(move.lane + 1u == lanes ? 0 : move.lane + 1);

  if (params.linkPacketsPerCycle > 1) {
    if (move.output == localPort)
      r.lastTaken = now();
    if (move.port == localPort)
      r.lastGiven = now();
  }

  const InputQueue &q = queueAt(move.router, move.port, move.lane);
  QueueEntry &head = entries[q.base + q.head];
  const PacketIndex packet = head.packet();
  const unsigned lane = laneBehind(r, packet, move.lane);
  head.clearOutput(move.output);
  // The last copy takes over the reference of the queue entry.
  if (head.isFull())
    pool.addRef(packet);
  else
    removeHead(move.router, move.port, move.lane);

  if (move.output == localPort) {
    deliveries.push_back({now() + params.ejectCycles, move.router, packet});
    return;
  }
  ++places[move.router].linkPackets[move.output];
  ++totals.hops;
  if (r.leaving >> move.output & 1)
    return leave(move, packet, lane);
  const unsigned port = move.output ^ 2;
  const RouterIndex next = neighbour(move.router, move.output);
  enter(next, port, lane, packet, now() + queueAt(next, port, lane).hopCycles);
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
    std::vector<RouterIndex> order;
    for (RouterIndex i = 0; i < routers.size(); ++i)
      if (activeMap[i / 64] >> (i % 64) & 1)
        order.push_back(i);
    shuffle(order, visitState);
    std::for_each(order.begin(), order.end(), visit);
    return;
  }
  // A visit may take its own router off the map, but no other.
  for (size_t w = 0; w < activeMap.size(); ++w)
    for (uint64_t bits = activeMap[w]; bits; bits &= bits - 1)
      visit(static_cast<RouterIndex>(w * 64 + std::countr_zero(bits)));
}

/// Counts the stalls of \p cycles in which nothing moves: in each of them every
/// head waits for the same credits.
void Network::countStandstill(Cycle cycles) {
  forEachActive([&](RouterIndex router) {
    Router &r = routers[router];
    for (uint64_t bits = r.nonEmpty; bits; bits &= bits - 1) {
      const unsigned bit = std::countr_zero(bits);
      const InputQueue &q = queueAt(router, bit / laneBits, bit % laneBits);
      const unsigned wanted =
          entries[q.base + q.head].outputs() & ~unsigned(r.stuck) & ~localBit;
      for (unsigned links = wanted; links; links &= links - 1) {
        places[router].linkStalls[std::countr_zero(links)] += cycles;
        totals.creditStalls += cycles;
      }
    }
  });
}

void Network::step() {
  ++stillCycles;
  const size_t firstNew = deliveries.size();
  for (round = 0; round < params.linkPacketsPerCycle; ++round) {
    moves.clear();
    forEachActive([this](RouterIndex i) { decide(i); });
    if (moves.empty())
      break;
    stillCycles = 0;
    if (params.visitSeed)
      shuffle(moves, visitState);
    if (!limiters.empty())
      applyLimits();
    for (const Move &m : moves)
      apply(m);
  }

  // Already in order unless the visits were shuffled.
  auto byRouter = [](const Delivery &a, const Delivery &b) {
    return a.router < b.router;
  };
  const auto fresh = deliveries.begin() + static_cast<ptrdiff_t>(firstNew);
  if (!std::is_sorted(fresh, deliveries.end(), byRouter))
    std::sort(fresh, deliveries.end(), byRouter);
  ++currentCycle;
  rebase();
}

} // namespace tatami::mesh
