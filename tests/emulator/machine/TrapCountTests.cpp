// What a run counts that a trap ends: everything before it and nothing behind,
// however far other nodes had been simulated.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Program.h"
#include "tatami/machine/Machine.h"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <unistd.h>

using namespace tatami;
using namespace tatami::isa;
using tatami::test::Program;
using Catch::Matchers::Contains;
namespace fs = std::filesystem;

namespace {

/// 4 x 4 nodes, as one die or as four.
MachineOptions machine(unsigned dies) {
  MachineOptions options;
  options.hostThreads = 1;
  options.config.mesh.topology = mesh::Topology(4, 4);
  if (dies > 1) {
    options.config.mesh.dieColumns = options.config.mesh.dieRows = 2;
    options.config.mesh.dieCrossingCycles = 60;
  }
  return options;
}

RunResult run(const Program &program, MachineOptions options) {
  std::string error;
  Machine machine(options, program.image(), error);
  REQUIRE(error == "");
  return machine.run();
}

std::string json(RunResult result) {
  result.stats.hostSeconds = 0;
  return statsToJson(result.stats);
}

uint64_t cycleOf(const RunResult &result) {
  size_t at = result.report.find("in cycle ");
  REQUIRE(at != std::string::npos);
  return std::strtoull(result.report.c_str() + at + 9, nullptr, 10);
}

void compute(Program &p, int32_t count) {
  p.loop(count, [&] {
    p.add(Opcode::MUL, Mul{12, 12, 31});
    p.add(Opcode::ADD, Add{13, 12, 13});
    p.add(Opcode::SD, Sd{13, 14, 0});
  });
}

/// What the nodes do that do not trap.
enum class Others { Compute, Ring, Regions };

/// Node `victim` computes for `rounds` and stores to address 0, or, if not
/// `traps`, does the same but stores somewhere else and goes on for ever.
Program program(Others others, int32_t victim, int32_t rounds, bool traps) {
  Program p;
  p.add(Opcode::CSRR, Csrr{20, int32_t(ControlRegister::NODE)});
  p.li(14, 0x8000);
  p.li(25, traps ? 0 : 0x9000);
  p.li(9, victim);
  size_t branch = p.add(Opcode::BNE, Bne{20, 9, 0});
  compute(p, rounds);
  p.add(Opcode::SD, Sd{0, 25, 0});
  size_t top = p.here();
  p.add(Opcode::ADDI, Addi{12, 12, 1});
  p.add(Opcode::BNE, Bne{9, 10, p.distanceTo(top)});
  p.words[branch] = *encode(
      Opcode::BNE, Bne{20, 9, 4 * (int32_t(p.here()) - int32_t(branch))});
  switch (others) {
  case Others::Compute:
    compute(p, 100000);
    break;
  case Others::Ring:
    // Stores and signals to the node 3 further on, and a wait for those of
    // the one behind, but for those that would wait for the victim.
    p.add(Opcode::ADDI, Addi{21, 20, 3});
    p.add(Opcode::ANDI, Andi{21, 21, 15});
    p.globalAddress(11, 21, 0x8040);
    p.li(5, 1);
    p.loop(3000, [&] {
      p.add(Opcode::RSD, Rsd{31, 11});
      p.add(Opcode::SSIG, Ssig{11, 5, 5});
      p.add(Opcode::STEST, Stest{6, 5, 5});
      p.add(Opcode::ADD, Add{13, 6, 13});
    });
    break;
  case Others::Regions:
    p.li(5, 'g');
    p.add(Opcode::SB, Sb{5, 14, 64});
    p.loop(200, [&] {
      p.li(8, 0x8040);
      p.hostCall(HostCall::REGION_BEGIN);
      p.add(Opcode::MUL, Mul{12, 12, 31});
      p.hostCall(HostCall::REGION_END);
    });
    break;
  }
  p.exit(0);
  return p;
}

} // namespace

