// The machine's inside: runs nodes ahead to their next synchronisation point
// and keeps the mesh behind the slowest of them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "Interpreter.h"
#include "Node.h"
#include "tatami/debug/CallStack.h"
#include "tatami/host/HostFiles.h"
#include "tatami/machine/Machine.h"
#include "tatami/mesh/Mesh.h"

#include <optional>

namespace tatami {

/// Why a program stopped itself with `brk number`; empty if nobody knows.
std::string_view breakReason(uint64_t number);

/// How the parts work together. A node runs until it needs the mesh at its own
/// time (a wait, a test, a host call, a trap): it becomes Sync. The mesh is
/// advanced to the earliest time at which any node can still send something,
/// and what is to happen then is done in the order of (time, node, thread).
/// So the order in which nodes are simulated never shows.
class Machine::Impl : public mesh::Sink {
public:
  Impl(const MachineOptions &options, Image image, std::string &error);

  RunResult run();

  // mesh::Sink
  bool deliver(mesh::Cycle cycle, mesh::NodeId node,
               const mesh::Packet &packet) override;
  bool slotFreed(mesh::Cycle cycle, mesh::NodeId node,
                 mesh::TrafficClass cls) override;

private:
  /// How far nodes run ahead of the mesh at most.
  static constexpr uint64_t quantum = 20000;

  // Machine.cpp: the loop.
  void load(Node &node);
  void simulate();
  void runNode(Node &node, uint64_t horizon);
  /// Runs the thread up to \p limit or a request; returns false if the thread
  /// stopped to wait or to synchronise.
  void runThread(Node &node, unsigned thread, uint64_t limit);
  bool pickThread(const Node &node, unsigned &thread, uint64_t &next) const;
  void synchronise(Node &node);
  void endNode(Node &node, int status, uint64_t time);
  void finish(Stats &stats);

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
  bool takeSemaphore(Node &node, unsigned thread);
  bool addToSemaphore(Node &node, uint64_t index, uint64_t amount,
                      uint64_t cycle);

  // HostCalls.cpp
  void hostCall(Node &node, unsigned thread);
  int64_t doHostCall(Node &node, unsigned thread, const Request &request,
                     TrapKind &trap);
  int64_t copyArguments(Node &node, uint64_t address, uint64_t bytes,
                        TrapKind &trap);
  bool readString(Node &node, uint64_t address, std::string &text,
                  TrapKind &trap);
  void beginRegion(Node &node, unsigned thread, std::string name);
  void endRegion(Node &node, unsigned thread);

  // MeshRequests.cpp: what goes out to the mesh and what comes from it.
  void meshRequest(Node &node, unsigned thread);
  TrapKind checkRemote(const Node &node, uint64_t address, uint64_t bytes,
                       uint64_t alignment, mesh::NodeId &target,
                       uint64_t &offset) const;
  TrapKind checkRectangle(uint64_t bits) const;
  TrapKind sendBlock(Node &node, unsigned thread, uint64_t local,
                     uint64_t offset, uint64_t bytes, mesh::Rect to);
  void queue(NodeThread &thread, const mesh::PacketDesc &packet,
             const void *payload = nullptr);
  void queueFence(Node &node, unsigned thread);
  /// Sends what is in the outbox; false if the thread now waits for room.
  bool send(Node &node, unsigned thread, uint64_t cycle);
  void afterSending(Node &node, unsigned thread);
  void arriveAtBarrier(Node &node, unsigned thread);
  void reply(Node &node, const mesh::PacketDesc &packet, uint64_t cycle);
  /// A thread of the node can go on at \p cycle: the node runs again.
  void resume(Node &node, uint64_t cycle);
  bool wake(Node &node, WaitFor reason, uint64_t cycle, Cause cause,
            std::optional<unsigned> thread = std::nullopt);
  bool countArrival(Node &node, const mesh::Packet &packet, uint64_t cycle);
  bool receivePull(Node &node, const mesh::Packet &packet, uint64_t cycle);

  // Report.cpp
  std::string trapReport(const Node &node, unsigned thread, TrapKind kind,
                         uint64_t cycle) const;
  std::string deadlockReport() const;
  std::string place(uint64_t pc) const;
  /// The call stack of a thread, indented by \p indent; empty if the image
  /// has no information on frames.
  std::string callStack(const Node &node, unsigned thread, size_t limit,
                        const std::string &indent) const;
  /// What was going on when the run was cut off.
  std::string runningThreads() const;
  StopReason traceStep(Node &node, unsigned thread, RunContext &context);

  Node *nodeAt(mesh::NodeId id) { return nodeOf[id]; }
  mesh::Rect rectOf(mesh::NodeId id) const {
    return mesh::Rect::at(mesh.topology().coord(id));
  }

  MachineOptions options;
  Image image;
  /// Made when the first report needs it.
  mutable std::unique_ptr<debug::CallStackReader> stackReader;
  const isa::TimingModel *model = nullptr;
  const HostLevel *level = nullptr;
  HostFiles files;
  mesh::Mesh mesh;
  std::vector<std::unique_ptr<Node>> nodes; ///< Enabled ones, ascending.
  std::vector<Node *> nodeOf;               ///< By number; null if disabled.
  std::map<std::string, RegionStats> regions;
  std::map<std::pair<std::string, mesh::NodeId>, uint64_t> regionCycles;

  /// Set when the run is over before all nodes have ended.
  bool stopped = false;
  int stopStatus = 0;
  std::string report;
};

} // namespace tatami
