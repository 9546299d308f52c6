// Several nodes: data, signals, barriers, multicasts and traps by the mesh.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Program.h"
#include "tatami/machine/Machine.h"

#include <catch2/catch.hpp>

using namespace tatami;
using namespace tatami::isa;
using tatami::test::Program;
using Catch::Matchers::Contains;

namespace {

RunResult run(const Program &program, TimingMode mode = TimingMode::D1,
              unsigned columns = 4, unsigned rows = 4) {
  MachineOptions options;
  options.timing = mode;
  options.config.mesh.topology = mesh::Topology(columns, rows);
  std::string error;
  Machine machine(options, program.image(), error);
  REQUIRE(error == "");
  return machine.run();
}

/// x_reg = the rectangle of all nodes of a 4 x 4 machine.
void wholeMesh(Program &p, uint8_t reg) {
  p.li(reg, 3);
  p.add(Opcode::SLLI, Slli{7, reg, 48});
  p.add(Opcode::SLLI, Slli{reg, reg, 32});
  p.add(Opcode::OR, Or{reg, reg, 7});
}

/// Nodes other than 0 go to `other`; returns what to patch.
size_t branchOfOthers(Program &p) {
  p.add(Opcode::CSRR, Csrr{20, int32_t(ControlRegister::NODE)});
  return p.add(Opcode::BNE, Bne{20, 0, 0});
}
void patchBranch(Program &p, size_t branch) {
  p.words[branch] = *encode(
      Opcode::BNE, Bne{20, 0, 4 * (int32_t(p.here()) - int32_t(branch))});
}

/// Ends with status x8 == 0 only if x9 == expected.
void exitIfEqual(Program &p, int32_t expected) {
  p.li(10, expected);
  p.add(Opcode::SNE, Sne{8, 9, 10});
  p.hostCall(HostCall::EXIT);
}

constexpr TimingMode allModes[] = {TimingMode::Off, TimingMode::Unit,
                                   TimingMode::D1};

} // namespace

TEST_CASE("remote stores, a signal behind them, a remote load") {
  Program p;
  size_t others = branchOfOthers(p);
  // Node 0: wait for 15 signals; the sum of what was stored is 120.
  p.li(5, 2);
  p.li(6, 15);
  p.add(Opcode::SWAIT, Swait{5, 6});
  p.li(11, 0x8000);
  p.li(9, 0);
  p.loop(15, [&] {
    p.add(Opcode::ADDI, Addi{11, 11, 8});
    p.add(Opcode::LD, Ld{12, 11, 0});
    p.add(Opcode::ADD, Add{9, 9, 12});
  });
  exitIfEqual(p, 120);
  patchBranch(p, others);
  p.globalAddress(11, 0, 0x8000);
  p.add(Opcode::ADDSL, Addsl{11, 11, 20, 3});
  p.add(Opcode::RSD, Rsd{20, 11});
  p.li(5, 2);
  p.li(6, 1);
  p.add(Opcode::SSIG, Ssig{11, 5, 6});
  p.add(Opcode::MFENCE, Mfence{});
  // What was stored can be read back.
  p.add(Opcode::RLD, Rld{9, 11});
  p.add(Opcode::SNE, Sne{8, 9, 20});
  p.hostCall(HostCall::EXIT);
  for (TimingMode mode : allModes) {
    RunResult result = run(p, mode);
    CHECK(result.report == "");
    CHECK(result.exitStatus == 0);
  }
}

TEST_CASE("a barrier covers what was sent before it") {
  Program p;
  p.add(Opcode::CSRR, Csrr{20, int32_t(ControlRegister::NODE)});
  // Everybody stores its number + 1 to the next node, 20 times.
  p.add(Opcode::ADDI, Addi{21, 20, 1});
  p.add(Opcode::ANDI, Andi{22, 21, 15});
  p.globalAddress(11, 22, 0x8000);
  wholeMesh(p, 13);
  p.li(23, 20);
  size_t top = p.here();
  p.add(Opcode::RSD, Rsd{21, 11});
  p.add(Opcode::BAR, Bar{13});
  p.li(14, 0x8000);
  p.add(Opcode::LD, Ld{9, 14, 0});
  // Node n holds n, node 0 holds 16.
  p.add(Opcode::ANDI, Andi{9, 9, 15});
  p.add(Opcode::SNE, Sne{8, 9, 20});
  size_t wrong = p.add(Opcode::BNE, Bne{8, 0, 0});
  p.add(Opcode::SD, Sd{0, 14, 0});
  p.add(Opcode::BAR, Bar{13});
  p.add(Opcode::ADDI, Addi{23, 23, -1});
  p.add(Opcode::BNE, Bne{23, 0, p.distanceTo(top)});
  p.words[wrong] =
      *encode(Opcode::BNE, Bne{8, 0, 4 * (int32_t(p.here()) - int32_t(wrong))});
  p.hostCall(HostCall::EXIT);
  for (TimingMode mode : allModes) {
    RunResult result = run(p, mode);
    CHECK(result.report == "");
    CHECK(result.exitStatus == 0);
  }
}

