// The nodes and routers of one die: runs nodes ahead to their next
// synchronisation point and keeps the mesh behind the slowest of them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "HostThreads.h"
#include "InterfaceProcessor.h"
#include "Node.h"
#include "Program.h"
#include "tatami/host/HostFiles.h"
#include "tatami/mesh/Mesh.h"

#include <memory>
#include <optional>
#include <queue>
#include <string>
#include <tuple>
#include <vector>

namespace tatami {

/// A point in the order in which things take effect.
struct Moment {
  uint64_t time = mesh::never;
  mesh::NodeId node = 0;
  unsigned thread = 0;
  friend auto operator<=>(const Moment &, const Moment &) = default;
};

/// Why a run ends before its time.
struct Stop {
  Moment at;
  TrapKind kind = TrapKind::None;
  /// What a trap that no instruction raised is about; else empty.
  std::string detail;
};

/// Text that a node has written and that waits for its turn.
struct Output {
  Moment at;
  uint64_t descriptor;
  std::string text;
};

/// How the parts work together. A node runs until it needs the mesh at its own
/// time (a wait, a test, a host call, a trap): it becomes Sync. The mesh is
/// advanced to the earliest time at which any node can still send something,
/// and what is to happen then is done in the order of (time, node, thread).
/// So the order in which nodes are simulated never shows.
///
/// Two phases take turns. While nodes run, each touches nothing but itself, so
/// they may run on several host threads; what they send is only admitted. Then
/// one host thread hands that to the mesh, moves the mesh, and does what is
/// due.
class Die : public mesh::Sink {
public:
  /// \p files is null if host calls have to wait until every die is there.
  Die(Program &program, unsigned number, HostFiles *files);

  /// Simulates up to \p end, or to stop(), or to pendingCall(). Nothing that
  /// another die does before \p end can reach this one earlier.
  void run(mesh::Cycle end, HostThreads &workers);

  /// The first time at which something can happen; never if all wait.
  mesh::Cycle nextActivity() const;

  /// Set when the run is over before all nodes have ended.
  const std::optional<Stop> &stop() const { return stopped; }
  /// The host call that has to wait for the other dies.
  const std::optional<Moment> &pendingCall() const { return pending; }
  void doPendingCall(HostFiles &files);
  /// Nodes begin nothing in \p cycle or later; those before \p within nothing
  /// behind it.
  void setLimit(mesh::Cycle cycle, mesh::NodeId within = 0) {
    limit = cycle;
    withinLimit = within;
  }
  /// The run ends there unless it ends earlier. What comes before it in the
  /// same cycle is done by the next run().
  void stopAt(Stop stop);

  /// All that changes while time passes, between two windows.
  void save(ArchiveWriter &archive);
  void restore(ArchiveReader &archive);

  std::vector<std::unique_ptr<Node>> nodes; ///< Enabled ones, ascending.
  /// Of a profile: the links, once they are due or \p atEnd.
  void sampleLinks(bool atEnd);
  /// By position in the die; empty without a profile.
  std::vector<Samples> links;
  std::vector<Output> output;
  mesh::Mesh mesh;

  // mesh::Sink
  bool deliver(mesh::Cycle cycle, mesh::NodeId node,
               const mesh::Packet &packet) override;
  bool slotFreed(mesh::Cycle cycle, mesh::NodeId node,
                 mesh::TrafficClass cls) override;

private:
  /// How far nodes run ahead of the mesh at most.
  static constexpr uint64_t quantum = 20000;
  /// The same if a thread of the node waits for the mesh: were another thread
  /// far ahead, its instructions would have taken units that the waiting one
  /// wants earlier.
  static constexpr uint64_t coupledQuantum = 256;

  // Die.cpp: the loop.
  void load(Node &node);
  void runListed(HostThreads &workers);
  void list(Node &node);
  void expect(Node &node);
  /// When the next event is due.
  mesh::Cycle nextDue() const;
  /// When links are to be sampled.
  mesh::Cycle nextSample() const;
  void doEvents(mesh::Cycle cycle);
  /// What comes before the stop in its cycle.
  void finishCycle(HostThreads &workers);
  /// Where the node's limit is.
  mesh::Cycle limitOf(const Node &node) const {
    return limit + (node.id < withinLimit);
  }
  /// False if the node has trapped.
  bool synchronise(Node &node);

  // Running.cpp: one node, touching nothing else.
  void runNode(Node &node);
  /// \p pause: see RunContext::pauseCycle.
  void runThread(Node &node, unsigned thread, uint64_t limit, uint64_t pause);
  /// Runs all threads that can, in turn, up to \p limit or a request of one.
  void runTurns(Node &node, uint64_t limit);
  /// Whether several threads can run, and none needs the mesh first.
  bool takesTurns(const Node &node) const;
  RunContext contextOf(Node &node) const;
  void afterRun(Node &node, const RunContext &context, StopReason reason);
  StopReason traceStep(Node &node, unsigned thread, RunContext &context);

  // Requests.cpp: what instructions ask for.
  void request(Node &node, unsigned thread);
  void synchronisedRequest(Node &node, unsigned thread);
  /// The request is done: the thread goes on behind its instruction.
  void complete(Node &node, unsigned thread);
  void raiseTrap(Node &node, unsigned thread, TrapKind kind);
  void startThread(Node &node, unsigned thread);
  void waitForThread(Node &node, unsigned thread);
  void endThread(Node &node, unsigned thread);
  void readControl(Node &node, unsigned thread);
  void writeControl(Node &node, unsigned thread);
  void refetch(Node &node, unsigned thread);
  /// At the thread's time, or at \p cycle if that is later.
  bool takeSemaphore(Node &node, unsigned thread, uint64_t cycle = 0);
  /// \p by has sent or done it.
  bool addToSemaphore(Node &node, uint64_t index, uint64_t amount,
                      uint64_t cycle, const Waker &by);

