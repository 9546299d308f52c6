// Remembered timing against the plain model: random programs, run by the
// interpreter in both ways side by side, must agree whenever one looks.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Interpreter.h"
#include "RandomPrograms.h"
#include "Recorder.h"

#include "tatami/archive/Archive.h"
#include "tatami/timing/IdealModel.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <random>
#include <span>
#include <string>
#include <vector>

using namespace tatami;
using namespace tatami::test;
constexpr uint64_t textBase = tatami::test::Program::base;

namespace {

constexpr unsigned threads = 4;
constexpr uint64_t dataAddress = 0x20000;

enum class Status { Off, Running, WaitsForEnd, WaitsForWorld };

/// A node as the machine would run it.
struct Node {
  Node(std::span<const uint8_t> text, PipelineStates &states, bool remembers)
      : memory(Sram::DefaultSize), code(text, textBase, &states),
        clock(states, remembers) {
    std::copy(text.begin(), text.end(), memory.bytes() + textBase);
    memory.setReadOnlyEnd(textBase + text.size());
    for (ThreadState &thread : state)
      thread.reset();
    recorder.rows = &rows;
    recorder.exits = exits.data();
    recorder.calls = &calls;
    context.recorder = &recorder;
    attachStacks();
  }

  void attachStacks() { recorder.stacks = stacks.data(); }

  /// What a profile gets to know of its instructions.
  std::vector<PcCounts> profile(PipelineStates &states) {
    addBlocks(code, exits.data(), states, rows);
    std::vector<PcCounts> all(code.size());
    rows.forTouched([&](size_t i, const PcCounts &row) { all[i] = row; });
    return all;
  }

  Sram memory;
  Code code;
  NodeClock clock;
  std::array<ThreadState, threads> state;
  CodeRows rows = CodeRows(code.size());
  std::vector<uint64_t> exits = std::vector<uint64_t>(2 * TimedBlocks::limit);
  CallTree tree;
  CallCounts calls{tree, textBase};
  std::array<CallStack, threads> stacks;
  PcRecorder recorder;
  RunContext context = {};
};

/// Runs one random program in two nodes and compares them at each step.
class Duel {
public:
  Duel(Random &random, const Mix &mix, const HostLevel &level,
       PipelineStates &states, size_t size)
      : random(random), level(level), text(drawProgram(random, mix, size)),
        states(states),
        nodes{Node(text, states, true), Node(text, states, false)} {
    begin(0);
  }

  void run(unsigned steps, bool manyThreads) {
    severalThreads = manyThreads;
    while (steps-- > 0 && step())
      compare();
    compareProfiles();
  }

private:
  void begin(unsigned thread) {
    status[thread] = Status::Running;
    uint64_t pc = textBase + random() % (text.size() / 4) * 4;
    std::array<uint64_t, 8> values;
    for (uint64_t &value : values)
      value = random() % 3 ? random() % 16 : random();
    for (Node &node : nodes) {
      ThreadState &t = node.state[thread];
      t.reset();
      t.pc = pc;
      std::copy(values.begin(), values.end(), t.x + 2);
      t.x[1] = textBase;
      t.x[dataBase] = dataAddress;
    }
  }

  uint64_t now(unsigned thread) const { return nodes[1].clock.now(thread); }
  template <class Do> void both(Do what) {
    for (Node &node : nodes)
      what(node.clock);
  }