TEST_CASE("a trap's statistics hold what came before it, and nothing later") {
  for (unsigned dies : {1u, 4u})
    for (Others others : {Others::Compute, Others::Ring, Others::Regions})
      for (int32_t victim : {0, 6, 15})
        for (int32_t rounds : {1, 150, 2500}) {
          INFO("dies " << dies << ", others " << int(others) << ", victim "
                       << victim << ", rounds " << rounds);
          MachineOptions options = machine(dies);
          RunResult trapped =
              run(program(others, victim, rounds, true), options);
          REQUIRE(trapped.exitStatus == trapStatus);
          CHECK_FALSE(trapped.countsTooMuch);
          CHECK(trapped.warning == "");
          const uint64_t cycle = cycleOf(trapped);

          for (unsigned threads : {2u, 3u, 8u}) {
            options.hostThreads = threads;
            RunResult other =
                run(program(others, victim, rounds, true), options);
            REQUIRE(other.report == trapped.report);
            REQUIRE(json(other) == json(trapped));
          }

          // In the cycle of the trap, lower nodes have their turn and higher
          // ones do not.
          Program endless = program(others, victim, rounds, false);
          options.maxCycles = cycle;
          RunResult before = run(endless, options);
          options.maxCycles = cycle + 1;
          RunResult after = run(endless, options);
          for (int32_t i = 0; i < 16; ++i) {
            INFO("node " << i);
            const NodeStats &got = trapped.stats.nodes[size_t(i)];
            const NodeStats &expected =
                (i < victim ? after : before).stats.nodes[size_t(i)];
            if (i == victim) {
              // All of the cycle's instructions before the one that traps.
              CHECK(got.instructions >= expected.instructions);
              CHECK(got.instructions <
                    after.stats.nodes[size_t(i)].instructions);
              continue;
            }
            CHECK(got.instructions == expected.instructions);
            CHECK(got.issuedCycles == expected.issuedCycles);
            CHECK(got.packetsSent == expected.packetsSent);
            if (i > victim) {
              CHECK(got.cycles == expected.cycles);
              CHECK(got.lost == expected.lost);
              CHECK(got.packetsReceived == expected.packetsReceived);
            }
          }
        }
}

namespace {

/// Where a program may do with files what it likes.
struct Folder {
  fs::path path;
  Folder() {
    path = fs::temp_directory_path() /
           ("tatami-trap-count-" + std::to_string(getpid()));
    fs::create_directory(path);
  }
  ~Folder() { fs::remove_all(path); }

