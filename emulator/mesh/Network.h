// The state of the routers of a part and how one cycle changes it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "Box.h"
#include "Limiter.h"
#include "Model.h"
#include "QueueEntry.h"
#include "tatami/mesh/MeshParams.h"
#include "tatami/mesh/MeshStats.h"

#include <array>
#include <memory>
#include <queue>
#include <tuple>
#include <vector>

namespace tatami::mesh {

/// The credit-based, input-buffered routers that Mesh describes.
///
/// Only routers that hold a packet that can leave soon are visited ("active").
/// What lies further ahead waits in a heap of wake-ups.
///
/// Round the routers of the area lies a rim of places that stand for what is
/// outside. Where that is another part, the place's input queues mirror the
/// real ones over there: full since the packet left, free again when the credit
/// has come back. So a router looks at the queue behind a link in the same way
/// everywhere.
class Network : public Model {
public:
  Network(const MeshParams &params, const Rect &area);

  size_t packetsInFlight() const override;
  void receive(Direction side, Model &other) override;
  bool isDeadlocked() const override {
    return stillCycles > settleCycles && activeCount != 0;
  }
  void setOutputStuck(NodeId node, Direction d, bool stuck) override;
  void archive(ArchiveWriter &a) override;
  void archive(ArchiveReader &a) override;

private:
  void armSendQueue(uint32_t queue) override;
  bool deliverDue(Sink &sink) override;
  Cycle nextOwnEvent() const override;
  bool simulate() override;
  void jump(Cycle cycle) override;

  /// A copy that leaves the mesh at cycle \c at.
  struct Delivery {
    Cycle at;
    RouterIndex router;
    PacketIndex packet;
  };

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
  };

  /// A decided move: the head of an input queue takes an output.
  struct Move {
    RouterIndex router;
    uint8_t port;
    uint8_t lane;
    uint8_t output;
  };

  struct WakeUp {
    Cycle at;
    uint32_t what; ///< A send queue, or routerFlag | router.
    friend bool operator>(const WakeUp &a, const WakeUp &b) {
      return a.at > b.at;
    }
  };
  static constexpr uint32_t routerFlag = 1u << 31;

  ShortTime shortTime(Cycle cycle) const {
    return cycle > base ? static_cast<ShortTime>(cycle - base) : 0;
  }
  InputQueue &queueAt(RouterIndex router, unsigned port, unsigned lane) {
    return inputs[(router * numPorts + port) << laneShift | lane];
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
  void putTail(InputQueue &q, QueueEntry entry);
  /// The lane that a packet takes behind the router's outputs.
  unsigned laneBehind(const Router &r, PacketIndex packet,
                      unsigned lane) const {
    return detours && lane < numClasses ? detourLane(r, packet, lane) : lane;
  }
  unsigned detourLane(const Router &r, PacketIndex packet, unsigned lane) const;
  PacketIndex showFront(uint32_t queue);
  bool nextCopy(uint32_t queue);
  void enter(RouterIndex router, unsigned port, unsigned lane,
             PacketIndex packet, Cycle arrival);

  void activate(RouterIndex router);
  void deactivate(RouterIndex router);
  void sleep(RouterIndex router);
  void rebase();

  /// Activates what is to be visited from now() on.
  void wakeDue();
  /// True if step() could move a packet.
  bool canMove() const { return activeCount != 0 && !isDeadlocked(); }
  /// Simulates the cycle now(): all decisions, then all moves; then moves now()
  /// on by one.
  void step();
  template <class Archive> void archiveAll(Archive &a);

  void decide(RouterIndex router);
  void applyLimits();
  unsigned openOutputs(RouterIndex router, Router &r, const QueueEntry &head,
                       unsigned lane);
  void apply(const Move &move);
  void leave(const Move &move, PacketIndex packet, unsigned lane);
  void removeHead(RouterIndex router, unsigned port, unsigned lane);
  void countStandstill(Cycle cycles);
  template <typename Fn> void forEachActive(Fn visit);

  std::vector<Router> routers;
  /// Queues of an input port: virtual channel * numClasses + class.
  unsigned lanes;
  /// Places for them in \c inputs, as a power of two.
  unsigned laneShift;
  /// Per send queue; empty without detours.
  std::vector<Expansion> expansions;
  std::vector<InputQueue> inputs;
  std::vector<QueueEntry> entries;
  /// Those of inputs come first.
  std::vector<Limiter> limiters;

  std::vector<uint64_t> activeMap;
  size_t activeCount = 0;
  std::vector<Move> moves;
  /// In order of (at, router); those before the next one have been made.
  std::vector<Delivery> deliveries;
  size_t nextDelivery = 0;
  /// Per side, what leaves the part there.
  std::array<Box, numLinks> boxes;
  /// Which of the packets that a link carries per cycle are decided now.
  unsigned round = 0;

  std::priority_queue<WakeUp, std::vector<WakeUp>, std::greater<>> wakeUps;
  /// Per send queue, the wake-up that is in the heap for it, or never.
  std::vector<Cycle> sendWake;
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