  bool step() {
    // The world may wake who waits for it, in the past of the others as well.
    for (unsigned i = 0; i < threads; ++i)
      if (status[i] == Status::WaitsForWorld && random() % 3 == 0) {
        uint64_t cycle = now(i) + random() % 60;
        both([&](NodeClock &c) { c.waitUntil(i, cycle, Cause::Semaphore); });
        status[i] = Status::Running;
      }
    unsigned thread = threads;
    uint64_t limit = ~uint64_t(0);
    for (unsigned i = 0; i < threads; ++i)
      if (status[i] == Status::Running) {
        if (thread == threads || now(i) < now(thread)) {
          if (thread != threads)
            limit = std::min(limit, now(thread));
          thread = i;
        } else {
          limit = std::min(limit, now(i));
        }
      }
    if (thread == threads)
      return std::any_of(status.begin(), status.end(), [](Status s) {
        return s == Status::WaitsForWorld;
      });
    bool alone = true;
    for (unsigned i = 0; i < threads; ++i)
      alone &= i == thread || status[i] == Status::Off ||
               status[i] == Status::WaitsForEnd;

    // Mostly short, now and then long enough for a loop.
    uint64_t lastCycle =
        std::min(std::max(now(thread), limit - 1),
                 now(thread) + random() % (random() % 8 ? 300 : 10000));
    uint64_t pauseCycle =
        random() % 2 ? ~uint64_t(0) : now(thread) + random() % 500;
    uint64_t budget = random() % 3 ? ~uint64_t(0) : 1 + random() % 50;
    StopReason reasons[2];
    for (unsigned n = 0; n < 2; ++n) {
      RunContext &c = nodes[n].context;
      c.thread = &nodes[n].state[thread];
      c.memory = &nodes[n].memory;
      c.code = &nodes[n].code;
      c.clock = &nodes[n].clock;
      c.threadNumber = thread;
      c.isAlone = alone;
      c.budget = budget;
      c.lastCycle = lastCycle;
      c.pauseCycle = pauseCycle;
      nodes[n].attachStacks();
      const uint64_t before = c.instructions;
      reasons[n] = level.run(c);
      // It may have paused.
      while (reasons[n] == StopReason::Budget &&
             c.instructions - before < budget &&
             c.clock->now(thread) <= lastCycle) {
        c.pauseCycle = c.clock->now(thread) + random() % 500;
        c.budget = budget - (c.instructions - before);
        nodes[n].attachStacks();
        reasons[n] = level.run(c);
      }
    }
    REQUIRE(reasons[0] == reasons[1]);
    if (reasons[0] == StopReason::Budget)
      return true;
    compare();
    for (Node &node : nodes) {
      uint64_t &pc = node.state[thread].pc;
      pc += 4;
      if (!node.code.contains(pc))
        pc = textBase;
    }
    if (reasons[0] == StopReason::Trap) {
      REQUIRE(nodes[0].context.trap == nodes[1].context.trap);
      return true;
    }
    afterRequest(thread);
    return true;
  }

  /// What the machine might do then.
  void afterRequest(unsigned thread) {
    unsigned other = random() % threads;
    switch (random() % (severalThreads ? 8 : 4)) {
    case 0: {
      uint64_t cycle = now(thread) + random() % 40;
      both([&](NodeClock &c) { c.waitUntil(thread, cycle, Cause::Host); });
      break;
    }
    case 1:
      both([&](NodeClock &c) { c.drain(thread); });
      break;
    case 2:
    case 3:
      break;
    case 4:
    case 5:
      if (status[other] != Status::Off)
        break;
      both([&](NodeClock &c) { c.start(other, c.now(thread)); });
      begin(other);
      break;
    case 6:
      if (thread == 0)
        break;
      both([&](NodeClock &c) { c.drain(thread); });
      status[thread] = Status::Off;
      for (unsigned i = 0; i < threads; ++i)
        if (status[i] == Status::WaitsForEnd && awaited[i] == thread) {
          both([&](NodeClock &c) {
            c.waitUntil(i, c.now(thread), Cause::OtherThread);
          });
          status[i] = Status::Running;
        }
      break;
    case 7:
      if (other != thread && status[other] == Status::Running) {
        status[thread] = Status::WaitsForEnd;
        awaited[thread] = other;
      } else {
        status[thread] = Status::WaitsForWorld;
      }
      break;
    }
    // A checkpoint, now and then, into a clock that has seen nothing.
    if (random() % 16 == 0) {
      writer.clear();
      nodes[0].clock.archive(writer);
      ArchiveReader reader(writer.data());
      both([&](NodeClock &c) {
        if (&c == &nodes[0].clock)
          c.archive(reader);
      });
      REQUIRE(reader.atEnd());
    }
  }

