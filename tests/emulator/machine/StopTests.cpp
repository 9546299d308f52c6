// How runs stop: of several traps in one cycle, which one counts; what is said
// of the threads when somebody interrupts.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Program.h"
#include "tatami/isa/GlobalAddress.h"
#include "tatami/machine/Machine.h"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <cstdlib>
#include <vector>

using namespace tatami;
using namespace tatami::isa;
using tatami::test::Program;
using Catch::Matchers::Contains;

namespace {

RunResult run(const Program &program, const MachineOptions &options) {
  std::string error;
  Machine machine(options, program.image(), error);
  REQUIRE(error == "");
  return machine.run();
}

uint64_t cycleOf(const RunResult &result) {
  size_t at = result.report.find("in cycle ");
  REQUIRE(at != std::string::npos);
  return std::strtoull(result.report.c_str() + at + 9, nullptr, 10);
}

void loopForEver(Program &p) { p.add(Opcode::BEQ, Beq{0, 0, 0}); }

/// All nodes do the same for some time; then those of the set trap.
Program trapping(const std::vector<unsigned> &nodes) {
  int32_t set = 0;
  for (unsigned node : nodes)
    set |= 1 << node;
  Program p;
  p.add(Opcode::CSRR, Csrr{20, int32_t(ControlRegister::NODE)});
  p.li(5, set);
  p.loop(500, [&] { p.add(Opcode::MUL, Mul{12, 12, 31}); });
  p.add(Opcode::SRL, Srl{5, 5, 20});
  p.add(Opcode::ANDI, Andi{5, 5, 1});
  p.add(Opcode::BEQ, Beq{5, 0, 8});
  p.add(Opcode::BRK, Brk{1});
  loopForEver(p);
  return p;
}

} // namespace

TEST_CASE("of traps in the same cycle, the lowest node's counts") {
  // With four dies, node 4 is in the first, 3 in the second, 9 in the third.
  for (unsigned dies : {1u, 4u})
    for (unsigned threads : {1u, 3u}) {
      INFO("dies " << dies << ", host threads " << threads);
      MachineOptions options;
      options.hostThreads = threads;
      options.config.mesh.topology = mesh::Topology(4, 4);
      if (dies > 1) {
        options.config.mesh.dieColumns = options.config.mesh.dieRows = 2;
        options.config.mesh.dieCrossingCycles = 60;
      }
      RunResult low = run(trapping({3}), options);
      RunResult high = run(trapping({4}), options);
      RunResult both = run(trapping({9, 4, 3}), options);
      CHECK_THAT(high.report, Contains("node 4 "));
      REQUIRE(cycleOf(low) == cycleOf(high));
      CHECK_THAT(both.report, Contains("node 3 "));
      CHECK(both.report == low.report);
    }
}

namespace {

/// Threads 1 and 2 do \p one and \p two instructions and store to address 0, or
/// elsewhere and go on if they are not to trap.
Program racing(int32_t one, int32_t two, bool oneTraps, bool twoTraps) {
  Program p;
  size_t first = p.here();
  p.li(10, 0);
  size_t second = p.here();
  p.li(11, 0);
  p.li(5, 1);
  p.li(6, 2);
  p.li(12, oneTraps ? 0 : 0x8000);
  p.li(13, twoTraps ? 0 : 0x9000);
  p.add(Opcode::TSTART, Tstart{5, 10, 12});
  p.add(Opcode::TSTART, Tstart{6, 11, 13});
  loopForEver(p);
  auto body = [&](size_t start, uint8_t reg, int32_t count) {
    p.words[start] = *encode(Opcode::LI, Li{reg, int32_t(p.address(p.here()))});
    for (int32_t i = 0; i < count; ++i)
      p.add(Opcode::ADDI, Addi{9, 9, 1});
    p.add(Opcode::SD, Sd{0, 8, 0});
    loopForEver(p);
  };
  body(first, 10, one);
  body(second, 11, two);
  return p;
}

} // namespace

TEST_CASE("of threads that trap in the same cycle, the one whose turn it is") {
  for (TimingMode mode : {TimingMode::Off, TimingMode::Unit, TimingMode::D1}) {
    MachineOptions options;
    options.timing = mode;
    unsigned ties = 0, firsts = 0, seconds = 0;
    for (int32_t offset = 0; offset < 4; ++offset)
      for (int32_t more = 0; more < 8; ++more) {
        INFO("timing " << int(mode) << ", offset " << offset << ", more "
                       << more);
        const int32_t one = 10 + offset + more, two = 10 + offset;
        RunResult alone1 = run(racing(one, two, true, false), options);
        RunResult alone2 = run(racing(one, two, false, true), options);
        RunResult both = run(racing(one, two, true, true), options);
        const uint64_t cycle1 = cycleOf(alone1), cycle2 = cycleOf(alone2);
        CHECK_THAT(alone1.report, Contains("thread 1,"));
        CHECK_THAT(alone2.report, Contains("thread 2,"));
        // Ties go round: thread `cycle` modulo 4 comes first.
        auto turn = [&](uint64_t thread) { return (thread - cycle1) % 4; };
        const bool tie = cycle1 == cycle2;
        const bool isFirst = tie ? turn(1) < turn(2) : cycle1 < cycle2;
        CHECK(both.report == (isFirst ? alone1 : alone2).report);
        ties += tie;
        firsts += tie && isFirst;
        seconds += tie && !isFirst;
      }
    INFO("timing " << int(mode) << ", " << ties << " ties");
    // With unit, only one thread issues in a cycle.
    CHECK((ties > 0) == (mode != TimingMode::Unit));
    CHECK((firsts > 0 && seconds > 0) == (ties > 0));
  }
}

TEST_CASE("who interrupts a run learns of a pull that has no room") {
  // Node 0 pulls twice from memory that never answers; the others run.
  Program p;
  p.add(Opcode::CSRR, Csrr{20, int32_t(ControlRegister::NODE)});
  size_t others = p.add(Opcode::BNE, Bne{20, 0, 0});
  p.li(11, int32_t(AddressSpace::HBM));
  p.add(Opcode::SLLI, Slli{11, 11, int32_t(addressSpaceShift)});
  p.li(12, 0x9000);
  p.li(13, 64);
  p.li(14, 7);
  p.add(Opcode::PULL, Pull{12, 11, 13, 14});
  size_t second = p.add(Opcode::PULL, Pull{12, 11, 13, 14});
  p.words[others] = *encode(
      Opcode::BNE, Bne{20, 0, 4 * (int32_t(p.here()) - int32_t(others))});
  loopForEver(p);
  MachineOptions options;
  options.hostThreads = 1;
  options.config.mesh.topology = mesh::Topology(2, 1);
  options.config.mesh.edgePorts = {
      {mesh::Direction::West, mesh::Rect{0, 0, 0, 0}}};
  options.config.hbmBytes = 1 << 20;
  options.config.hbmCycles = 4'000'000'000;
  options.config.openPulls = 1;
  size_t waiting = 0;
  options.progress = [&](const Progress &progress) {
    waiting = progress.waiting;
    return false;
  };
  RunResult result = run(p, options);
  CHECK(result.exitStatus == interruptedStatus);
  CHECK(waiting == 1);
  CHECK_THAT(result.report, Contains("interrupted in cycle"));
  CHECK_THAT(
      result.report,
      Contains("1 thread (node 0 thread 0) waiting for one of its 1 open pulls "
               "to end at " +
               fmt::format("{:#x}", p.address(second))));
}
