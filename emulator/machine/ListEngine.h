// The list engine of a node: executes descriptors in its memory beside the
// threads, in the mesh's time. It knows the machine by ListPort only.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/isa/ListDescriptor.h"
#include "tatami/isa/Traps.h"
#include "tatami/trace/Stats.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace tatami {

using isa::TrapKind;

/// What the engine needs of its node and of the mesh. All calls are made at the
/// cycle that ListEngine::run was given.
class ListPort {
public:
  virtual ~ListPort() = default;

  /// What is wrong with reading (writing) \p bytes of the node's memory, or
  /// None. Both are whole packets.
  virtual TrapKind checkRead(uint64_t address, uint64_t bytes) const = 0;
  virtual TrapKind checkWrite(uint64_t address, uint64_t bytes) const = 0;
  /// The same for a block elsewhere; no bytes: for a signal to that node.
  virtual TrapKind checkTarget(uint64_t global, uint64_t bytes) const = 0;
  /// The same for a block at \p address of each node of a rectangle.
  virtual TrapKind checkNodes(uint64_t rectangle, uint64_t address,
                              uint64_t bytes) const = 0;

  virtual void read(uint64_t address, void *to, unsigned bytes) const = 0;
  /// Zeros for a packet of the node's own memory.
  virtual void clear(uint64_t address) = 0;

  /// Whether the send queue takes a packet now. If not, the engine is run
  /// again when it may.
  virtual bool canSend() = 0;
  /// Sends 64 bytes, or \p count to a semaphore; to a node or, if
  /// \p rectangle is not 0, to the nodes of that rectangle.
  virtual void sendData(uint64_t target, std::optional<uint64_t> rectangle,
                        const void *data) = 0;
  virtual void sendSignal(uint64_t target, std::optional<uint64_t> rectangle,
                          unsigned semaphore, uint32_t count) = 0;
  /// A number under which answers to requests come back. When \p packets of
  /// them are there and endPull() has been called, \p count goes to
  /// \p semaphore.
  virtual uint64_t beginPull(uint64_t packets, unsigned semaphore,
                             uint32_t count) = 0;
  /// Whether the node may have one more request open. If not, the engine is
  /// run again when it may.
  virtual bool canOpenPull() = 0;
  virtual void requestPull(uint64_t pull, uint64_t global, uint64_t local,
                           uint64_t bytes) = 0;
  /// Everything is requested, and the padding is clear.
  virtual void endPull(uint64_t pull) = 0;

  /// Subtracts \p count if the semaphore has that much.
  virtual bool takeSemaphore(unsigned semaphore, uint32_t count) = 0;
  /// May run threads that wait, but must not run the engine.
  virtual void addToSemaphore(unsigned semaphore, uint32_t count) = 0;
  /// \p list has ended.
  virtual void listEnded(unsigned list) = 0;

  /// The list that is at work: set by the engine.
  unsigned list = 0;
  // For records of the run.
  /// It has waited for its descriptor's condition from \p since on.
  virtual void waited(uint64_t descriptor, unsigned semaphore, uint64_t since) {
    (void)descriptor, (void)semaphore, (void)since;
  }
  /// It has done what the descriptor says from \p since to \p end, and waited
  /// for room in \p credit of these cycles.
  virtual void moved(uint64_t descriptor, uint64_t since, uint64_t end,
                     uint64_t credit, uint64_t packets) {
    (void)descriptor, (void)since, (void)end, (void)credit, (void)packets;
  }
};

/// Up to isa::listContexts lists at a time. Each is a state machine:
///
///   Off -start-> Fetch -> Condition -> Send -> Fetch of the next, or Off
///
/// All lists share one port to the mesh, which takes a packet a cycle; those
/// that have one take turns. The owner calls run() at every cycle that
/// nextEvent() names, and when a semaphore that waitsFor() names has grown, the
/// send queue has room again, or a request is answered.
class ListEngine {
public:
  using Cycle = uint64_t;
  static constexpr Cycle never = ~Cycle(0);
  static constexpr unsigned numLists = isa::listContexts;

  struct Trap {
    TrapKind kind = TrapKind::None;
    unsigned list = 0;
    uint64_t descriptor = 0;
    std::string detail; ///< A sentence on BadDescriptor, or empty.
  };

  bool busy(unsigned list) const { return lists[list].state != State::Off; }
  bool anyBusy() const;

  /// What is wrong with the address of a first descriptor, or None.
  static TrapKind checkStart(uint64_t address, const ListPort &port);
  /// Starts a list that is not busy, at \p now.
  void start(unsigned list, uint64_t descriptor, Cycle now);
  /// Ends all lists, as the node does when its program ends.
  void stop(Cycle now);

  /// Does what is to be done at \p now. A trap ends it; nothing is done after.
  Trap run(Cycle now, ListPort &port);
  /// When run() is to be called unless something else happens before.
  Cycle nextEvent() const;
  bool waitsFor(unsigned semaphore) const;
  /// In the send queue, or for one more open request.
  bool waitsForRoom() const { return roomWanted; }

  /// Lists that wait for a semaphore, for reports.
  struct Waiting {
    unsigned list;
    uint64_t descriptor;
    unsigned semaphore;
    uint32_t count;
    Cycle since;
  };
  std::optional<Waiting> waiting(unsigned list) const;

  /// Counters as of \p now, which is not before the last run().
  ListCounters counters(Cycle now) const;

  template <class Archive> void archive(Archive &a) {
    a(lists, counted, portFree, turn, roomWanted);
  }

private:
  enum class State : uint8_t { Off, Fetch, Condition, Send };
  /// What a list's cycles are counted as.
  enum class Activity : uint8_t { None, Send, Fetch, Semaphore, Credit, Port };

  struct List {
    State state = State::Off;
    Activity activity = Activity::None;
    /// The packet is behind the data: the signal to those that got them.
    bool signalLeft = false;
    /// The loop that is being executed has begun.
    bool inLoop = false;
    uint16_t loopsLeft = 0;
    uint32_t row = 0, packet = 0; ///< What is sent next.
    uint64_t address = 0;         ///< Of the descriptor.
    uint64_t loop = 0;            ///< Of the loop's descriptor.
    uint64_t pull = 0;            ///< The number of a pull that has begun.
    Cycle ready = 0;              ///< When the next step can be made.
    Cycle counted = 0;            ///< Up to when cycles are counted.
    Cycle since = 0;              ///< When it began to wait, or to send.
    Cycle credit = 0;             ///< Waited for room since then.
    uint64_t sent = 0;            ///< Packets since then.
    isa::ListDescriptor d = {};
  };

  void account(List &list, Cycle now, Activity next);
  void add(ListCounters &to, Activity activity, uint64_t cycles) const;
  /// Reads and checks the descriptor; false if it is wrong, then see trap.
  bool fetch(List &list, ListPort &port, Trap &trap);
  TrapKind check(const isa::ListDescriptor &d, const ListPort &port,
                 std::string &detail) const;
  bool begin(List &list, unsigned number, Cycle now, ListPort &port, Trap &trap);
  bool loopBack(List &list, Trap &trap);
  /// One packet, or a row's request. False if the descriptor has no more.
  void step(List &list, ListPort &port);
  bool stepNeedsRoom(const List &list) const;
  /// Room for the next packet of a list in a cycle, asked for once.
  class Room;
  void finish(List &list, unsigned number, Cycle now, ListPort &port,
              Cycle nextFetch);

  std::array<List, numLists> lists = {};
  ListCounters counted;
  Cycle portFree = 0;
  uint8_t turn = 0;
  bool roomWanted = false;
};

} // namespace tatami