  void write(const char *name, const std::string &text) const {
    std::ofstream(path / name, std::ios::binary) << text;
  }
  std::string read(const char *name) const {
    std::ifstream in(path / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
};

/// Node 0 reads from the file /d/f how often it is to compute, writes something
/// else at the file's end, closes and computes; then it traps. The others just
/// compute.
Program readingProgram() {
  Program p;
  p.add(Opcode::CSRR, Csrr{20, int32_t(ControlRegister::NODE)});
  p.li(14, 0x8000);
  size_t branch = p.add(Opcode::BNE, Bne{20, 0, 0});
  const std::string path = "/d/f";
  for (size_t i = 0; i < path.size(); ++i) {
    p.li(5, path[i]);
    p.add(Opcode::SB, Sb{5, 14, int32_t(64 + i)});
  }
  auto call = [&](HostCall what, int32_t a, int32_t b) {
    p.add(Opcode::ADD, Add{8, 24, 0}); // The descriptor.
    p.li(9, a);
    p.li(10, b);
    p.hostCall(what);
  };
  p.li(24, 0x8040);
  call(HostCall::OPEN, 2 | 8, 0); // To read and to append.
  p.add(Opcode::ADD, Add{24, 8, 0});
  call(HostCall::READ, 0x9000, 1);
  call(HostCall::WRITE, 0x8040, 2);
  call(HostCall::STAT, 0x9040, 0);
  call(HostCall::CLOSE, 0, 0);
  // As often as the byte and the file's length then say.
  p.li(14, 0x9000);
  p.add(Opcode::LBU, Lbu{31, 14, 0});
  p.add(Opcode::LD, Ld{5, 14, 64});
  p.add(Opcode::MUL, Mul{31, 31, 5});
  size_t top = p.here();
  p.add(Opcode::ADDI, Addi{31, 31, -1});
  p.add(Opcode::BNE, Bne{31, 0, p.distanceTo(top)});
  p.add(Opcode::SD, Sd{0, 0, 0});
  p.words[branch] = *encode(
      Opcode::BNE, Bne{20, 0, 4 * (int32_t(p.here()) - int32_t(branch))});
  compute(p, 100000);
  p.exit(0);
  return p;
}

} // namespace

TEST_CASE("what counts up to a trap touches no file again") {
  for (unsigned dies : {1u, 4u}) {
    Folder folder;
    MachineOptions options = machine(dies);
    options.grants = {{folder.path.string(), "/d"}};
    auto runOnce = [&](const MachineOptions &with) {
      folder.write("f", "zz");
      RunResult result = run(readingProgram(), with);
      CHECK(result.exitStatus == trapStatus);
      CHECK(folder.read("f") == "zz/d");
      return result;
    };
    RunResult trapped = runOnce(options);
    CHECK_FALSE(trapped.countsTooMuch);
    options.hostThreads = 3;
    CHECK(json(runOnce(options)) == json(trapped));

    options.maxCycles = cycleOf(trapped);
    folder.write("f", "zz");
    RunResult before = run(readingProgram(), options);
    CHECK(before.exitStatus == maxCyclesStatus);
    for (size_t i = 1; i < 16; ++i)
      CHECK(trapped.stats.nodes[i].instructions ==
            before.stats.nodes[i].instructions);
    CHECK(trapped.stats.nodes[0].instructions > 4 * 122);

    // Too much to be kept: then it says so.
    options = machine(dies);
    options.grants = {{folder.path.string(), "/d"}};
    options.mostKept = 100;
    RunResult forgetful = runOnce(options);
    CHECK(forgetful.countsTooMuch);
    CHECK_THAT(forgetful.warning, Contains("more than the 100 bytes"));
    CHECK(forgetful.stats.total.instructions >
          trapped.stats.total.instructions);
  }
}

TEST_CASE("what counts up to a trap may begin at a checkpoint") {
  for (unsigned dies : {1u, 4u}) {
    Folder folder;
    MachineOptions options = machine(dies);
    Program p = program(Others::Ring, 6, 2500, true);
    RunResult whole = run(p, options);
    const uint64_t cycle = cycleOf(whole);
    options.checkpointEvery = cycle / 3 + 1;
    options.checkpointFile = (folder.path / "c").string();
    CHECK(json(run(p, options)) == json(whole));
    REQUIRE(fs::exists(folder.path / "c"));
    options.restoreFile = (folder.path / "c").string();
    options.checkpointEvery = 0;
    CHECK(json(run(p, options)) == json(whole));
  }
}

TEST_CASE("what counts up to a trap idealises the machine once") {
  MachineOptions options = machine(4);
  options.ideals.links = 2;
  Program p = program(Others::Ring, 6, 1500, true);
  RunResult trapped = run(p, options);
  options.maxCycles = cycleOf(trapped);
  RunResult before = run(p, options);
  for (size_t i = 7; i < 16; ++i)
    CHECK(trapped.stats.nodes[i].lost == before.stats.nodes[i].lost);
  CHECK(trapped.stats.mesh.hops == before.stats.mesh.hops);
  CHECK(trapped.stats.mesh.creditStalls == before.stats.mesh.creditStalls);
}

TEST_CASE("a semaphore that overflows ends what is counted as well") {
  // Node 5 gets 15 times what its semaphore can hold, while all are computing.
  Program p;
  p.add(Opcode::CSRR, Csrr{20, int32_t(ControlRegister::NODE)});
  p.li(9, 5);
  p.li(14, 0x8000);
  p.globalAddress(11, 9, 0x8000);
  p.li(5, 3);
  p.li(6, -1);
  p.add(Opcode::SRLI, Srli{6, 6, 32});
  p.li(15, 40);
  p.add(Opcode::MUL, Mul{31, 20, 15});
  p.add(Opcode::ADDI, Addi{31, 31, 500});
  size_t top = p.here();
  p.add(Opcode::ADDI, Addi{31, 31, -1});
  p.add(Opcode::BNE, Bne{31, 0, p.distanceTo(top)});
  size_t branch = p.add(Opcode::BEQ, Beq{20, 9, 0});
  p.add(Opcode::SSIG, Ssig{11, 5, 6});
  p.words[branch] = *encode(
      Opcode::BEQ, Beq{20, 9, 4 * (int32_t(p.here()) - int32_t(branch))});
  compute(p, 50000);
  p.exit(0);
  for (unsigned dies : {1u, 4u}) {
    MachineOptions options = machine(dies);
    RunResult trapped = run(p, options);
    REQUIRE(trapped.exitStatus == trapStatus);
    CHECK_THAT(trapped.report, Contains("semaphore-overflow") &&
                                   Contains("node 5") && Contains("node 1 adds"));
    options.hostThreads = 3;
    CHECK(json(run(p, options)) == json(trapped));
    options.maxCycles = cycleOf(trapped);
    RunResult before = run(p, options);
    for (size_t i = 6; i < 16; ++i)
      CHECK(trapped.stats.nodes[i].instructions ==
            before.stats.nodes[i].instructions);
    CHECK(trapped.stats.mesh.packets == before.stats.mesh.packets);
    CHECK(trapped.stats.mesh.hops == before.stats.mesh.hops);
  }
}
