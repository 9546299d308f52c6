// A node as the machine keeps it: memory, semaphores, threads and what each of
// them is doing.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "Fifo.h"
#include "Interpreter.h"
#include "ListEngine.h"
#include "Outbox.h"
#include "Recorder.h"
#include "tatami/machine/Code.h"
#include "tatami/mesh/Packet.h"
#include "tatami/node/Sram.h"
#include "tatami/node/ThreadState.h"
#include "tatami/semantics/Facts.h"
#include "tatami/timing/NodeClock.h"
#include "tatami/trace/Stats.h"

#include <array>
#include <cstdint>
#include <deque>
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
  MeshSlot,     ///< Room in the send queue.
  RemoteLoad,   ///< The reply.
  Fence,        ///< Acknowledgements.
  BarrierFence, ///< The same, before arriving at a barrier.
  Barrier,      ///< The release.
  Semaphore,
  ThreadEnd,
  List, ///< The end of a list.
  OpenPull, ///< The end of another pull: MachineConfig::openPulls are open.
};

/// Where packets go: nodes, or a device behind an edge of the grid, which is
/// reached through side `exit` of the one node that `rect` names.
struct Destination {
  mesh::Rect rect;
  mesh::Direction exit = mesh::Direction::Local;

  uint64_t key() const { return rect.pack(); }
  friend auto operator<=>(const Destination &a, const Destination &b) {
    return std::pair(a.key(), a.exit) <=> std::pair(b.key(), b.exit);
  }
  friend bool operator==(const Destination &, const Destination &) = default;
};

/// Allocated when the thread first starts: most nodes of a large machine run
/// one thread.
struct NodeThread {
  std::unique_ptr<ThreadState> state;
  ThreadStatus status = ThreadStatus::Off;
  WaitFor waitFor = WaitFor::Nothing;
  /// What the thread waits for once its packets are sent.
  WaitFor afterSending = WaitFor::Nothing;
  TrapKind syncTrap = TrapKind::None;
  /// The request being done, or the trap, if syncTrap is not None.
  Request request = {};
  /// Time with --timing off; else the scoreboard has it.
  uint64_t time = 0;
  uint64_t instructions = 0;
  Outbox outbox;
  /// Who has been sent something since the last fence, in order.
  std::vector<Destination> dirty;
  uint64_t acksPending = 0;

  bool waitsForMesh() const {
    return status == ThreadStatus::Waiting && waitFor != WaitFor::ThreadEnd;
  }
  template <class Archive> void archive(Archive &a);
};

/// What a pull's request tells the node that has the data.
struct PullOrder {
  uint64_t number; ///< The requester's name for the pull.
  uint64_t local;  ///< Where the data go.
  uint64_t bytes;
};

/// A block fetch of which parts are outstanding, most of them replies.
struct PullInFlight {
  uint64_t number;
  uint64_t packetsLeft;
  uint64_t semaphore;
  uint32_t count; ///< What the semaphore gets.
  uint8_t agent;  ///< Who has asked, and when the last time.
  uint64_t since;
  /// What each request brings, and what the oldest one still does: all go to
  /// one place and are answered in order.
  uint32_t requestPackets = 0, requestLeft = 0;

  void beginRequest(uint64_t packets) {
    if (requestPackets == 0)
      requestLeft = requestPackets = uint32_t(packets);
  }
  /// One more packet is there; true if it is its request's last.
  bool receive() {
    if (--requestLeft > 0)
      return false;
    requestLeft = requestPackets;
    return true;
  }
};

/// What a node owes others: one packet, or the rest of a block that somebody
/// fetches.
struct Reply {
  mesh::PacketDesc packet;
  uint64_t count = 1;
  /// Where the data are, if they are in the node's memory; else in `data`.
  uint64_t from = 0;
  bool fromMemory = false;
  std::array<uint8_t, mesh::packetBytes> data = {};
  template <class Archive> void archive(Archive &a) {
    // A pointer, set anew when the packet is sent.
    packet.payload = nullptr;
    a(packet.kind, packet.cls, packet.source, packet.destination, packet.exit,
      packet.entry, packet.address, packet.tag, packet.length, count, from,
      fromMemory, data);
  }
};

/// What answers \p packet, a request for data or a fence's probe, with data of
/// the memory that it names; from and to whom is the answerer's to say.
Reply answerTo(const mesh::Packet &packet);

/// What a barrier's release tells those that it lets go: who came last.
struct LastArrival {
  uint64_t sent;
  uint32_t node;
  uint8_t agent;
};

/// Who has arrived at the barrier of a rectangle, kept by its first node.
struct BarrierArrivals {
  uint64_t rect;
  uint64_t present = 0;
  /// Times that each node, row by row, has arrived and was not released.
  std::vector<uint16_t> counts;
  template <class Archive> void archive(Archive &a) {
    a(rect, present, counts);
  }
};

