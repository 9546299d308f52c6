// What the models of a mesh have in common: where things are, what nodes hand
// in, what is handed out.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "Detours.h"
#include "PacketPool.h"
#include "Routing.h"
#include "SendQueues.h"
#include "tatami/mesh/Mesh.h"

#include <memory>
#include <queue>
#include <tuple>
#include <vector>

namespace tatami::mesh {

/// Place of a router in the area of a part and the rim round it, in the order
/// of nodes. 0 is no router.
using RouterIndex = uint32_t;

/// A part of the grid, or the whole of it. A model says how packets get from
/// the fronts of the send queues to their deliveries.
class Model {
public:
  static std::unique_ptr<Model> create(const MeshParams &params,
                                       const Rect &area);
  Model(const MeshParams &params, const Rect &area);
  virtual ~Model() = default;

  void inject(Cycle cycle, const PacketDesc &desc);
  unsigned freeSlots(NodeId node, TrafficClass cls) const {
    return sendQueues.freeSlots(sendQueue(node, cls));
  }
  bool canInjectNow(NodeId node, TrafficClass cls) const {
    return sendQueues.hasRoomAt(sendQueue(node, cls),
                                now() + params.injectCycles);
  }
  void requestSlot(NodeId node, TrafficClass cls) {
    slotWanted[sendQueue(node, cls)] = true;
  }
  Cycle now() const { return currentCycle; }
  Cycle nextEvent() const;
  Cycle advance(Cycle limit, Sink &sink);

  /// Packets in boxes included.
  virtual size_t packetsInFlight() const = 0;
  /// Takes what \p other, the part beside this one at \p side, has put out for
  /// it.
  virtual void receive(Direction side, Model &other) = 0;
  virtual bool isDeadlocked() const { return false; }
  virtual void setOutputStuck(NodeId node, Direction d, bool stuck) = 0;
  virtual void archive(ArchiveWriter &a) = 0;
  virtual void archive(ArchiveReader &a) = 0;
  void addStats(MeshStats &sum) const;
  std::array<uint64_t, numLinks> linkPackets(NodeId node) const;

  const MeshParams params;
  const Rect area;

protected:
  static constexpr unsigned localPort = static_cast<unsigned>(Direction::Local);

  /// A router's position, and what is counted there.
  struct Place {
    Coord at;
    NodeId node = 0;
    /// Set of links that lead out of the area: to another part or to a device.
    uint8_t leaving = 0;
    uint64_t sent = 0, received = 0;
    uint64_t linkPackets[numLinks] = {}, linkStalls[numLinks] = {};
  };

  /// A copy for a device, which gets it at cycle \c at.
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

  /// Which limiter counts a link's packets, and the link's number there.
  struct LimitedLink {
    uint32_t limiter;
    uint32_t link;
  };
  static constexpr uint32_t noLimiter = ~0u;

  /// The front of a send queue is another one than before.
  virtual void armSendQueue(uint32_t queue) = 0;
  /// Makes the deliveries to nodes that are due; true if one asks to stop.
  virtual bool deliverDue(Sink &sink) = 0;
  /// The first cycle >= now() in which the model itself has something to do.
  virtual Cycle nextOwnEvent() const = 0;
  /// Simulates the cycle now(), if it has something to do in it, and moves
  /// now() on by one.
  virtual bool simulate() = 0;
  /// Moves now() to \p cycle, before which nothing happens.
  virtual void jump(Cycle cycle) = 0;

  /// Hands out a copy and releases it.
  bool deliver(RouterIndex router, PacketIndex packet, Sink &sink);
  bool deliverToDevices(Sink &sink);
  bool reportFreedSlots(Sink &sink);
  /// A packet has left a send queue for good.
  void popSendQueue(uint32_t queue);

  /// The router of a node, or 0 if it is in another part.
  RouterIndex routerOf(NodeId node) const {
    const NodeId place = node - firstNode;
    return place < routerTable.size() ? routerTable[place] : 0;
  }
  uint32_t sendQueue(NodeId node, TrafficClass cls) const {
    return routerOf(node) * numClasses + static_cast<unsigned>(cls);
  }
  RouterIndex indexOf(Coord c) const {
    return (c.y - area.y0 + 1u) * stride + (c.x - area.x0 + 1u);
  }
  RouterIndex neighbour(RouterIndex router, unsigned output) const {
    return router + static_cast<RouterIndex>(neighbourStep[output]);
  }
  /// The router at place \p link of an edge, and the place of a router there.
  RouterIndex edgeRouter(Direction side, unsigned link) const;
  unsigned edgeLink(Direction side, Coord at) const;
  uint32_t entranceAt(RouterIndex router, unsigned port) const;
  Source sourceOf(uint32_t queue) const;
  uint32_t sendQueueAt(RouterIndex router, unsigned port, unsigned cls) const;
  LimitedLink &limitedLink(RouterIndex router, unsigned side, bool input) {
    return limitedLinks[(router * numLinks + side) * 2 + input];
  }

  PacketIndex createCopy(const Packet &packet, const Rect &target);
  void setTravel(PacketIndex packet);
  /// The outputs that a packet takes at a router. Before its way-point, if it
  /// has one, it is on the \p first virtual channel.
  unsigned routeAt(Coord at, unsigned from, bool first, PacketIndex packet) {
    unsigned outputs = detours ? detour(at, from, first, packet)
                               : route(at, from, pool.destination(packet));
    // Where the path ends, a packet for a device goes on to its side.
    if (!entrances.empty() && outputs >> localPort &&
        pool[packet].exit != Direction::Local)
      outputs = 1u << static_cast<unsigned>(pool[packet].exit);
    return outputs;
  }
  unsigned detour(Coord at, unsigned from, bool first, PacketIndex packet);
  /// The first place from \p place on in a rectangle that has an enabled node,
  /// or its size.
  uint64_t nextTarget(const Rect &rect, uint64_t place) const;
  Rect targetAt(const Rect &rect, uint64_t place) const;

  template <class Archive> void archiveBase(Archive &a);

  PacketPool pool;
  SendQueues sendQueues;
  std::vector<Place> places;
  std::vector<Entrance> entrances;
  int32_t neighbourStep[numLinks];
  /// Bytes per cycle of each limiter. Those of inputs come first.
  std::vector<unsigned> limits;
  size_t inputLimits = 0;
  /// Per router, side and direction (out, in); empty if there are no limits.
  std::vector<LimitedLink> limitedLinks;
  /// If there are dead routers; then all paths come from here.
  std::unique_ptr<Detours> detours;
  /// Per packet; empty without detours.
  std::vector<Travel> travels;

  std::priority_queue<Exit, std::vector<Exit>, std::greater<>> exits;
  uint64_t exitCount = 0;
  std::vector<bool> slotWanted;
  /// Send queues in which a slot that somebody waits for has become free.
  std::vector<uint32_t> freedSlots;
  Cycle currentCycle = 0;
  /// Without what is counted per router.
  MeshStats totals;

private:
  void build();
  void buildLimits();
  void checkInjection(Cycle cycle, const PacketDesc &desc) const;

  /// Places from one row to the next.
  uint32_t stride;
  /// See routerOf(); divisions would cost more.
  NodeId firstNode;
  std::vector<RouterIndex> routerTable;
  /// Scratch memory of reportFreedSlots().
  std::vector<uint32_t> reported;
};

} // namespace tatami::mesh
