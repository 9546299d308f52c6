// The state of all routers and how one cycle changes it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "PacketPool.h"
#include "QueueEntry.h"
#include "SendQueues.h"
#include "tatami/mesh/MeshParams.h"
#include "tatami/mesh/MeshStats.h"

#include <queue>
#include <vector>

namespace tatami::mesh {

/// Routers, send queues and packets on their way out. Mesh drives it:
/// wakeDue(), step(), ++now, take what is due for delivery.
///
/// Only routers that hold a packet that can leave soon are visited ("active").
/// What lies further ahead waits in a heap of wake-ups.
class Network {
public:
  explicit Network(const MeshParams &params);

  /// A copy that leaves the mesh at cycle \c at.
  struct Delivery {
    Cycle at;
    NodeId node;
    PacketIndex packet;
  };

  void inject(Cycle cycle, const PacketDesc &desc);
  void requestSlot(uint32_t queue) { slotWanted[queue] = true; }

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

  const MeshParams params;
  PacketPool pool;
  SendQueues sendQueues;
  MeshStats stats;
  /// In order of (at, node).
  std::vector<Delivery> deliveries;
  /// Send queues in which a slot that somebody waits for has become free.
  std::vector<uint32_t> freedSlots;

private:
  static constexpr unsigned queuesPerRouter = numPorts * numClasses;
  static constexpr unsigned localPort = static_cast<unsigned>(Direction::Local);

  /// An input queue of a router: a ring in \c entries. The queue of the local
  /// port has one entry only, a copy of the front of the send queue.
  struct InputQueue {
    uint32_t base;
    uint16_t depth;
    uint16_t head = 0; ///< Written by the router it belongs to only.
    uint16_t tail = 0; ///< Written by the router before it only.
    uint16_t hopCycles;
    uint16_t creditCycles;
  };

  struct Router {
    Coord at;
    /// Set of input queues with a packet, bit = port * numClasses + class.
    uint16_t nonEmpty = 0;
    /// Set of outputs that are stuck (fault injection).
    uint8_t stuck = 0;
    /// Set of ports at which class 1 has the first turn.
    uint8_t classTurn = 0;
    /// Per output, the input that has the first turn.
    uint8_t turn[numPorts] = {};
  };

  /// A decided move: the head of an input queue takes an output.
  struct Move {
    NodeId node;
    uint8_t queue; ///< Within the router.
    uint8_t output;
  };

  struct WakeUp {
    Cycle at;
    uint32_t what; ///< A send queue, or routerFlag | node.
    friend bool operator>(const WakeUp &a, const WakeUp &b) {
      return a.at > b.at;
    }
  };
  static constexpr uint32_t routerFlag = 1u << 31;

  ShortTime shortTime(Cycle cycle) const {
    return cycle > base ? static_cast<ShortTime>(cycle - base) : 0;
  }
  NodeId neighbour(NodeId node, unsigned output) const {
    return node + static_cast<NodeId>(neighbourStep[output]);
  }
  InputQueue &queueBehind(NodeId node, unsigned output, unsigned cls) {
    return inputs[neighbour(node, output) * queuesPerRouter +
                  (output ^ 2) * numClasses + cls];
  }
  void activate(NodeId node);
  void deactivate(NodeId node);
  void sleep(NodeId node);
  void armSendQueue(uint32_t queue);
  void rebase();

  void decide(NodeId node);
  unsigned openOutputs(NodeId node, const Router &r, const QueueEntry &head,
                       unsigned cls);
  void apply(const Move &move);
  void removeHead(NodeId node, unsigned queue);
  template <typename Fn> void forEachActive(Fn visit);

  std::vector<Router> routers;
  std::vector<InputQueue> inputs;
  std::vector<QueueEntry> entries;
  int32_t neighbourStep[numLinks];

  std::vector<uint64_t> activeMap;
  size_t activeCount = 0;
  std::vector<Move> moves;

  std::priority_queue<WakeUp, std::vector<WakeUp>, std::greater<>> wakeUps;
  /// Per send queue, the wake-up that is in the heap for it, or never.
  std::vector<Cycle> sendWake;
  std::vector<bool> slotWanted;

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