  /// Whether both have counted the same of every instruction and every call, and
  /// nothing but what the clock has counted.
  void compareProfiles() {
    for (unsigned n = 0; n < 2; ++n)
      for (unsigned i = 0; i < threads; ++i)
        nodes[n].stacks[i].end(nodes[n].calls, nodes[n].clock.now(i));
    const std::vector<PcCounts> a = nodes[0].profile(states);
    const std::vector<PcCounts> b = nodes[1].profile(states);
    PcCounts sum;
    for (size_t i = 0; i < a.size(); ++i) {
      REQUIRE(a[i].executed == b[i].executed);
      REQUIRE(static_cast<const CycleCounts &>(a[i]) == b[i]);
      sum += a[i];
    }
    uint64_t issued = 0;
    for (unsigned i = 0; i < threads; ++i)
      issued += nodes[0].clock.issued(i);
    REQUIRE(sum.executed == nodes[0].context.instructions);
    REQUIRE(sum.issued == issued);
    const size_t contexts = nodes[0].tree.contexts().size();
    REQUIRE(contexts == nodes[1].tree.contexts().size());
    for (uint32_t i = 0; i < contexts; ++i) {
      const uint32_t place = CallCounts::placeOf(i);
      const auto &own = nodes[0].calls.at(place);
      const auto &other = nodes[1].calls.at(place);
      REQUIRE(own.calls == other.calls);
      REQUIRE(own.cycles == other.cycles);
    }
  }

  void compare() {
    for (unsigned i = 0; i < threads; ++i) {
      const NodeClock &a = nodes[0].clock, &b = nodes[1].clock;
      REQUIRE(a.now(i) == b.now(i));
      REQUIRE(a.accounted(i) == b.accounted(i));
      REQUIRE(a.issued(i) == b.issued(i));
      REQUIRE(a.lost(i) == b.lost(i));
      REQUIRE(nodes[0].state[i].pc == nodes[1].state[i].pc);
    }
    const RunContext &a = nodes[0].context, &b = nodes[1].context;
    REQUIRE(a.instructions == b.instructions);
    REQUIRE(a.macs == b.macs);
    REQUIRE(a.flops == b.flops);
  }

  Random &random;
  const HostLevel &level;
  std::vector<uint8_t> text;
  PipelineStates &states;
  std::array<Node, 2> nodes;
  std::array<Status, threads> status = {};
  std::array<unsigned, threads> awaited = {};
  bool severalThreads = false;
  ArchiveWriter writer;
};

constexpr Mix mixes[] = {
    {"scalar", 20, 0, 20, 2, 0},  {"calls", 40, 0, 10, 2, 0},
    {"vector", 10, 60, 20, 2, 0}, {"mixed", 15, 35, 25, 3, 0},
    {"faults", 15, 30, 25, 3, 3},
};

void duels(const HostLevel &level, const isa::TimingModel &model, size_t limit,
           unsigned rounds) {
  Random random(5);
  for (unsigned round = 0; round < rounds; ++round) {
    PipelineStates states(model, limit);
    const Mix &mix = mixes[round % std::size(mixes)];
    INFO(level.name << ", " << mix.name << ", round " << round);
    Duel duel(random, mix, level, states, 20 + random() % 200);
    duel.run(200, round / std::size(mixes) % 2);
    REQUIRE(states.size() <= limit);
  }
}

/// Several threads of one program in two nodes: in one the interpreter lets them
/// take turns, in the other this does, one call a turn.
void takeTurns(Random &random, const Mix &mix, const HostLevel &level,
               bool timed) {
  std::vector<uint8_t> text = drawProgram(random, mix, 20 + random() % 100);
  PipelineStates states(isa::d1Model);
  std::array<Node, 2> nodes{Node(text, states, false),
                            Node(text, states, false)};
  std::array<uint64_t, threads> times = {};
  unsigned running = 2 + random() % (threads - 1);
  for (unsigned i = 0; i < running; ++i) {
    uint64_t pc = textBase + random() % (text.size() / 4) * 4;
    for (Node &node : nodes) {
      node.state[i].pc = pc;
      node.state[i].x[1] = textBase;
      node.state[i].x[dataBase] = dataAddress;
      node.state[i].x[3] = i;
    }
  }
  auto timeIn = [&](unsigned n, unsigned i) {
    return timed ? nodes[n].clock.now(i) : times[i];
  };
  for (uint64_t limit = 0; limit < 1500;) {
    limit += random() % 100;
    ThreadTurns turns;
    turns.limit = limit;
    for (unsigned i = 0; i < running; ++i) {
      turns.states[i] = &nodes[0].state[i];
      turns.times[i] = timeIn(0, i);
    }
    for (Node &node : nodes) {
      node.context.memory = &node.memory;
      node.context.code = &node.code;
      node.context.clock = timed ? &node.clock : nullptr;
    }
    nodes[0].context.turns = &turns;
    StopReason reason = level.run(nodes[0].context);

    std::array<uint64_t, threads> executed = {};
    StopReason other = StopReason::Budget;
    unsigned thread = threads;
    while (other == StopReason::Budget) {
      uint64_t second = limit;
      thread = threads;
      for (unsigned i = 0; i < running; ++i) {
        uint64_t time = timeIn(1, i);
        auto turn = [&](unsigned t) { return (t - unsigned(time)) % threads; };
        if (thread == threads || time < timeIn(1, thread) ||
            (time == timeIn(1, thread) && turn(i) < turn(thread))) {
          if (thread != threads)
            second = std::min(second, timeIn(1, thread));
          thread = i;
        } else {
          second = std::min(second, time);
        }
      }
      uint64_t now = timeIn(1, thread);
      if (now >= limit)
        break;
      RunContext &c = nodes[1].context;
      c.thread = &nodes[1].state[thread];
      c.threadNumber = thread;
      c.isAlone = false;
      c.lastCycle = std::max(now + 1, second) - 1;
      c.budget = timed ? ~uint64_t(0) : std::max<uint64_t>(second - now, 1);
      uint64_t before = c.instructions;
      other = level.run(c);
      executed[thread] += c.instructions - before;
      times[thread] += c.instructions - before;
    }
    REQUIRE(reason == other);
    for (unsigned i = 0; i < running; ++i) {
      REQUIRE(turns.instructions[i] == executed[i]);
      REQUIRE(nodes[0].clock.now(i) == nodes[1].clock.now(i));
      REQUIRE(nodes[0].clock.lost(i) == nodes[1].clock.lost(i));
      REQUIRE(std::memcmp(&nodes[0].state[i], &nodes[1].state[i],
                          sizeof(ThreadState)) == 0);
    }
    if (reason == StopReason::Budget)
      continue;
    REQUIRE(nodes[0].context.threadNumber == thread);
    for (Node &node : nodes) {
      uint64_t &pc = node.state[thread].pc;
      pc += 4;
      if (!node.code.contains(pc))
        pc = textBase;
    }
  }
}

} // namespace

