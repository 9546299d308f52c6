// The state of the routers of a part and how one cycle changes it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "Box.h"
#include "Detours.h"
#include "Limiter.h"
#include "PacketPool.h"
#include "QueueEntry.h"
#include "SendQueues.h"
#include "tatami/mesh/MeshParams.h"
#include "tatami/mesh/MeshStats.h"

#include <array>
#include <memory>
#include <queue>
#include <tuple>
#include <vector>

namespace tatami::mesh {

/// Routers, send queues and packets on their way out. Mesh drives it:
/// wakeDue(), step(), ++now, take what is due for delivery.
///
/// Only routers that hold a packet that can leave soon are visited ("active").
/// What lies further ahead waits in a heap of wake-ups.
///
/// Round the routers of the area lies a rim of places that stand for what is
/// outside. Where that is another part, the place's input queues mirror the
/// real ones over there: full since the packet left, free again when the credit
/// has come back. So a router looks at the queue behind a link in the same way
/// everywhere.
class Network {
public:
  Network(const MeshParams &params, const Rect &area);

  /// Place of a router in the area and its rim, in the order of nodes.
  using RouterIndex = uint32_t;

  /// A copy that leaves the mesh at cycle \c at.
  struct Delivery {
    Cycle at;
    RouterIndex router;
    PacketIndex packet;
  };
  /// The same for a device.
  struct Exit {
    Cycle at;
    RouterIndex router;
    Direction side;
    uint64_t sequence;
    PacketIndex packet;
    friend bool operator>(const Exit &a, const Exit &b) {
      return std::tie(a.at, a.router, a.side, a.sequence) >
             std::tie(b.at, b.router, b.side, b.sequence);
    }
  };

  void inject(Cycle cycle, const PacketDesc &desc);
  /// The router of a node, or 0, which is none, if it is in another part.
  RouterIndex routerOf(NodeId node) const {
    const NodeId place = node - firstNode;
    return place < routerTable.size() ? routerTable[place] : 0;
  }
  /// The send queue of a node.
  uint32_t sendQueue(NodeId node, TrafficClass cls) const {
    return routerOf(node) * numClasses + static_cast<unsigned>(cls);
  }
  NodeId nodeOf(RouterIndex router) const { return routers[router].node; }
  void requestSlot(uint32_t queue) { slotWanted[queue] = true; }

  /// Takes what a neighbour has put out for this part and empties the box.
  void receive(Direction from, Box &box);

  /// Activates what is to be visited from now() on.
  void wakeDue();
  /// Simulates the cycle now(): all decisions, then all moves; then moves now()
  /// on by one.
  void step();
  /// Moves now() to \p cycle, before which nothing happens.
  void jump(Cycle cycle);

  /// True if step() could move a packet.
  bool canMove() const { return activeCount != 0 && !isDeadlocked(); }
  /// The first cycle in which a sleeping router or node wakes up.
  Cycle nextWake() const { return wakeUps.empty() ? never : wakeUps.top().at; }
  bool isDeadlocked() const {
    return stillCycles > settleCycles && activeCount != 0;
  }

  Cycle now() const { return currentCycle; }
  void setOutputStuck(NodeId node, Direction d, bool stuck);
  void addStats(MeshStats &sum) const;

  /// Everything but what the constructor makes of the parameters.
  template <class Archive> void archive(Archive &a);

  const MeshParams params;
  const Rect area;
  PacketPool pool;
  SendQueues sendQueues;
  /// Without what is counted per router.
  MeshStats totals;
  /// In order of (at, router).
  std::vector<Delivery> deliveries;
  std::priority_queue<Exit, std::vector<Exit>, std::greater<>> exits;
  /// Send queues in which a slot that somebody waits for has become free.
  std::vector<uint32_t> freedSlots;
  /// Per side, what leaves the part there.
  std::array<Box, numLinks> boxes;
  /// Counts what a router sends and receives.
  void countReceived(RouterIndex router) { ++routers[router].received; }

private:
  static constexpr unsigned localPort = static_cast<unsigned>(Direction::Local);
  /// Bits of a port in Router::nonEmpty.
  static constexpr unsigned laneBits = 8;

