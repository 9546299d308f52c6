// A node as the machine keeps it: memory, semaphores, threads and what each of
// them is doing.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "Interpreter.h"
#include "tatami/machine/Code.h"
#include "tatami/mesh/Packet.h"
#include "tatami/node/Sram.h"
#include "tatami/node/ThreadState.h"
#include "tatami/semantics/Facts.h"
#include "tatami/timing/Scoreboard.h"
#include "tatami/trace/Stats.h"

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace tatami {

inline constexpr unsigned threadsPerNode = 4;
inline constexpr unsigned semaphoresPerNode = 64;

enum class ThreadStatus : uint8_t {
  Off,     ///< Never started, or ended.
  Running, ///< Can execute its next instruction.
  Sync,    ///< Wants something that needs the mesh at the thread's time.
  Waiting, ///< Until somebody wakes it; see WaitFor.
};

enum class WaitFor : uint8_t {
  Nothing,
  MeshSlot,   ///< Room in the send queue.
  RemoteLoad, ///< The reply.
  Fence,      ///< Acknowledgements.
  BarrierFence, ///< The same, before arriving at a barrier.
  Barrier,    ///< The release.
  Semaphore,
  ThreadEnd,
};

/// A packet that waits for room in the send queue.
struct Outgoing {
  mesh::PacketDesc packet;
  std::array<uint8_t, mesh::packetBytes> payload;
};

struct NodeThread {
  ThreadState state;
  ThreadStatus status = ThreadStatus::Off;
  WaitFor waitFor = WaitFor::Nothing;
  /// What the thread waits for once its packets are sent.
  WaitFor afterSending = WaitFor::Nothing;
  /// The request being done, or the trap, if syncTrap is not None.
  Request request = {};
  TrapKind syncTrap = TrapKind::None;
  /// Time with --timing off; else the scoreboard has it.
  uint64_t time = 0;
  uint64_t instructions = 0;
  std::deque<Outgoing> outbox;
  /// Who has been sent something since the last fence.
  std::vector<mesh::Rect> dirty;
  uint64_t acksPending = 0;
};

/// A block fetch of which replies are outstanding.
struct PullInFlight {
  uint64_t packetsLeft;
  uint64_t semaphore;
  unsigned thread;
};

struct OpenRegion {
  std::string name;
  Counters begin;
};

struct Node {
  enum class State : uint8_t {
    Ready,   ///< Can run up to a horizon.
    Sync,    ///< Its first thread has status Sync.
    Blocked, ///< All threads wait.
    Done,
  };

  Node(mesh::NodeId id, mesh::Coord at, uint64_t sramBytes)
      : id(id), at(at), memory(sramBytes) {}

  mesh::NodeId id;
  mesh::Coord at;
  State state = State::Ready;
  /// Of a ready node: how far it has run. Of a Sync node: the thread's time.
  uint64_t time = 0;
  Sram memory;
  std::shared_ptr<const Code> code;
  /// The mesh has written to code; a fence.i must decode it again.
  bool codeChanged = false;
  std::unique_ptr<Scoreboard> scoreboard;
  std::array<NodeThread, threadsPerNode> threads;
  std::array<uint32_t, semaphoresPerNode> semaphores = {};
  std::map<uint64_t, PullInFlight> pulls;
  uint64_t nextPull = 0;
  /// As the first node of a rectangle: who has arrived there, how often.
  std::map<uint64_t, std::map<mesh::NodeId, uint64_t>> arrivals;
  uint64_t macs = 0, flops = 0;
  uint64_t sent = 0, received = 0;
  std::vector<OpenRegion> regions;
  int exitStatus = 0;
  uint64_t endTime = 0;

  uint64_t timeOf(unsigned thread) const {
    return scoreboard ? scoreboard->now(thread) : threads[thread].time;
  }
  /// Cycles that have passed for the thread, the one it issues in included.
  uint64_t clockOf(unsigned thread) const {
    return scoreboard ? scoreboard->accounted(thread) : threads[thread].time;
  }
  /// The thread goes on at \p cycle at the earliest.
  void delay(unsigned thread, uint64_t cycle, Cause cause) {
    if (scoreboard)
      scoreboard->waitUntil(thread, cycle, cause);
    else if (threads[thread].time < cycle)
      threads[thread].time = cycle;
  }
  /// What the node has counted when \p thread's clock is where it is.
  Counters counters(unsigned thread) const;
};

} // namespace tatami