TEST_CASE("threads take turns by time, or by instruction without timing") {
  Random random(7);
  for (unsigned round = 0; round < 100; ++round) {
    const Mix &mix = mixes[round % std::size(mixes)];
    INFO(mix.name << ", round " << round);
    takeTurns(random, mix, hostLevelGeneric, round % 2);
    takeTurns(random, mix, *selectHostLevel(), round % 2);
  }
}

TEST_CASE("remembered timing is that of the plain model") {
  for (const char *name : {"generic", "v3", "v4"})
    if (const HostLevel *level = selectHostLevel(name))
      duels(*level, isa::d1Model, PipelineStates::defaultLimit, 600);
}

TEST_CASE("so it is with one instruction a cycle") {
  duels(hostLevelGeneric, isa::unitModel, PipelineStates::defaultLimit, 50);
}

TEST_CASE("so it is on idealised pipelines") {
  using Change = void (*)(PipelineIdeals &);
  // As a person gives them, and all at once.
  static constexpr Change changes[] = {
      [](PipelineIdeals &i) { i.latency[size_t(Cause::OperandLoad)] = 0; },
      [](PipelineIdeals &i) { i.perfectBranches = true; },
      [](PipelineIdeals &i) { i.unlimitedIssue = true; },
      [](PipelineIdeals &i) { i.memoryPorts = 2, i.matrixUnits = 2; },
      [](PipelineIdeals &i) { i.vectorQueue = 32, i.latency.fill(40); },
      [](PipelineIdeals &i) { i.vectorQueue = 1, i.latency.fill(0); },
  };
  PipelineIdeals all;
  for (Change change : changes) {
    PipelineIdeals one;
    change(one);
    change(all);
    duels(hostLevelGeneric, IdealModel(isa::d1Model, one).model(),
          PipelineStates::defaultLimit, 30);
  }
  duels(hostLevelGeneric, IdealModel(isa::d1Model, all).model(),
        PipelineStates::defaultLimit, 60);
}

TEST_CASE("so it is where there is no room for more states") {
  duels(hostLevelGeneric, isa::d1Model, 1, 40);
  duels(hostLevelGeneric, isa::d1Model, 20, 40);
}

TEST_CASE("a node that has run one thread keeps little time") {
  CHECK(sizeof(NodeClock) < 1024);
}
