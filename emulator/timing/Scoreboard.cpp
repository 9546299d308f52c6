// The scoreboard's rules.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/timing/Scoreboard.h"

#include <cassert>

using namespace tatami;

const char *tatami::causeName(Cause cause) {
  static const char *const names[numCauses] = {
      "operand_scalar", "operand_load", "operand_simd", "operand_matrix",
      "issue_slot",     "sram_port",    "matrix_unit",  "vector_queue",
      "fetch",          "mispredict",   "mesh_credit",  "remote_load",
      "semaphore",      "barrier",      "other_thread", "host",
      "idle"};
  return names[size_t(cause)];
}

Scoreboard::Scoreboard(const isa::TimingModel &model)
    : facts(model.facts) {
  assert(model.units.size() < UnitCalendar::columns);
  std::copy(model.units.begin(), model.units.end(), units.begin());
  assert(facts.VectorQueueEntries <= threads[0].queueIssue.size());
}

void Scoreboard::start(unsigned thread, uint64_t cycle, Cause cause) {
  ThreadClock &t = threads[thread];
  uint64_t time = std::min(t.front, cycle);
  raise(t, time, cycle, cause);
  t.front = std::max(cycle, t.cursor);
  t.vectorIssue = t.front;
  std::fill(std::begin(t.ready), std::end(t.ready), 0);
  t.queueIssue.fill(0);
}

void Scoreboard::drain(unsigned thread) {
  ThreadClock &t = threads[thread];
  for (unsigned reg = 0; reg < numTimedRegisters; ++reg)
    raise(t, t.front, t.ready[reg], t.producer[reg]);
  raise(t, t.front, t.vectorIssue, t.vectorCause);
}

