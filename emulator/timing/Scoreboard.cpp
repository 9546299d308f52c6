// The scoreboard's rules.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/timing/Scoreboard.h"

#include <algorithm>
#include <cassert>
#include <iterator>

using namespace tatami;

const char *tatami::causeName(Cause cause) {
  static constexpr const char *names[] = {
      "operand_scalar", "operand_load", "operand_simd", "operand_matrix",
      "issue_slot",     "sram_port",    "matrix_unit",  "vector_queue",
      "fetch",          "mispredict",   "mesh_credit",  "remote_load",
      "semaphore",      "barrier",      "list_engine",  "other_thread",
      "host",           "idle"};
  static_assert(std::size(names) == numCauses);
  return names[size_t(cause)];
}

Scoreboard::Scoreboard(const isa::TimingModel &model)
    : times(), facts(model.facts), pipelines() {
  assert(model.units.size() < UnitCalendar::columns);
  std::copy(model.units.begin(), model.units.end(), units.begin());
  // Slots without limit are not booked, so none is ever taken.
  if (facts.DecodeWidth == isa::unlimited)
    facts.DecodeWidth = UnitCalendar::maxUsed, booksDecode = false;
  assert(facts.DecodeWidth <= UnitCalendar::maxUsed);
  for ([[maybe_unused]] const isa::UnitInfo &unit : model.units)
    assert(unit.count <= UnitCalendar::maxUsed);
  assert(facts.VectorQueueEntries <= pipelines[0].queueIssue.size());
}

void Scoreboard::start(unsigned thread, uint64_t cycle, Cause cause) {
  ThreadTime &t = times[thread];
  uint64_t time = std::min(t.front, cycle);
  t.raise(time, cycle, cause);
  t.front = std::max(cycle, t.cursor);
  pipelines[thread] = {};
}

void Scoreboard::drain(unsigned thread) {
  ThreadTime &t = times[thread];
  const ThreadPipeline &p = pipelines[thread];
  for (unsigned reg = 0; reg < numTimedRegisters; ++reg)
    t.raise(t.front, p.ready[reg], p.producer[reg]);
  t.raise(t.front, p.vectorIssue, p.vectorCause);
}

//===-- Pipelines of one thread ---------------------------------------------===//

bool Scoreboard::save(unsigned thread, PipelineItems &pipeline) const {
  const ThreadTime &t = times[thread];
  const ThreadPipeline &p = pipelines[thread];
  pipeline.clear();
  auto add = [&](uint64_t until, unsigned kind, unsigned detail) {
    if (until <= t.front)
      return;
    assert(until - t.front <= UINT16_MAX);
    pipeline.push_back(
        {uint16_t(until - t.front), uint8_t(kind), uint8_t(detail)});
  };
  for (unsigned reg = 0; reg < numTimedRegisters; ++reg)
    add(p.ready[reg], reg, unsigned(p.producer[reg]));
  add(p.vectorIssue, PipelineItem::VectorIssue, unsigned(p.vectorCause));
  for (unsigned i = 0; i < facts.VectorQueueEntries; ++i) {
    unsigned slot = (p.queueHead + i) % facts.VectorQueueEntries;
    add(p.queueIssue[slot], PipelineItem::QueueEntry,
        unsigned(p.queueCause[slot]));
  }
  add(t.cursor, PipelineItem::Cursor, 0);
  for (uint64_t cycle = t.front; cycle < bookedUntil; ++cycle) {
    uint64_t taken = calendar.at(cycle);
    for (unsigned unit = 0; taken && unit < UnitCalendar::columns; ++unit) {
      if (UnitCalendar::threads(taken, unit) & ~(1u << thread))
        return false;
      if (unsigned used = UnitCalendar::used(taken, unit))
        add(cycle + 1, PipelineItem::FirstUnit + unit, used);
    }
  }
  return true;
}