  // Lists.cpp: the list engine.
  class NodeListPort;
  void listRequest(Node &node, unsigned thread);
  /// The node's lists have something to do at \p cycle.
  void expectLists(Node &node, uint64_t cycle);
  void runLists(Node &node, uint64_t cycle);
  /// When the next list is due.
  mesh::Cycle nextListDue() const;
  void doListEvents(mesh::Cycle cycle);

  // HostCalls.cpp
  void hostCall(Node &node, unsigned thread);
  int64_t doHostCall(Node &node, unsigned thread, const Request &request,
                     HostFiles *files, TrapKind &trap);
  void finishHostCall(Node &node, unsigned thread, int64_t result,
                      TrapKind trap);
  int64_t copyArguments(Node &node, uint64_t address, uint64_t bytes,
                        TrapKind &trap);
  int64_t write(Node &node, unsigned thread, const Request &request,
                HostFiles *files, TrapKind &trap);

  // MeshRequests.cpp: what goes out to the mesh.
  void meshRequest(Node &node, unsigned thread);
  /// Where a global address leads for \p node, and the offset there. \p bytes
  /// is 0 if only the node counts, as for a signal.
  TrapKind checkRemote(const Node &node, uint64_t address, uint64_t bytes,
                       uint64_t alignment, Destination &to,
                       uint64_t &offset) const;
  TrapKind checkRectangle(uint64_t bits) const;
  TrapKind sendBlock(Node &node, unsigned thread, uint64_t local,
                     uint64_t offset, uint64_t bytes, const Destination &to);
  void queue(Node &node, unsigned thread, const mesh::PacketDesc &packet,
             const void *payload = nullptr, uint32_t count = 1);
  /// A packet of the node enters its send queue.
  void inject(Node &node, mesh::Cycle cycle, const mesh::PacketDesc &packet);
  void queueFence(Node &node, unsigned thread);
  /// Admits what is in the outbox; false if the thread now waits for room.
  bool send(Node &node, unsigned thread, uint64_t cycle);
  void afterSending(Node &node, unsigned thread);
  void arriveAtBarrier(Node &node, unsigned thread);
  mesh::NodeId firstOf(const mesh::Rect &rect) const;
  /// An idealised barrier, at the thread's time: opens it if nobody is missing.
  void reachFreeBarrier(Node &node, unsigned thread);
  /// Hands what is admitted to the mesh, and asks for room.
  void flush(Node &node);
  void askForSlot(Node &node, mesh::TrafficClass cls, bool waiting);

  // Arrivals.cpp: what comes from the mesh.
  InterfaceProcessor &deviceBehind(mesh::NodeId router, mesh::Direction side);
  void reply(Node &node, const Reply &answer, uint64_t cycle);
  void sendReplies(Node &node, uint64_t cycle);
  /// There is room for which threads may wait, by \p reason: \p take(thread)
  /// until one finds none. True if a thread or the lists go on.
  template <typename Take>
  bool giveRoom(Node &node, uint64_t cycle, WaitFor reason, Take take);
  /// A thread of the node can go on at \p cycle: the node runs again.
  void resume(Node &node, uint64_t cycle);
  /// \p by as in Node::delay().
  bool wake(Node &node, WaitFor reason, uint64_t cycle, Cause cause,
            unsigned thread, const Waker *by = nullptr);
  /// Counts who has come to a barrier at its \p first node; true if nobody is
  /// missing any more.
  bool arriveAt(Node &first, uint64_t rect, mesh::Coord from);
  bool countArrival(Node &node, const mesh::Packet &packet, uint64_t cycle);
  bool receivePull(Node &node, const mesh::Packet &packet, uint64_t cycle);
  /// A request for data is answered: who waited to make one can.
  bool endOpenPull(Node &node, uint64_t cycle);
  bool canOpenPull(const Node &node) const {
    return node.openPulls < program.options.config.openPulls;
  }
  /// One of the parts of a pull is done.
  bool countPull(Node &node, uint64_t number, uint64_t cycle);
  /// One thread that waits for the barrier of \p set, a packed rectangle.
  bool releaseFromBarrier(Node &node, uint64_t set, uint64_t cycle,
                          const Waker &last);
  bool acknowledge(Node &node, unsigned thread, uint64_t cycle);

  struct Event {
    mesh::Cycle at;
    mesh::NodeId node;
    friend auto operator<=>(const Event &, const Event &) = default;
  };
  using Events =
      std::priority_queue<Event, std::vector<Event>, std::greater<>>;

  Program &program;
  HostFiles *files;
  std::vector<InterfaceProcessor *> devices; ///< At this die's rim.
  std::vector<Node *> listed; ///< To be run.
  /// When nodes can go on, which they cannot before the mesh is there. Of a
  /// node's events only that of its eventAt counts.
  mutable Events events;
  /// The same for lists and Node::listsAt.
  mutable Events listEvents;
  WorkEstimate runEstimate;
  mesh::Cycle limit = mesh::never;
  mesh::NodeId withinLimit = 0;
  std::optional<Stop> stopped;
  std::optional<Moment> pending;
};

} // namespace tatami
