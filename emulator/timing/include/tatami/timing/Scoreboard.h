// The reference timing model: in order per thread, published issue rules,
// latencies from the tables. Knows no register's value.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/timing/Cause.h"
#include "tatami/timing/PipelineState.h"
#include "tatami/timing/StaticTiming.h"
#include "tatami/timing/UnitCalendar.h"

#include <array>
#include <cstdint>

namespace tatami {

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
  static constexpr unsigned maxThreads = UnitCalendar::maxThreads;

  explicit Scoreboard(const isa::TimingModel &model);

  /// The cycle in which the thread's next instruction can leave decode at the
  /// earliest.
  uint64_t now(unsigned thread) const { return times[thread].front; }

  /// Starts a thread with empty queues at \p cycle; what came before is lost
  /// to \p cause.
  void start(unsigned thread, uint64_t cycle, Cause cause = Cause::Idle);

  /// Accounts one executed instruction. \p taken is for conditional branches.
  /// Returns now().
  uint64_t step(unsigned thread, const StaticTiming &inst, bool taken = false);

  /// The thread can go on at \p cycle and not before, because of \p cause.
  void waitUntil(unsigned thread, uint64_t cycle, Cause cause) {
    ThreadTime &t = times[thread];
    t.raise(t.front, cycle, cause);
  }

  /// Waits until everything that the thread has begun is finished.
  void drain(unsigned thread);

  /// Cycles in which the thread issued, and those it lost; both together are
  /// the cycles up to accounted().
  uint64_t issued(unsigned thread) const { return times[thread].issued; }
  const LostCycles &lost(unsigned thread) const { return times[thread].lost; }
  uint64_t accounted(unsigned thread) const { return times[thread].cursor; }

  /// The clocks of all threads.
  std::array<ThreadTime, maxThreads> times;

  /// What is under way for the thread, into \p pipeline; false if something of
  /// another thread is, with which it may compete.
  bool save(unsigned thread, PipelineItems &pipeline) const;
  /// The reverse: puts \p pipeline at the thread's time.
  void load(unsigned thread, const PipelineItems &pipeline);
  /// Puts \p pipeline behind all that was ever booked, on a clock that has
  /// counted nothing; returns the new time of the thread.
  uint64_t restart(unsigned thread, const PipelineItems &pipeline);

  template <class Archive> void archive(Archive &a) {
    a(times, pipelines, bookedUntil, calendar);
  }

private:
  struct ThreadPipeline {
    uint64_t vectorIssue = 0;
    /// Cycle in which a register can be read.
    uint64_t ready[numTimedRegisters] = {};
    /// When the last entries of the vector queue issued, and what held them.
    std::array<uint64_t, 32> queueIssue = {};
    std::array<Cause, 32> queueCause = {};
    Cause producer[numTimedRegisters] = {};
    Cause vectorCause = Cause::VectorQueue;
    uint8_t queueHead = 0;
  };

  /// First cycle >= \p from in which the units that \p inst needs are free.
  /// \p cause becomes what held it up, if anything did.
  uint64_t findUnits(const StaticTiming &inst, unsigned thread, uint64_t from,
                     Cause &cause) const;
  /// Books them from \p cycle on. Returns by how many cycles the last slot is
  /// later than on an idle machine.
  uint64_t bookUnits(const StaticTiming &inst, unsigned thread, uint64_t cycle);
  void bookDecode(uint64_t cycle, unsigned thread) {
    if (booksDecode)
      calendar.book(cycle, UnitCalendar::decodeColumn, 1, thread);
  }
  uint64_t findDecodeSlot(unsigned thread, uint64_t from, Cause &cause) const;
  Cause causeOfUnit(unsigned unit, uint64_t cycle, unsigned thread) const;

  /// Whether the thread may be among those that decode in a cycle.
  bool mayDecode(uint64_t taken, unsigned thread) const;
  uint64_t waitSimple(unsigned thread, const StaticTiming &inst, uint64_t time);
  uint64_t stepScalar(unsigned thread, const StaticTiming &inst);
  uint64_t stepVector(unsigned thread, const StaticTiming &inst);
  void flow(ThreadTime &t, const StaticTiming &inst, uint64_t time,
            bool taken);

  isa::PipelineFacts facts;
  bool booksDecode = true;
  std::array<isa::UnitInfo, UnitCalendar::columns> units = {};
  std::array<ThreadPipeline, maxThreads> pipelines;
  /// Beyond the last cycle of any booking.
  uint64_t bookedUntil = 0;
  UnitCalendar calendar;
};

} // namespace tatami