  /// An input queue of a router: a ring in \c entries. The queue of a port at
  /// which packets enter has one entry only, a copy of the front of the send
  /// queue. The ring of a queue behind a die edge is large and exists from its
  /// first use on; until then the base is 0, where an entry lies that is always
  /// free.
  struct InputQueue {
    uint32_t base;
    uint16_t depth;
    uint16_t head = 0; ///< Written by the router it belongs to only.
    uint16_t tail = 0; ///< Written by the router before it only.
    uint16_t hopCycles;
    uint16_t creditCycles;
  };

  /// How much of a multicast that is sent copy by copy has left a send queue.
  struct Expansion {
    /// Place in the rectangle of the node whose turn it is.
    uint64_t next = 0;
    /// The router sees a copy for that node.
    bool shown = false;
  };

  struct Router {
    Coord at;
    NodeId node = 0;
    /// Set of input queues with a packet, bit = port * laneBits + lane.
    uint64_t nonEmpty = 0;
    /// Set of outputs that are stuck (fault injection).
    uint8_t stuck = 0;
    /// Set of links that lead out of the area: to another part or to a device.
    uint8_t leaving = 0;
    /// Set of ports whose packets come from a send queue.
    uint8_t sources = 1u << localPort;
    /// Set of outputs and of inputs whose packets a limiter counts.
    uint8_t limitedOutputs = 0, limitedInputs = 0;
    /// Per input, the lane that has the first turn.
    uint8_t laneTurn[numPorts] = {};
    /// Per output, the input that has the first turn.
    uint8_t turn[numPorts] = {};

    /// When the node's port last took a packet and last gave one, where links
    /// carry several packets per cycle.
    Cycle lastTaken = never, lastGiven = never;

    uint64_t sent = 0, received = 0;
    uint64_t linkPackets[numLinks] = {}, linkStalls[numLinks] = {};
  };

  /// A decided move: the head of an input queue takes an output.
  struct Move {
    RouterIndex router;
    uint8_t port;
    uint8_t lane;
    uint8_t output;
  };

  /// Which limiter counts a link's packets, and the link's number there.
  struct LimitedLink {
    uint32_t limiter;
    uint32_t link;
  };

  struct WakeUp {
    Cycle at;
    uint32_t what; ///< A send queue, or routerFlag | router.
    friend bool operator>(const WakeUp &a, const WakeUp &b) {
      return a.at > b.at;
    }
  };
  static constexpr uint32_t routerFlag = 1u << 31;

  /// A port at which a device's packets enter.
  struct Entrance {
    RouterIndex router;
    uint8_t port;
    unsigned latency;
  };
  /// A port of a router and one of its classes: where a send queue leads to.
  struct Source {
    RouterIndex router;
    unsigned port;
    unsigned cls;
  };

  RouterIndex indexOf(Coord c) const {
    return (c.y - area.y0 + 1u) * stride + (c.x - area.x0 + 1u);
  }
  RouterIndex edgeRouter(Direction side, unsigned link) const;
  unsigned edgeLink(Direction side, Coord at) const;
  Source sourceOf(uint32_t queue) const;
  uint32_t sendQueueAt(RouterIndex router, unsigned port, unsigned cls) const;
  uint32_t entranceAt(RouterIndex router, unsigned port) const;

