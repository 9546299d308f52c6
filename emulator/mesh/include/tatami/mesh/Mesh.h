// The mesh: credit-based, input-buffered routers in dimension order.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/mesh/MeshParams.h"
#include "tatami/mesh/MeshStats.h"
#include "tatami/mesh/Packet.h"

#include <array>
#include <memory>
#include <span>

namespace tatami {
class ArchiveReader;
class ArchiveWriter;
} // namespace tatami

namespace tatami::mesh {

/// What the mesh calls while it advances. Within a cycle, deliveries to nodes
/// come first, in ascending order of node, then those to devices, in ascending
/// order of node and side, then freed slots, in ascending order of node and
/// class. All may inject (with a time stamp >= \p cycle) and
/// requestSlot(); neither may call advance().
class Sink {
public:
  virtual ~Sink() = default;

  /// \p packet reaches \p node at \p cycle, or, if packet.exit is not Local,
  /// the device behind the router of that node. Returns true if the mesh should
  /// stop at the end of this cycle's deliveries, because a core that waits
  /// can go on.
  virtual bool deliver(Cycle cycle, NodeId node, const Packet &packet) = 0;

  /// The slot asked for with requestSlot() is there: \p node can inject one
  /// packet of class \p cls from \p cycle on. Returns true to stop, as above.
  virtual bool slotFreed(Cycle cycle, NodeId node, TrafficClass cls) {
    (void)cycle, (void)node, (void)cls;
    return true;
  }
};

/// A mesh of routers, or a part of one, advanced by one host thread.
///
/// Model. Every router has five inputs (four links and the node), each with a
/// queue per class, and five outputs. In a cycle each input offers one packet
/// that can move: the head of one of its queues (classes take turns). Each
/// output takes one of the packets that want it (inputs take turns), so a link
/// carries at most one packet per cycle, and one packet enters and one leaves
/// at a node. Where links carry several packets per cycle, all this is done so
/// many times in a cycle, but for the nodes' own ports. Of the packets that
/// want to pass a limit (die edges, edge ports) the links take turns. A packet
/// leaves only if the queue behind the link has room, and
/// room is known creditCycles after a packet has left. Paths run along x, then
/// along y. A multicast forks in the routers: its head keeps the set of outputs
/// it still has to take, and takes each when that output is free.
///
/// Order. Packets of one (source, destination, class) have one path, and every
/// queue on it is a FIFO: they arrive in the order of injection. Packets of one
/// source enter in the order of (time stamp, call of inject()). A multicast and
/// a unicast to one of its nodes share a path as well: the tree's branch to a
/// node is the path that a unicast takes.
///
/// Determinism. State(t+1) is a function of state(t): a cycle first decides all
/// moves from the state at its begin, then applies them. Every queue has one
/// writer (the router before it) and one reader (the router it belongs to),
/// arbitration reads only the router's own turn counters, and what is applied
/// commutes. So the order in which routers are visited cannot matter, and
/// neither can the steps in which time is advanced, nor the order in which
/// different nodes call inject(). For one (node, class), calls are ordered by
/// time stamp; only calls with the same stamp keep the order of the calls.
///
/// Parts. The dies of a grid can be parts, each with a Mesh of its own, so that
/// different host threads can advance them. All parts are advanced to the same
/// cycle, at most MeshParams::window() ahead; then every part receive()s what
/// the others have put out for it: packets and credits with their cycles of
/// arrival, which all lie behind that cycle. What happens is the same as in one
/// Mesh for the whole grid, since a link between dies carries its packets and
/// credits in order either way. Nodes keep their numbers; a part takes packets
/// of its own nodes only.
///
/// Time. now() is the cycle to be simulated next; its deliveries are made when
/// advance() returns, its packets have not moved yet. A node may therefore
/// inject at any time stamp >= now(), also far ahead. Time without traffic
/// costs nothing.
class Mesh {
public:
  /// The whole grid. \p params must pass MeshParams::check().
  explicit Mesh(const MeshParams &params);
  /// One part of the grid, \p part < params.partCount().
  Mesh(const MeshParams &params, unsigned part);
  ~Mesh();
  Mesh(Mesh &&) noexcept;
  Mesh &operator=(Mesh &&) noexcept;

  const MeshParams &params() const;
  const Topology &topology() const { return params().topology; }

  /// True if the send queue has a slot. The answer "yes" holds for every time
  /// stamp, since only this node fills the queue. "No" is definite only for
  /// the present: a node that has run ahead calls requestSlot() and stops, and
  /// goes on at the later of its own time and the cycle it is given.
  bool canInject(NodeId node, TrafficClass cls) const;

  /// Slots left in the send queue (a large number if it has no limit).
  unsigned freeSlots(NodeId node, TrafficClass cls) const;

  /// The same for a sender that does not run ahead: it can inject at now() if
  /// what others of its node have queued for later leaves a slot. So packets
  /// of the future, which the modelled node has not made yet, are in nobody's
  /// way.
  bool canInjectNow(NodeId node, TrafficClass cls) const;

  /// Asks for one call of Sink::slotFreed when the send queue, which is full,
  /// has a slot, be it only for packets of the present.
  void requestSlot(NodeId node, TrafficClass cls);

  /// Queues a packet at its source as of \p cycle >= now(). Needs canInject(),
  /// or canInjectNow() and \p cycle == now().
  /// A single destination must be enabled, a rectangle inside the grid.
  void inject(Cycle cycle, const PacketDesc &packet);

  Cycle now() const;

  /// The first cycle >= now() in which something happens; never if the mesh is
  /// idle (or deadlocked).
  Cycle nextEvent() const;

  /// True if no packet is queued, travelling or about to be delivered.
  bool idle() const;
  /// Packets (not copies) somewhere between inject() and the last delivery.
  size_t packetsInFlight() const;

  /// Takes what other parts have put out for this one since the last time;
  /// \p parts is all of them, in order. To be called for every part when none
  /// is being advanced and all have the same now(); calls for different parts
  /// may run on different host threads at the same time.
  void receive(std::span<Mesh *const> parts);

  /// Advances to \p limit, or to the first cycle in which a Sink call returns
  /// true, or, if \p limit is never, until nothing is left to do. All
  /// deliveries up to and including the new now() are made. Returns now().
  Cycle advance(Cycle limit, Sink &sink);

  /// True if packets are in routers and none has moved for longer than any
  /// packet or credit can be under way: nothing will ever move again. Cannot
  /// happen with dimension order and sinks that accept everything; it is
  /// there to be asserted. A part may stand still as well because another one
  /// keeps its credits; then receive() ends it.
  bool isDeadlocked() const;

  /// Fault injection: while \p stuck, nothing leaves \p node through \p d.
  void setOutputStuck(NodeId node, Direction d, bool stuck);

  /// Saves the state, or loads it into a mesh of the same parameters and the
  /// same part; throws ArchiveError if it was another one. Not to be called
  /// from a Sink.
  void archive(ArchiveWriter &a);
  void archive(ArchiveReader &a);

  /// The part's nodes.
  Rect area() const;
  /// Packets that the links of one of them have carried, by direction.
  std::array<uint64_t, numLinks> linkPackets(NodeId node) const;

  /// Counters since the mesh was built, and the same added to \p sum: those of
  /// all parts make those of the grid.
  MeshStats stats() const;
  void addStats(MeshStats &sum) const;

private:
  std::unique_ptr<class Model> model;
};

} // namespace tatami::mesh