/// What a program can make the host keep: deeper regions are not counted, more
/// names are counted together, longer ones cut.
inline constexpr size_t maxOpenRegions = 64, maxRegions = 1024,
                        maxRegionName = 256;

struct OpenRegion {
  std::string name;
  uint8_t thread; ///< Whose it is: that thread ends it.
  Counters begin;
  template <class Archive> void archive(Archive &a) { a(name, thread, begin); }
};

/// What a node has spent in a region.
struct RegionRecord {
  std::string name;
  Counters spent;
  uint64_t entries = 0;
  template <class Archive> void archive(Archive &a) {
    a(name, spent, entries);
  }
};

struct Node {
  enum class State : uint8_t {
    Ready,   ///< Can run.
    Sync,    ///< Its first thread has status Sync.
    Blocked, ///< All threads wait.
    Done,
  };

  Node(mesh::NodeId id, mesh::Coord at, const SramImage &image)
      : id(id), at(at), memory(image) {}

  mesh::NodeId id;
  mesh::Coord at;
  State state = State::Ready;
  /// In its die's list of nodes to be run.
  bool listed = false;
  /// The mesh has written to code; a fence.i must decode it again.
  bool codeChanged = false;
  /// The text behind `code`, if it is not the program's.
  std::vector<uint8_t> ownText;
  /// Somebody waits for room in the mesh, by class, and the mesh knows.
  std::array<bool, mesh::numClasses> slotWanted = {};
  /// Of a ready node: how far it has run. Of a Sync node: the thread's time.
  uint64_t time = 0;
  /// The time for which an event is queued at the die.
  uint64_t eventAt = mesh::never;
  Sram memory;
  std::shared_ptr<const Code> code;
  std::unique_ptr<NodeClock> scoreboard;
  std::array<NodeThread, threadsPerNode> threads;
  std::array<uint32_t, semaphoresPerNode> semaphores = {};
  /// Made when a program uses it first.
  std::unique_ptr<ListEngine> lists;
  /// The time for which an event of the lists is queued at the die.
  uint64_t listsAt = mesh::never;
  /// Packets admitted and not yet handed to the mesh.
  uint64_t admitted = 0;
  std::vector<PullInFlight> pulls;
  uint64_t nextPull = 0;
  unsigned openPulls = 0; ///< Requests that are not answered.
  Fifo<Reply> replies;
  std::vector<BarrierArrivals> barriers;
  uint64_t macs = 0, flops = 0;
  uint64_t sent = 0, received = 0;
  std::vector<OpenRegion> openRegions;
  std::vector<RegionRecord> regions;
  /// Regions inside of maxOpenRegions others, which are not counted, by thread.
  std::array<uint64_t, threadsPerNode> deeperRegions = {};
  int exitStatus = 0;
  uint64_t endTime = 0;
  /// Null unless a profile is made.
  Recorder *recorder = nullptr;
  std::unique_ptr<NodeRecord> record;

  uint64_t timeOf(unsigned thread) const {
    return scoreboard ? scoreboard->now(thread) : threads[thread].time;
  }
  /// Cycles that have passed for the thread, the one it issues in included.
  uint64_t clockOf(unsigned thread) const {
    return scoreboard ? scoreboard->accounted(thread) : threads[thread].time;
  }
  /// The thread goes on at \p cycle at the earliest. \p by is who lets it, or
  /// null if nobody could have earlier.
  void delay(unsigned thread, uint64_t cycle, Cause cause,
             const Waker *by = nullptr);
  /// For the profile: the thread tests a semaphore.
  void noteTest(unsigned thread, uint64_t semaphore, bool hasSucceeded);
  /// Waits until everything that the thread has begun is finished.
  void drain(unsigned thread);
  /// The thread whose clock is the farthest.
  unsigned longestThread() const;
  /// What the node has counted when \p thread's clock is where it is.
  Counters counters(unsigned thread) const;

  /// Gives the thread registers and lets it begin at \p pc.
  void startThread(unsigned thread, uint64_t pc);
  /// The thread to run next: the earliest, ties in turn; \p next is the time
  /// of the second. False if none can run.
  bool pickThread(unsigned &thread, uint64_t &next) const;
  /// Whether a thread waits for what the mesh may bring at any time.
  bool waitsForMesh() const;
  /// Whether only \p thread has begun and not ended, and no list runs.
  bool isAlone(unsigned thread) const;
  /// Whether no other thread will run before the time of \p thread, which runs.
  bool runsAlone(unsigned thread) const;

  /// \p lists is what the lists have counted so far.
  void beginRegion(unsigned thread, std::string name,
                   const ListCounters &lists);
  /// The innermost one that the thread has begun.
  void endRegion(unsigned thread);
  /// \p thread has ended the node: so have its threads and regions.
  void end(int status, uint64_t time, unsigned thread);

  /// Everything but what the program's image says; see Checkpoint.cpp.
  template <class Archive> void archive(Archive &a);
};

} // namespace tatami