void Scoreboard::load(unsigned thread, const PipelineItems &pipeline) {
  ThreadTime &t = times[thread];
  ThreadPipeline &p = pipelines[thread];
  p = {};
  t.cursor = t.front;
  unsigned entries = unsigned(
      std::count_if(pipeline.begin(), pipeline.end(), [](PipelineItem item) {
        return item.kind == PipelineItem::QueueEntry;
      }));
  unsigned slot = facts.VectorQueueEntries - entries;
  for (const PipelineItem &item : pipeline) {
    uint64_t until = t.front + item.cycles;
    if (item.kind < numTimedRegisters) {
      p.ready[item.kind] = until;
      p.producer[item.kind] = Cause(item.detail);
    } else if (item.kind == PipelineItem::VectorIssue) {
      p.vectorIssue = until;
      p.vectorCause = Cause(item.detail);
    } else if (item.kind == PipelineItem::QueueEntry) {
      p.queueIssue[slot] = until;
      p.queueCause[slot++] = Cause(item.detail);
    } else if (item.kind == PipelineItem::Cursor) {
      t.cursor = until;
    } else {
      calendar.set(until - 1, item.kind - PipelineItem::FirstUnit, item.detail,
                   thread);
      bookedUntil = std::max(bookedUntil, until);
    }
  }
}

uint64_t Scoreboard::restart(unsigned thread, const PipelineItems &pipeline) {
  ThreadTime &t = times[thread];
  t = {};
  t.front = bookedUntil + 1;
  load(thread, pipeline);
  return t.front;
}

//===-- The rules -----------------------------------------------------------===//

Cause Scoreboard::causeOfUnit(unsigned unit, uint64_t cycle,
                              unsigned thread) const {
  if (UnitCalendar::threads(calendar.at(cycle), unit) & ~(1u << thread))
    return Cause::OtherThread;
  switch (units[unit].kind) {
  case isa::UnitKind::Sram:
    return Cause::SramPort;
  case isa::UnitKind::Matrix:
    return Cause::MatrixUnit;
  case isa::UnitKind::Mesh:
    return Cause::MeshCredit;
  case isa::UnitKind::Issue:
  case isa::UnitKind::Simd:
    break;
  }
  return Cause::IssueSlot;
}

uint64_t Scoreboard::findUnits(const StaticTiming &inst, unsigned thread,
                               uint64_t from, Cause &cause) const {
  for (uint64_t cycle = from;;) {
    uint64_t next = cycle;
    for (unsigned i = 0; i < inst.numUses; ++i) {
      const isa::UnitUse &use = inst.uses[i];
      const isa::UnitInfo &unit = units[use.unit];
      // Slots of several units are taken as they come; a unit that is held
      // must be free for all of the time.
      unsigned length = unit.splits ? 1 : use.cycles;
      for (unsigned c = length; c-- > 0;)
        if (UnitCalendar::used(calendar.at(cycle + c), use.unit) >=
            unit.count) {
          cause = causeOfUnit(use.unit, cycle + c, thread);
          next = std::max(next, cycle + c + 1);
          break;
        }
    }
    if (next == cycle)
      return cycle;
    cycle = next;
  }
}

uint64_t Scoreboard::bookUnits(const StaticTiming &inst, unsigned thread,
                               uint64_t cycle) {
  uint64_t late = 0;
  // Slots of memory ports: all kinds of them in the same cycles.
  unsigned slots = 0, perCycle = ~0u;
  for (unsigned i = 0; i < inst.numUses; ++i) {
    const isa::UnitUse &use = inst.uses[i];
    const isa::UnitInfo &unit = units[use.unit];
    if (unit.splits && use.cycles > 1) {
      slots = std::max<unsigned>(slots, use.cycles);
      perCycle = std::min<unsigned>(perCycle, unit.count);
      continue;
    }
    for (unsigned c = 0; c < use.cycles; ++c)
      calendar.book(cycle + c, use.unit, 1, thread);
    bookedUntil = std::max(bookedUntil, cycle + use.cycles);
  }
  if (slots == 0)
    return 0;
  uint64_t at = cycle;
  for (unsigned left = slots; left > 0; ++at) {
    unsigned free = left;
    uint64_t taken = calendar.at(at);
    for (unsigned i = 0; i < inst.numUses; ++i) {
      const isa::UnitInfo &unit = units[inst.uses[i].unit];
      unsigned used = UnitCalendar::used(taken, inst.uses[i].unit);
      if (unit.splits)
        free = std::min(free, unit.count - std::min<unsigned>(unit.count, used));
    }
    if (free == 0)
      continue;
    for (unsigned i = 0; i < inst.numUses; ++i)
      if (units[inst.uses[i].unit].splits)
        calendar.book(at, inst.uses[i].unit, free, thread);
    left -= free;
  }
  bookedUntil = std::max(bookedUntil, at);
  uint64_t ideal = cycle + (slots + perCycle - 1) / perCycle;
  late = at > ideal ? at - ideal : 0;
  return late;
}

