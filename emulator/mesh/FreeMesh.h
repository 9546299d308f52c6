// A mesh that costs nothing, to say what a program would take without the real
// one in its way.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "Model.h"

#include <queue>
#include <vector>

namespace tatami::mesh {

/// What is ready leaves its send queue, one packet a cycle, and is where it
/// goes ejectCycles later, however far that is and whatever else arrives
/// there. Packets of one queue stay in order. There are no links, so nothing
/// on the way can be full, stuck, or shared; and no parts: it is always the
/// whole grid.
class FreeMesh : public Model {
public:
  FreeMesh(const MeshParams &params, const Rect &area);

  size_t packetsInFlight() const override { return pool.live(); }
  void receive(Direction, Model &) override {}
  void setOutputStuck(NodeId, Direction, bool) override {}
  void archive(ArchiveWriter &a) override;
  void archive(ArchiveReader &a) override;

private:
  /// The front of a send queue may leave.
  struct Event {
    Cycle at;
    uint32_t queue;
    friend bool operator>(const Event &a, const Event &b) {
      return std::tie(a.at, a.queue) > std::tie(b.at, b.queue);
    }
  };
  struct Delivery {
    Cycle at;
    RouterIndex router;
    PacketIndex packet;
  };

  void armSendQueue(uint32_t queue) override;
  bool deliverDue(Sink &sink) override;
  Cycle nextOwnEvent() const override;
  bool simulate() override;
  void jump(Cycle cycle) override { currentCycle = cycle; }
  void depart(uint32_t queue);
  template <class Archive> void archiveAll(Archive &a);

  std::priority_queue<Event, std::vector<Event>, std::greater<>> events;
  /// Per send queue: of its event that counts, or never; and the first cycle
  /// in which it may let a packet go.
  std::vector<Cycle> armed, freeFrom;
  /// In order of (at, router, order of departure), from nextDelivery on.
  std::vector<Delivery> deliveries;
  size_t nextDelivery = 0;
};

} // namespace tatami::mesh