TEST_CASE("push, pull and multicast of blocks") {
  Program p;
  size_t others = branchOfOthers(p);
  // Node 0 multicasts 4 kB that it has filled, then a signal to all.
  p.li(11, 0x8000);
  p.loop(512, [&] {
    p.add(Opcode::SD, Sd{31, 11, 0});
    p.add(Opcode::ADDI, Addi{11, 11, 8});
  });
  wholeMesh(p, 13);
  p.li(14, 0x8000);
  p.li(15, 0x10000);
  p.li(16, 4096);
  p.add(Opcode::MCAST, Mcast{14, 15, 13, 16});
  p.li(5, 1);
  p.add(Opcode::MCSIG, Mcsig{13, 5, 5});
  // Everybody pushes it back to another place; wait for 15 signals.
  p.li(5, 4);
  p.li(6, 15);
  p.add(Opcode::SWAIT, Swait{5, 6});
  p.li(9, 0);
  p.exit(0);
  patchBranch(p, others);
  p.li(5, 1);
  p.add(Opcode::SWAIT, Swait{5, 5});
  // The multicast's data are here: sum of 1 to 512.
  p.li(11, 0x10000);
  p.li(9, 0);
  p.loop(512, [&] {
    p.add(Opcode::LD, Ld{12, 11, 0});
    p.add(Opcode::ADD, Add{9, 9, 12});
    p.add(Opcode::ADDI, Addi{11, 11, 8});
  });
  // Push it to the own slot of node 0, and pull it back from there.
  p.globalAddress(14, 0, 0x40000);
  p.add(Opcode::SLLI, Slli{15, 20, 12});
  p.add(Opcode::ADD, Add{14, 14, 15});
  p.li(15, 0x10000);
  p.li(16, 4096);
  p.add(Opcode::PUSH, Push{15, 14, 16});
  p.add(Opcode::MFENCE, Mfence{});
  p.li(17, 0x20000);
  p.li(18, 7);
  p.add(Opcode::PULL, Pull{17, 14, 16, 18});
  p.li(5, 7);
  p.li(6, 1);
  p.add(Opcode::SWAIT, Swait{5, 6});
  p.li(11, 0x20000);
  p.loop(512, [&] {
    p.add(Opcode::LD, Ld{12, 11, 0});
    p.add(Opcode::ADD, Add{9, 9, 12});
    p.add(Opcode::ADDI, Addi{11, 11, 8});
  });
  p.li(5, 4);
  p.li(6, 1);
  p.add(Opcode::SSIG, Ssig{14, 5, 6});
  exitIfEqual(p, 2 * 512 * 513 / 2);
  for (TimingMode mode : allModes) {
    RunResult result = run(p, mode);
    CHECK(result.report == "");
    CHECK(result.exitStatus == 0);
    uint64_t sent = 0, received = 0;
    for (const NodeStats &node : result.stats.nodes)
      sent += node.packetsSent, received += node.packetsReceived;
    CHECK(sent > 15 * 128);
    CHECK(received > sent); // Multicasts multiply.
  }
}

TEST_CASE("wrong remote accesses trap on the node that does them") {
  auto trapOf = [](auto build) {
    Program p;
    size_t others = branchOfOthers(p);
    build(p);
    patchBranch(p, others);
    p.exit(0);
    return run(p).report;
  };
  CHECK_THAT(trapOf([](Program &p) {
               p.li(6, 16);
               p.globalAddress(11, 6, 0x8000);
               p.add(Opcode::RSD, Rsd{5, 11});
             }),
             Contains("disabled-node") && Contains("node 0"));
  CHECK_THAT(trapOf([](Program &p) {
               p.li(6, 2);
               p.globalAddress(11, 6, 0x140000);
               p.add(Opcode::RLW, Rlw{5, 11});
             }),
             Contains("bad-remote-address"));
  CHECK_THAT(trapOf([](Program &p) {
               p.li(6, 2);
               p.globalAddress(11, 6, 0x8004);
               p.add(Opcode::RLD, Rld{5, 11});
             }),
             Contains("misaligned"));
  CHECK_THAT(trapOf([](Program &p) {
               p.li(6, 1);
               p.add(Opcode::BAR, Bar{6}); // x0 = 1 > x1 = 0.
             }),
             Contains("bad-rectangle"));
  CHECK_THAT(trapOf([](Program &p) {
               p.li(6, 1); // Node 1 alone.
               p.add(Opcode::SLLI, Slli{7, 6, 32});
               p.add(Opcode::OR, Or{6, 6, 7});
               p.add(Opcode::BAR, Bar{6});
             }),
             Contains("bad-rectangle") && Contains("node 0"));
}