bool Scoreboard::mayDecode(uint64_t taken, unsigned thread) const {
  unsigned others = UnitCalendar::threads(taken, UnitCalendar::decodeColumn) &
                    ~(1u << thread);
  // Bits that are set in each number of four bits.
  return (0x4332322132212110u >> 4 * others & 15) < facts.DecodeThreads ||
         !others;
}

uint64_t Scoreboard::findDecodeSlot(unsigned thread, uint64_t from,
                                    Cause &cause) const {
  for (uint64_t cycle = from;; ++cycle) {
    uint64_t taken = calendar.at(cycle);
    if (UnitCalendar::used(taken, UnitCalendar::decodeColumn) <
            facts.DecodeWidth &&
        mayDecode(taken, thread))
      return cycle;
    bool others = UnitCalendar::threads(taken, UnitCalendar::decodeColumn) &
                  ~(1u << thread);
    cause = others ? Cause::OtherThread : Cause::Fetch;
  }
}

uint64_t Scoreboard::waitSimple(unsigned thread, const StaticTiming &inst,
                                uint64_t time) {
  ThreadTime &t = times[thread];
  for (;;) {
    uint64_t taken = calendar.at(time);
    if (UnitCalendar::used(taken, UnitCalendar::decodeColumn) >=
            facts.DecodeWidth ||
        !mayDecode(taken, thread)) {
      bool others = UnitCalendar::threads(taken, UnitCalendar::decodeColumn) &
                    ~(1u << thread);
      t.raise(time, time + 1, others ? Cause::OtherThread : Cause::Fetch);
    } else if (!inst.need.fits(taken)) {
      t.raise(time, time + 1, causeOfUnit(inst.uses[0].unit, time, thread));
    } else {
      return time;
    }
  }
}

uint64_t Scoreboard::stepScalar(unsigned thread, const StaticTiming &inst) {
  ThreadTime &t = times[thread];
  ThreadPipeline &p = pipelines[thread];
  uint64_t time = t.front;
  for (unsigned i = 0; i < inst.numScalarReads; ++i) {
    uint8_t reg = inst.scalarReads[i];
    t.raise(time, p.ready[reg], p.producer[reg]);
  }
  for (unsigned i = 0; i < inst.numVectorReads; ++i) {
    uint8_t reg = inst.vectorReads[i];
    t.raise(time, p.ready[reg], p.producer[reg]);
  }
  for (unsigned i = 0; i < inst.numResults; ++i) {
    uint8_t reg = inst.results[i].reg;
    if (p.ready[reg] > time + 1)
      t.raise(time, p.ready[reg] - 1, p.producer[reg]);
  }
  uint64_t late = 0;
  uint64_t taken = calendar.at(time);
  bool fitsNow =
      inst.isShort && inst.need.fits(taken) && mayDecode(taken, thread);
  if (!fitsNow) {
    if (inst.isSimple) {
      time = waitSimple(thread, inst, time);
    } else {
      Cause cause = Cause::Fetch;
      for (uint64_t before = ~0ull; before != time;) {
        before = time;
        t.raise(time, findDecodeSlot(thread, time, cause), cause);
        if (inst.numUses)
          t.raise(time, findUnits(inst, thread, time, cause), cause);
      }
    }
  }
  if (inst.isShort) {
    calendar.book(time, inst.need, thread);
  } else {
    late = bookUnits(inst, thread, time);
    bookDecode(time, thread);
  }
  for (unsigned i = 0; i < inst.numResults; ++i) {
    const StaticTiming::Result &result = inst.results[i];
    p.ready[result.reg] = time + result.latency + late;
    p.producer[result.reg] = inst.producer;
  }
  return time;
}

