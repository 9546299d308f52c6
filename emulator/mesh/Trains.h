// The fast model: trains of packets that reserve one link after the other.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "Model.h"

#include <array>
#include <queue>
#include <vector>

namespace tatami::mesh {

/// Packets that are ready at the front of a send queue and go to the same place
/// leave as a train. Where its head arrives, it reserves the output from the
/// first cycle on in which nobody else has; so links are shared and nobody
/// overtakes, but buffers have no end and nothing is ever held back. Cheap,
/// because an event moves up to maxTrain packets over a link; an estimate,
/// because trains do not interleave and nothing jams.
///
/// Everything that happens is an event at a cycle and a router. Events are
/// handled in the order of (cycle, router, port, source, number at the source),
/// which parts and one mesh for all have in common.
class Trains : public Model {
public:
  Trains(const MeshParams &params, const Rect &area);

  size_t packetsInFlight() const override;
  void receive(Direction side, Model &other) override;
  void setOutputStuck(NodeId node, Direction d, bool stuck) override;
  void archive(ArchiveWriter &a) override;
  void archive(ArchiveReader &a) override;

private:
  static constexpr unsigned maxTrain = 16;
  static constexpr uint32_t noTrain = ~0u;

  struct Train {
    uint32_t references = 0; ///< Events and deliveries that name it.
    uint32_t count = 0;
    NodeId source = 0;
    uint64_t sequence = 0;
    /// Each has one reference of the train's.
    std::array<PacketIndex, maxTrain> packets;
  };

  /// The head of a train is at a router; or, without a train, a sender may let
  /// one go.
  struct Event {
    Cycle at;
    RouterIndex router;
    uint8_t port;
    bool first; ///< Before the way-point, if there is one.
    NodeId source;
    uint64_t sequence;
    uint32_t train;
    friend bool operator>(const Event &a, const Event &b) {
      return std::tie(a.at, a.router, a.port, a.source, a.sequence) >
             std::tie(b.at, b.router, b.port, b.source, b.sequence);
    }
  };

  static constexpr uint32_t noDelivery = ~0u;
  /// A train on its way into a node, which takes one packet per cycle.
  struct Delivery {
    Cycle at; ///< Of the next packet.
    uint32_t train;
    uint32_t index;  ///< Of the next packet in the train.
    uint32_t behind; ///< The delivery to the same node that comes after this.
  };
  /// The deliveries to a node, one after the other.
  struct Arrivals {
    uint32_t front = noDelivery, back = noDelivery;
  };
  /// When a node that gets nothing now gets its next packet.
  struct Pause {
    Cycle until;
    RouterIndex router;
    friend bool operator>(const Pause &a, const Pause &b) {
      return std::tie(a.until, a.router) > std::tie(b.until, b.router);
    }
  };

  /// A train that leaves the part; its packets are in Box::packets.
  struct Flight {
    Cycle at;
    uint16_t link;
    bool first;
    uint32_t count;
    NodeId source;
    uint64_t sequence;
    Rect target;
  };
  struct Box {
    std::vector<Flight> flights;
    std::vector<Packet> packets;
  };

  /// What lets a node or a device go: one train after the other.
  struct Sender {
    Cycle free = 0;
    /// Of the event that is under way, or never.
    Cycle next = never;
    unsigned turn = 0; ///< The class that goes first.
  };

  /// Has not left because the output is stuck.
  struct Held {
    RouterIndex router;
    unsigned output;
    bool first;
    uint32_t train;
  };

  void armSendQueue(uint32_t queue) override;
  bool deliverDue(Sink &sink) override;
  Cycle nextOwnEvent() const override;
  bool simulate() override;
  void jump(Cycle cycle) override { currentCycle = cycle; }

  uint32_t createTrain(NodeId source, uint64_t number);
  void release(uint32_t train);
  void depart(uint32_t sender);
  uint32_t takeTrain(uint32_t queue);
  void sendCopies(uint32_t sender, uint32_t queue);
  void start(uint32_t sender, uint32_t train);
  void arrive(const Event &e);
  void take(RouterIndex router, unsigned output, uint32_t train, Cycle at,
            bool first);
  Cycle reserve(RouterIndex router, unsigned side, bool input, Cycle at,
                unsigned packets);
  void bring(RouterIndex router, uint32_t train, Cycle at);
  bool deliverNext(RouterIndex router, Sink &sink);
  void leave(RouterIndex router, unsigned output, uint32_t train, Cycle at,
             bool first);
  unsigned linkCycles(unsigned packets) const {
    return (packets + params.linkPacketsPerCycle - 1) /
           params.linkPacketsPerCycle;
  }
  template <class Archive> void archiveAll(Archive &a);

  std::vector<Train> trains;
  std::vector<uint32_t> freeTrains;
  std::priority_queue<Event, std::vector<Event>, std::greater<>> events;
  std::vector<Delivery> deliveries;
  std::vector<uint32_t> freeDeliveries;
  /// Per router.
  std::vector<Arrivals> arrivals;
  /// The set of routers whose nodes get a packet in every cycle just now, and
  /// how many they are; nodes that get one later are in \c pauses.
  std::vector<uint64_t> busyMap;
  uint64_t busyCount = 0;
  std::priority_queue<Pause, std::vector<Pause>, std::greater<>> pauses;
  /// Per router and output, the first cycle that nobody has reserved.
  std::vector<Cycle> freeFrom;
  /// Per router, the set of outputs that lead to another die, or are stuck.
  std::vector<uint8_t> crossings, stuck;
  std::vector<Held> held;
  std::vector<Sender> senders;
  /// Per limit, cycles times its rate that are reserved.
  std::vector<uint64_t> reserved;
  uint64_t sequence = 0;
  std::array<Box, numLinks> boxes;
};

} // namespace tatami::mesh
