// The reference timing model: in order per thread, published issue rules,
// latencies from the tables. Knows no register's value.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/timing/Cause.h"
#include "tatami/timing/StaticTiming.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace tatami {

/// Which units are taken in which cycles, and by which threads: a row of
/// entries per cycle, one cache line. The rows form a window that moves with
/// time; an entry carries its cycle, so old ones need no clearing.
class UnitCalendar {
public:
  /// Farther apart than any two cycles that threads of a node book at a time:
  /// a full vector queue of the longest instructions is 16 * 64 cycles.
  static constexpr unsigned window = 4096;
  /// Units of the model; the last column is for the slots of decode.
  static constexpr unsigned columns = 8;
  static constexpr unsigned decodeColumn = columns - 1;

  UnitCalendar() : entries(size_t(window) * columns, 0) {}

  /// Entry of the unit in the cycle: cycle, units used (8 bits), one bit for
  /// each thread that uses them (8 bits).
  uint64_t at(uint64_t cycle, unsigned unit) const {
    uint64_t entry = row(cycle)[unit];
    return entry >> 16 == cycle ? entry : cycle << 16;
  }
  static unsigned used(uint64_t entry) { return entry >> 8 & 0xff; }
  static unsigned threads(uint64_t entry) { return entry & 0xff; }

  void book(uint64_t cycle, unsigned unit, unsigned count, unsigned thread) {
    put(cycle, unit, at(cycle, unit), count, thread);
  }
  /// The same for an entry that at() has just given.
  void put(uint64_t cycle, unsigned unit, uint64_t entry, unsigned count,
           unsigned thread) {
    row(cycle)[unit] = (entry + (uint64_t(count) << 8)) | 1u << thread;
  }

private:
  uint64_t *row(uint64_t cycle) { return &entries[cycle % window * columns]; }
  const uint64_t *row(uint64_t cycle) const {
    return &entries[cycle % window * columns];
  }

  std::vector<uint64_t> entries;
};

/// The pipeline of one node. Time is in cycles since the start of the run.
///
/// The rules (docs/timing-model.md gives the reasons). A thread's instructions
/// leave decode in order, at most DecodeWidth a cycle over at most
/// DecodeThreads threads. A scalar instruction issues in the cycle in which it
/// leaves decode: it waits there for its operands and its units. A vector
/// instruction (one that names a vector, mask or accumulator register) waits
/// in decode for its scalar operands only, enters the thread's vector queue,
/// and issues from it in order, when its vector operands and units are there;
/// scalar instructions behind it go on. A result may be used `latency` cycles
/// after issue. Two writes of one register keep their order: the second issues
/// when the first's result is there in the next cycle, whatever its own latency.
///
/// A longer latency never makes a run shorter as long as the two sides of a
/// thread, or two threads, do not compete for a unit; where they do, a delayed
/// instruction may let another one pass, as in any machine.
class Scoreboard {
public:
  static constexpr unsigned maxThreads = 4;

  explicit Scoreboard(const isa::TimingModel &model);

  /// The cycle in which the thread's next instruction can leave decode at the
  /// earliest.
  uint64_t now(unsigned thread) const { return threads[thread].front; }

  /// Starts a thread with empty queues at \p cycle; what came before is lost
  /// to \p cause.
  void start(unsigned thread, uint64_t cycle, Cause cause = Cause::Idle);

  /// Accounts one executed instruction. \p taken is for conditional branches.
  /// Returns now().
  uint64_t step(unsigned thread, const StaticTiming &inst, bool taken = false);

  /// The thread can go on at \p cycle and not before, because of \p cause.
  void waitUntil(unsigned thread, uint64_t cycle, Cause cause) {
    ThreadClock &t = threads[thread];
    raise(t, t.front, cycle, cause);
  }

  /// Waits until everything that the thread has begun is finished.
  void drain(unsigned thread);

  /// Cycles in which the thread issued, and those it lost; both together are
  /// the cycles up to accounted().
  uint64_t issued(unsigned thread) const { return threads[thread].issued; }
  const LostCycles &lost(unsigned thread) const { return threads[thread].lost; }
  uint64_t accounted(unsigned thread) const { return threads[thread].cursor; }

private:
  struct ThreadClock {
    uint64_t front = 0;
    /// First cycle that is neither issued nor lost yet.
    uint64_t cursor = 0;
    uint64_t issued = 0;
    uint64_t vectorIssue = 0;
    Cause vectorCause = Cause::VectorQueue;
    unsigned queueHead = 0;
    /// Cycle in which a register can be read.
    uint64_t ready[numTimedRegisters] = {};
    Cause producer[numTimedRegisters] = {};
    /// When the last entries of the vector queue issued, and what held them.
    std::array<uint64_t, 64> queueIssue = {};
    std::array<Cause, 64> queueCause = {};
    LostCycles lost = {};
  };

  /// Moves \p time to \p to; cycles of the front end that pass are lost.
  static void raise(ThreadClock &t, uint64_t &time, uint64_t to, Cause cause) {
    if (to <= time)
      return;
    uint64_t from = std::max(time, t.cursor);
    if (to > from) {
      t.lost[size_t(cause)] += to - from;
      t.cursor = to;
    }
    time = to;
  }

  /// First cycle >= \p from in which the units that \p inst needs are free.
  /// \p cause becomes what held it up, if anything did.
  uint64_t findUnits(const StaticTiming &inst, unsigned thread, uint64_t from,
                     Cause &cause) const;
  /// Books them from \p cycle on. Returns by how many cycles the last slot is
  /// later than on an idle machine.
  uint64_t bookUnits(const StaticTiming &inst, unsigned thread, uint64_t cycle);
  uint64_t findDecodeSlot(unsigned thread, uint64_t from, Cause &cause) const;
  Cause causeOfUnit(unsigned unit, uint64_t cycle, unsigned thread) const;

  uint64_t stepSimple(ThreadClock &t, unsigned thread,
                      const StaticTiming &inst);
  uint64_t stepScalar(ThreadClock &t, unsigned thread,
                      const StaticTiming &inst);
  uint64_t stepVector(ThreadClock &t, unsigned thread,
                      const StaticTiming &inst);
  void flow(ThreadClock &t, const StaticTiming &inst, uint64_t time,
            bool taken);

  isa::PipelineFacts facts;
  std::array<isa::UnitInfo, UnitCalendar::columns> units = {};
  std::array<ThreadClock, maxThreads> threads;
  UnitCalendar calendar;
};

} // namespace tatami