uint64_t Scoreboard::stepVector(unsigned thread, const StaticTiming &inst) {
  ThreadTime &t = times[thread];
  ThreadPipeline &p = pipelines[thread];
  uint64_t time = t.front;
  for (unsigned i = 0; i < inst.numScalarReads; ++i) {
    uint8_t reg = inst.scalarReads[i];
    t.raise(time, p.ready[reg], p.producer[reg]);
  }
  // The queue has room when the entry before its oldest has issued.
  unsigned slot = p.queueHead;
  t.raise(time, p.queueIssue[slot], p.queueCause[slot]);
  Cause cause = Cause::Fetch;
  t.raise(time, findDecodeSlot(thread, time, cause), cause);

  // From here on the front end does not wait: nothing is lost yet.
  uint64_t issue = std::max(time, p.vectorIssue);
  cause = issue > time ? p.vectorCause : Cause::VectorQueue;
  for (unsigned i = 0; i < inst.numVectorReads; ++i) {
    uint8_t reg = inst.vectorReads[i];
    if (p.ready[reg] > issue) {
      issue = p.ready[reg];
      cause = p.producer[reg];
    }
  }
  for (unsigned i = 0; i < inst.numResults; ++i) {
    uint8_t reg = inst.results[i].reg;
    if (!inst.results[i].early && p.ready[reg] > issue + 1) {
      issue = p.ready[reg] - 1;
      cause = p.producer[reg];
    }
  }
  uint64_t late = 0;
  if (inst.isShort) {
    while (!inst.unitNeed.fits(calendar.at(issue)))
      issue = findUnits(inst, thread, issue, cause);
    calendar.book(issue, inst.unitNeed, thread);
    bookedUntil = std::max(bookedUntil, issue + 1);
  } else {
    issue = findUnits(inst, thread, issue, cause);
    late = bookUnits(inst, thread, issue);
  }
  bookDecode(time, thread);
  for (unsigned i = 0; i < inst.numResults; ++i) {
    const StaticTiming::Result &result = inst.results[i];
    p.ready[result.reg] =
        (result.early ? time : issue + late) + result.latency;
    p.producer[result.reg] =
        result.early ? Cause::OperandScalar : inst.producer;
  }
  p.vectorIssue = issue;
  p.vectorCause = cause;
  p.queueIssue[slot] = issue;
  p.queueCause[slot] = cause;
  p.queueHead = slot + 1 == facts.VectorQueueEntries ? 0 : slot + 1;
  return time;
}

uint64_t Scoreboard::step(unsigned thread, const StaticTiming &inst,
                          bool taken) {
  ThreadTime &t = times[thread];
  uint64_t time = inst.usesVectorQueue && facts.VectorQueueEntries
                      ? stepVector(thread, inst)
                      : stepScalar(thread, inst);
  bookedUntil = std::max(bookedUntil, time + 1);
  if (time >= t.cursor) {
    ++t.issued;
    t.cursor = time + 1;
  }
  t.front = time;
  if (inst.flow != StaticTiming::Flow::None)
    flow(t, inst, time, taken);
  return t.front;
}

void Scoreboard::flow(ThreadTime &t, const StaticTiming &inst, uint64_t time,
                      bool taken) {
  // Where a wrong guess costs nothing, every guess is right.
  const bool guesses = facts.MispredictCycles > 0;
  bool wrong = guesses && inst.flow == StaticTiming::Flow::Indirect;
  if (inst.flow == StaticTiming::Flow::Branch) {
    wrong = guesses && taken != inst.predictedTaken;
    if (!wrong && !taken)
      return;
  }
  t.front = time + 1;
  t.raise(t.front,
          time + 1 + (wrong ? facts.MispredictCycles : facts.TakenBranchBubbles),
          wrong ? Cause::Mispredict : Cause::Fetch);
}