TEST_CASE("a barrier that one node misses is a deadlock") {
  Program p;
  size_t others = branchOfOthers(p);
  p.exit(0);
  patchBranch(p, others);
  wholeMesh(p, 13);
  p.add(Opcode::BAR, Bar{13});
  p.exit(0);
  RunResult result = run(p);
  CHECK(result.exitStatus == trapStatus);
  CHECK_THAT(result.report, Contains("deadlock") && Contains("the barrier of"));
}

TEST_CASE("the exit status is that of the lowest node that has one") {
  Program p;
  p.add(Opcode::CSRR, Csrr{20, int32_t(ControlRegister::NODE)});
  p.li(9, 5);
  p.add(Opcode::SLT, Slt{10, 20, 9});
  // Nodes 0 to 4 end with 0, the others with their number.
  p.li(8, 0);
  p.add(Opcode::BNE, Bne{10, 0, 8});
  p.add(Opcode::ADD, Add{8, 20, 0});
  p.hostCall(HostCall::EXIT);
  CHECK(run(p).exitStatus == 5);
}

TEST_CASE("a remote load of one hop costs what the mesh says") {
  Program p;
  size_t others = branchOfOthers(p);
  p.li(6, 1);
  p.globalAddress(11, 6, 0x8000);
  p.add(Opcode::CSRR, Csrr{21, int32_t(ControlRegister::CYCLE)});
  p.add(Opcode::RLD, Rld{9, 11});
  p.add(Opcode::CSRR, Csrr{22, int32_t(ControlRegister::CYCLE)});
  p.add(Opcode::SUB, Sub{8, 22, 21});
  p.hostCall(HostCall::EXIT);
  patchBranch(p, others);
  p.exit(0);
  // Twice inject + hop + eject, and the cycle of the instruction.
  int cycles = run(p).exitStatus;
  CHECK(cycles >= 6);
  CHECK(cycles <= 9);
}

TEST_CASE("only so many pulls are open; one more waits for the mesh") {
  // Node 0 asks node 15 for 200 blocks of a packet, then waits for all; threads
  // 0 and 1 do so if `both`. What waits for the sum is thread 0.
  auto pulling = [](bool both) {
    constexpr int32_t pulls = 200;
    Program p;
    size_t others = branchOfOthers(p);
    p.li(6, 15);
    size_t second = 0;
    if (both) {
      p.li(9, 1);
      second = p.here();
      p.li(10, 0);
      p.add(Opcode::TSTART, Tstart{9, 10, 0});
    }
    size_t body = p.here();
    p.li(6, 15);
    p.globalAddress(11, 6, 0x8000);
    p.li(12, 0x9000);
    p.li(13, 64);
    p.li(14, 7);
    p.loop(pulls, [&] { p.add(Opcode::PULL, Pull{12, 11, 13, 14}); });
    p.add(Opcode::CSRR, Csrr{5, int32_t(ControlRegister::THREAD)});
    size_t first = p.add(Opcode::BEQ, Beq{5, 0, 0});
    p.add(Opcode::HALT, Halt{});
    p.words[first] = *encode(
        Opcode::BEQ, Beq{5, 0, 4 * (int32_t(p.here()) - int32_t(first))});
    p.li(6, both ? 2 * pulls : pulls);
    p.add(Opcode::SWAIT, Swait{14, 6});
    p.exit(0);
    if (both)
      p.words[second] =
          *encode(Opcode::LI, Li{10, int32_t(p.address(body))});
    patchBranch(p, others);
    p.exit(0);
    return p;
  };
  for (bool both : {false, true})
    for (TimingMode mode : allModes) {
      INFO("both " << both << ", timing " << int(mode));
      auto runWith = [&](unsigned openPulls) {
        MachineOptions options;
        options.timing = mode;
        options.config.mesh.topology = mesh::Topology(4, 4);
        options.config.openPulls = openPulls;
        std::string error;
        Machine machine(options, pulling(both).image(), error);
        RunResult result = machine.run();
        CHECK(result.report == "");
        CHECK(result.exitStatus == 0);
        return result.stats.nodes[0];
      };
      auto credit = [](const NodeStats &node) {
        return node.lost[size_t(Cause::MeshCredit)];
      };
      const uint64_t pulls = both ? 400 : 200;
      NodeStats one = runWith(1), few = runWith(3), enough = runWith(400);
      CHECK(one.packetsSent == pulls);
      CHECK(one.packetsReceived == pulls);
      CHECK(enough.packetsReceived == pulls);
      if (mode == TimingMode::Off)
        continue; // No cycles, but all of it arrives.
      // Twice 6 hops and the ports, one pull after the other; then three at a
      // time, then as fast as the loop goes.
      CHECK(one.cycles >= pulls * 14);
      CHECK(one.cycles <= pulls * 18);
      CHECK(few.cycles >= one.cycles / 3);
      CHECK(few.cycles <= one.cycles / 3 + 60);
      CHECK(enough.cycles < few.cycles);
      CHECK(credit(one) >= (pulls - 2) * 12);
      CHECK(credit(few) < credit(one));
      CHECK(credit(enough) == 0);
    }
}