Cause Scoreboard::causeOfUnit(unsigned unit, uint64_t cycle,
                              unsigned thread) const {
  if (calendar.threads(calendar.at(cycle, unit)) & ~(1u << thread))
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
        if (calendar.used(calendar.at(cycle + c, use.unit)) >= unit.count) {
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
  }
  if (slots == 0)
    return 0;
  uint64_t at = cycle;
  for (unsigned left = slots; left > 0; ++at) {
    unsigned free = left;
    for (unsigned i = 0; i < inst.numUses; ++i) {
      const isa::UnitInfo &unit = units[inst.uses[i].unit];
      unsigned used = calendar.used(calendar.at(at, inst.uses[i].unit));
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
  uint64_t ideal = cycle + (slots + perCycle - 1) / perCycle;
  late = at > ideal ? at - ideal : 0;
  return late;
}

uint64_t Scoreboard::findDecodeSlot(unsigned thread, uint64_t from,
                                    Cause &cause) const {
  for (uint64_t cycle = from;; ++cycle) {
    uint64_t entry = calendar.at(cycle, UnitCalendar::decodeColumn);
    unsigned others = calendar.threads(entry) & ~(1u << thread);
    bool room = calendar.used(entry) < facts.DecodeWidth;
    bool mayJoin =
        unsigned(__builtin_popcount(others)) < facts.DecodeThreads;
    if (room && mayJoin)
      return cycle;
    cause = others ? Cause::OtherThread : Cause::Fetch;
  }
}

uint64_t Scoreboard::stepSimple(ThreadClock &t, unsigned thread,
                                const StaticTiming &inst) {
  uint64_t time = t.front;
  for (unsigned i = 0; i < inst.numScalarReads; ++i) {
    uint8_t reg = inst.scalarReads[i];
    raise(t, time, t.ready[reg], t.producer[reg]);
  }
  for (unsigned i = 0; i < inst.numResults; ++i) {
    uint8_t reg = inst.results[i].reg;
    if (t.ready[reg] > time + 1)
      raise(t, time, t.ready[reg] - 1, t.producer[reg]);
  }
  for (unsigned unit = inst.uses[0].unit;;) {
    uint64_t slots = calendar.at(time, UnitCalendar::decodeColumn);
    unsigned others = calendar.threads(slots) & ~(1u << thread);
    if (calendar.used(slots) >= facts.DecodeWidth ||
        (others &&
         unsigned(__builtin_popcount(others)) >= facts.DecodeThreads)) {
      raise(t, time, time + 1, others ? Cause::OtherThread : Cause::Fetch);
      continue;
    }
    if (inst.numUses) {
      uint64_t entry = calendar.at(time, unit);
      if (calendar.used(entry) >= units[unit].count) {
        raise(t, time, time + 1, causeOfUnit(unit, time, thread));
        continue;
      }
      calendar.put(time, unit, entry, 1, thread);
    }
    calendar.put(time, UnitCalendar::decodeColumn, slots, 1, thread);
    break;
  }
  for (unsigned i = 0; i < inst.numResults; ++i) {
    const StaticTiming::Result &result = inst.results[i];
    t.ready[result.reg] = time + result.latency;
    t.producer[result.reg] = inst.producer;
  }
  return time;
}

uint64_t Scoreboard::stepScalar(ThreadClock &t, unsigned thread,
                                const StaticTiming &inst) {
  uint64_t time = t.front;
  for (unsigned i = 0; i < inst.numScalarReads; ++i) {
    uint8_t reg = inst.scalarReads[i];
    raise(t, time, t.ready[reg], t.producer[reg]);
  }
  for (unsigned i = 0; i < inst.numVectorReads; ++i) {
    uint8_t reg = inst.vectorReads[i];
    raise(t, time, t.ready[reg], t.producer[reg]);
  }
  for (unsigned i = 0; i < inst.numResults; ++i) {
    uint8_t reg = inst.results[i].reg;
    if (t.ready[reg] > time + 1)
      raise(t, time, t.ready[reg] - 1, t.producer[reg]);
  }
  Cause cause = Cause::Fetch;
  for (uint64_t before = ~0ull; before != time;) {
    before = time;
    raise(t, time, findDecodeSlot(thread, time, cause), cause);
    if (inst.numUses)
      raise(t, time, findUnits(inst, thread, time, cause), cause);
  }
  uint64_t late = inst.numUses ? bookUnits(inst, thread, time) : 0;
  for (unsigned i = 0; i < inst.numResults; ++i) {
    const StaticTiming::Result &result = inst.results[i];
    t.ready[result.reg] = time + result.latency + late;
    t.producer[result.reg] = inst.producer;
  }
  return time;
}

uint64_t Scoreboard::stepVector(ThreadClock &t, unsigned thread,
                                const StaticTiming &inst) {
  uint64_t time = t.front;
  for (unsigned i = 0; i < inst.numScalarReads; ++i) {
    uint8_t reg = inst.scalarReads[i];
    raise(t, time, t.ready[reg], t.producer[reg]);
  }
  // The queue has room when the entry before its oldest has issued.
  unsigned slot = t.queueHead;
  raise(t, time, t.queueIssue[slot], t.queueCause[slot]);
  Cause cause = Cause::Fetch;
  raise(t, time, findDecodeSlot(thread, time, cause), cause);

  // From here on the front end does not wait: nothing is lost yet.
  uint64_t issue = std::max(time, t.vectorIssue);
  cause = issue > time ? t.vectorCause : Cause::VectorQueue;
  for (unsigned i = 0; i < inst.numVectorReads; ++i) {
    uint8_t reg = inst.vectorReads[i];
    if (t.ready[reg] > issue) {
      issue = t.ready[reg];
      cause = t.producer[reg];
    }
  }
  for (unsigned i = 0; i < inst.numResults; ++i) {
    uint8_t reg = inst.results[i].reg;
    if (!inst.results[i].early && t.ready[reg] > issue + 1) {
      issue = t.ready[reg] - 1;
      cause = t.producer[reg];
    }
  }
  issue = findUnits(inst, thread, issue, cause);
  uint64_t late = bookUnits(inst, thread, issue);
  for (unsigned i = 0; i < inst.numResults; ++i) {
    const StaticTiming::Result &result = inst.results[i];
    t.ready[result.reg] =
        (result.early ? time : issue + late) + result.latency;
    t.producer[result.reg] =
        result.early ? Cause::OperandScalar : inst.producer;
  }
  t.vectorIssue = issue;
  t.vectorCause = cause;
  t.queueIssue[slot] = issue;
  t.queueCause[slot] = cause;
  t.queueHead = slot + 1 == facts.VectorQueueEntries ? 0 : slot + 1;
  return time;
}

uint64_t Scoreboard::step(unsigned thread, const StaticTiming &inst,
                          bool taken) {
  ThreadClock &t = threads[thread];
  uint64_t time;
  if (inst.isSimple) {
    time = stepSimple(t, thread, inst);
  } else {
    time = inst.usesVectorQueue && facts.VectorQueueEntries
               ? stepVector(t, thread, inst)
               : stepScalar(t, thread, inst);
    calendar.book(time, UnitCalendar::decodeColumn, 1, thread);
  }
  if (time >= t.cursor) {
    ++t.issued;
    t.cursor = time + 1;
  }
  t.front = time;
  if (inst.flow != StaticTiming::Flow::None)
    flow(t, inst, time, taken);
  return t.front;
}

void Scoreboard::flow(ThreadClock &t, const StaticTiming &inst,
                          uint64_t time, bool taken) {
  bool wrong = inst.flow == StaticTiming::Flow::Indirect;
  if (inst.flow == StaticTiming::Flow::Branch) {
    wrong = taken != inst.predictedTaken;
    if (!wrong && !taken)
      return;
  }
  if (wrong && facts.MispredictCycles == 0)
    return;
  t.front = time + 1;
  raise(t, t.front,
        time + 1 + (wrong ? facts.MispredictCycles : facts.TakenBranchBubbles),
        wrong ? Cause::Mispredict : Cause::Fetch);
}