  ShortTime shortTime(Cycle cycle) const {
    return cycle > base ? static_cast<ShortTime>(cycle - base) : 0;
  }
  RouterIndex neighbour(RouterIndex router, unsigned output) const {
    return router + static_cast<RouterIndex>(neighbourStep[output]);
  }
  InputQueue &queueAt(RouterIndex router, unsigned port, unsigned lane) {
    return inputs[(router * numPorts + port) * lanes + lane];
  }
  InputQueue &queueBehind(RouterIndex router, unsigned output, unsigned lane) {
    return queueAt(neighbour(router, output), output ^ 2, lane);
  }
  static uint64_t laneBit(unsigned port, unsigned lane) {
    return uint64_t(1) << (port * laneBits + lane);
  }
  static void stepOn(const InputQueue &q, uint16_t &place) {
    place = static_cast<uint16_t>(place + 1 == q.depth ? 0 : place + 1);
  }
  void build();
  void checkInjection(Cycle cycle, const PacketDesc &desc) const;
  void putTail(InputQueue &q, QueueEntry entry);
  PacketIndex createCopy(const Packet &packet, const Rect &target);
  void setTravel(PacketIndex packet);
  unsigned routeAt(const Router &r, unsigned from, unsigned lane,
                   PacketIndex packet);
  unsigned detour(const Router &r, unsigned from, unsigned lane,
                  PacketIndex packet);
  /// The lane that a packet takes behind the router's outputs.
  unsigned laneBehind(const Router &r, PacketIndex packet,
                      unsigned lane) const {
    return detours && lane < numClasses ? detourLane(r, packet, lane) : lane;
  }
  unsigned detourLane(const Router &r, PacketIndex packet, unsigned lane) const;
  PacketIndex showFront(uint32_t queue);
  bool nextCopy(uint32_t queue);
  uint64_t nextTarget(const Rect &rect, uint64_t place) const;
  void enter(RouterIndex router, unsigned port, unsigned lane,
             PacketIndex packet, Cycle arrival);

  void activate(RouterIndex router);
  void deactivate(RouterIndex router);
  void sleep(RouterIndex router);
  void armSendQueue(uint32_t queue);
  void rebase();

  void buildLimits();
  LimitedLink &limitedLink(RouterIndex router, unsigned side, bool input) {
    return limitedLinks[(router * numLinks + side) * 2 + input];
  }
  void decide(RouterIndex router);
  void applyLimits();
  unsigned openOutputs(RouterIndex router, Router &r, const QueueEntry &head,
                       unsigned lane);
  void apply(const Move &move);
  void leave(const Move &move, PacketIndex packet, unsigned lane);
  void removeHead(RouterIndex router, unsigned port, unsigned lane);
  void countStandstill(Cycle cycles);
  template <typename Fn> void forEachActive(Fn visit);

  /// Places from one row to the next.
  uint32_t stride;
  /// See routerOf(); divisions would cost more.
  NodeId firstNode;
  std::vector<RouterIndex> routerTable;
  std::vector<Router> routers;
  /// Queues of an input port: virtual channel * numClasses + class.
  unsigned lanes;
  /// If there are dead routers; then all paths come from here.
  std::unique_ptr<Detours> detours;
  /// Per packet; empty without detours, and so are the expansions.
  std::vector<Travel> travels;
  /// Per send queue.
  std::vector<Expansion> expansions;
  std::vector<InputQueue> inputs;
  std::vector<QueueEntry> entries;
  int32_t neighbourStep[numLinks];
  std::vector<Entrance> entrances;
  /// Those of inputs come first.
  std::vector<Limiter> limiters;
  size_t inputLimiters = 0;
  /// Per router, side and direction (out, in); empty if there are no limiters.
  std::vector<LimitedLink> limitedLinks;

  std::vector<uint64_t> activeMap;
  size_t activeCount = 0;
  std::vector<Move> moves;
  /// Which of the packets that a link carries per cycle are decided now.
  unsigned round = 0;

  std::priority_queue<WakeUp, std::vector<WakeUp>, std::greater<>> wakeUps;
  /// Per send queue, the wake-up that is in the heap for it, or never.
  std::vector<Cycle> sendWake;
  std::vector<bool> slotWanted;
  uint64_t exitCount = 0;

  Cycle currentCycle = 0;
  /// Entries hold times as 32-bit distances from here. Long before they
  /// overflow, base moves up and all entries with it.
  Cycle base = 0;
  /// Cycles in a row in which routers were active and nothing moved.
  unsigned stillCycles = 0;
  /// After so many of them, no packet and no credit can be under way.
  unsigned settleCycles;
  uint64_t visitState;
};

} // namespace tatami::mesh
