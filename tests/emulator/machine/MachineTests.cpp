// One node: programs end as they should, traps are values with a report, the
// threads of a node and the numbers of a run.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Program.h"
#include "tatami/machine/Machine.h"
#include "tatami/trace/ProfileFile.h"

#include <catch2/catch.hpp>

#include <sstream>

using namespace tatami;
using namespace tatami::isa;
using tatami::test::Program;
using Catch::Matchers::Contains;

namespace {

RunResult run(const Program &program, MachineOptions options = {}) {
  std::string error;
  Machine machine(options, program.image(), error);
  REQUIRE(error == "");
  return machine.run();
}

MachineOptions withTiming(TimingMode mode) {
  MachineOptions options;
  options.timing = mode;
  return options;
}

constexpr TimingMode allModes[] = {TimingMode::Off, TimingMode::Unit,
                                   TimingMode::D1};

void requireThatCyclesAddUp(const Stats &stats) {
  for (const NodeStats &node : stats.nodes) {
    uint64_t sum = node.issuedCycles;
    for (uint64_t cycles : node.lost)
      sum += cycles;
    REQUIRE(sum == stats.threadsPerNode * node.cycles);
  }
}

} // namespace

TEST_CASE("the exit status is the program's") {
  Program p;
  p.exit(42);
  for (TimingMode mode : allModes) {
    RunResult result = run(p, withTiming(mode));
    CHECK(result.exitStatus == 42);
    CHECK(result.report == "");
    CHECK(result.stats.total.instructions == 2);
  }
}

TEST_CASE("traps") {
  auto trapOf = [](auto build) {
    Program p;
    build(p);
    p.exit(0);
    RunResult result = run(p);
    CHECK(result.exitStatus == trapStatus);
    return result.report;
  };
  CHECK_THAT(trapOf([](Program &p) { p.add(Opcode::DIV, Div{5, 6, 0}); }),
             Contains("divide-by-zero") && Contains("div x5, x6, x0") &&
                 Contains("in main") && Contains("node 0") &&
                 Contains("thread 0"));
  CHECK_THAT(trapOf([](Program &p) {
               p.li(5, 0x140000);
               p.add(Opcode::SD, Sd{6, 5, 0});
             }),
             Contains("out-of-bounds") && Contains("x5 = 0x140000"));
  CHECK_THAT(trapOf([](Program &p) {
               p.li(5, -8);
               p.add(Opcode::LD, Ld{6, 5, 0});
             }),
             Contains("out-of-bounds"));
  CHECK_THAT(trapOf([](Program &p) { p.add(Opcode::LW, Lw{6, 0, 16}); }),
             Contains("null-access"));
  CHECK_THAT(trapOf([](Program &p) {
               p.li(5, 0x8001);
               p.add(Opcode::LW, Lw{6, 5, 0});
             }),
             Contains("misaligned"));
  CHECK_THAT(trapOf([](Program &p) {
               p.li(5, 0x1000);
               p.add(Opcode::SW, Sw{6, 5, 0});
             }),
             Contains("store-to-code"));
  CHECK_THAT(trapOf([](Program &p) { p.word(0); }),
             Contains("reserved-encoding") && Contains(".word 0x00000000"));
  CHECK_THAT(trapOf([](Program &p) { p.word(0xffffffff); }),
             Contains("reserved-encoding"));
  CHECK_THAT(trapOf([](Program &p) { p.add(Opcode::BRK, Brk{1}); }),
             Contains("breakpoint"));
  CHECK_THAT(trapOf([](Program &p) {
               p.li(5, 0x9000);
               p.add(Opcode::JALR, Jalr{0, 5, 0});
             }),
             Contains("bad-fetch") && Contains("0x9000"));
  CHECK_THAT(trapOf([](Program &p) {
               p.add(Opcode::BEQ, Beq{0, 0, 4096});
             }),
             Contains("bad-fetch"));
  CHECK_THAT(trapOf([](Program &p) { p.add(Opcode::HCALL, Hcall{999}); }),
             Contains("bad-host-call"));
  CHECK_THAT(trapOf([](Program &p) { p.add(Opcode::CSRR, Csrr{5, 700}); }),
             Contains("bad-control-register"));
  CHECK_THAT(trapOf([](Program &p) { p.add(Opcode::CSRW, Csrw{5, 0}); }),
             Contains("bad-control-register"));
  CHECK_THAT(trapOf([](Program &p) {
               p.li(5, 0x10000);
               p.add(Opcode::CSRW, Csrw{5, int32_t(ControlRegister::STACK_LIMIT)});
               p.li(6, 0x10020);
               p.add(Opcode::SPSET, Spset{6});
               p.add(Opcode::SPADJ, Spadj{-64});
             }),
             Contains("stack-overflow"));
  CHECK_THAT(trapOf([](Program &p) {
               p.li(5, 7);
               p.add(Opcode::TSTART, Tstart{5, 5, 5});
             }),
             Contains("bad-thread"));
  CHECK_THAT(trapOf([](Program &p) {
               p.li(5, 64);
               p.add(Opcode::SPOST, Spost{5, 5});
             }),
             Contains("bad-semaphore"));
  CHECK_THAT(trapOf([](Program &p) {
               p.li(5, 3);
               p.li(6, -1);
               p.add(Opcode::SPOST, Spost{5, 6});
             }),
             Contains("semaphore-overflow"));
}

TEST_CASE("running off the end is a trap") {
  Program p;
  p.li(5, 1);
  CHECK_THAT(run(p).report, Contains("bad-fetch"));
}

TEST_CASE("waiting for what nobody sends is a deadlock") {
  Program p;
  p.li(5, 3);
  p.li(6, 1);
  p.add(Opcode::SWAIT, Swait{5, 6});
  p.exit(0);
  RunResult result = run(p);
  CHECK(result.exitStatus == trapStatus);
  CHECK_THAT(result.report,
             Contains("deadlock") && Contains("semaphore 3 to reach 1"));
}

TEST_CASE("an infinite loop ends at --max-cycles") {
  Program p;
  p.add(Opcode::BEQ, Beq{0, 0, 0});
  for (TimingMode mode : allModes) {
    MachineOptions options = withTiming(mode);
    options.maxCycles = 100'000;
    RunResult result = run(p, options);
    CHECK(result.exitStatus == maxCyclesStatus);
    CHECK_THAT(result.report, Contains("100000"));
  }
}

TEST_CASE("writes to x0 and m0 are lost") {
  Program p;
  p.add(Opcode::INSH, Insh{0, 0xffff, 0});
  p.add(Opcode::ADDI, Addi{0, 0, 5});
  p.add(Opcode::MMVMX, Mmvmx{0, 0});
  p.add(Opcode::MMVXM, Mmvxm{9, 0});
  p.add(Opcode::ADDI, Addi{9, 9, 1}); // All ones plus one.
  p.add(Opcode::OR, Or{8, 9, 0});
  p.hostCall(HostCall::EXIT);
  CHECK(run(p).exitStatus == 0);
}

TEST_CASE("cycles of a loop of products with D1") {
  Program p;
  p.loop(1000, [&] {
    for (uint8_t acc = 0; acc < 8; ++acc)
      p.add(Opcode::MMA_BF16, MmaBf16{acc, 1, 2});
  });
  p.exit(0);
  RunResult result = run(p);
  // Eight products a turn keep the unit busy all the time.
  CHECK(result.stats.total.cycles >= 8000);
  CHECK(result.stats.total.cycles < 8040);
  CHECK(result.stats.total.macs == 8000 * 256);
  CHECK(result.stats.total.flops == 2 * 8000 * 256);
  CHECK(result.stats.utilization(result.stats.total, 1) > 0.99);
  requireThatCyclesAddUp(result.stats);
}

TEST_CASE("four threads count together, whatever the timing") {
  Program p;
  // Thread 0 starts the others at `work`, works itself, waits for them.
  p.li(20, 0x8000);
  size_t patch = p.here();
  p.li(6, 0); // Address of work; patched below.
  for (int32_t thread = 1; thread < 4; ++thread) {
    p.li(5, thread);
    p.add(Opcode::TSTART, Tstart{5, 6, 20});
  }
  p.li(8, 0x8000);
  size_t call = p.here();
  p.add(Opcode::JAL, Jal{1, 0});
  for (int32_t thread = 1; thread < 4; ++thread) {
    p.li(5, thread);
    p.add(Opcode::TWAIT, Twait{5});
  }
  p.add(Opcode::LW, Lw{9, 20, 0});
  p.add(Opcode::ADDI, Addi{8, 9, -4000});
  p.hostCall(HostCall::EXIT);
  size_t work = p.here();
  p.li(7, 1);
  p.loop(1000, [&] { p.add(Opcode::AMOADDW, Amoaddw{0, 8, 7}); });
  p.add(Opcode::CSRR, Csrr{9, int32_t(ControlRegister::THREAD)});
  p.add(Opcode::BNE, Bne{9, 0, 8});
  p.add(Opcode::JALR, Jalr{0, 1, 0});
  p.add(Opcode::HALT, Halt{});
  p.words[patch] = *encode(Opcode::LI, Li{6, int32_t(p.address(work))});
  p.words[call] =
      *encode(Opcode::JAL, Jal{1, 4 * (int32_t(work) - int32_t(call))});
  for (TimingMode mode : allModes) {
    RunResult result = run(p, withTiming(mode));
    CHECK(result.report == "");
    CHECK(result.exitStatus == 0);
    if (mode != TimingMode::Off)
      requireThatCyclesAddUp(result.stats);
  }
}

TEST_CASE("a thread that halts ends when what it has begun is finished") {
  // Thread 1 does one more instruction and halts; thread 0 waits for it, from
  // before it has halted or later.
  auto cycles = [](auto addLast, bool later) {
    Program p;
    size_t start = p.here();
    p.li(6, 0);
    p.li(5, 1);
    p.add(Opcode::TSTART, Tstart{5, 6, 0});
    if (later)
      for (int i = 0; i < 5; ++i)
        p.add(Opcode::ADDI, Addi{9, 9, 1});
    p.add(Opcode::TWAIT, Twait{5});
    p.add(Opcode::CSRR, Csrr{8, int32_t(ControlRegister::CYCLE)});
    p.hostCall(HostCall::EXIT);
    p.words[start] = *encode(Opcode::LI, Li{6, int32_t(p.address(p.here()))});
    p.li(7, 3);
    addLast(p);
    p.add(Opcode::HALT, Halt{});
    return run(p).exitStatus;
  };
  auto product = [](Program &p) { p.add(Opcode::MUL, Mul{9, 7, 7}); };
  auto quotient = [](Program &p) { p.add(Opcode::DIV, Div{9, 7, 7}); };
  auto latency = [](Opcode opcode) {
    return int(d1Model.classes[info(opcode).classes[0]].latency);
  };
  REQUIRE(latency(Opcode::DIV) > latency(Opcode::MUL) + 5);
  CHECK(cycles(quotient, false) - cycles(product, false) ==
        latency(Opcode::DIV) - latency(Opcode::MUL));
  // Nobody halts earlier or later for being waited for.
  CHECK(cycles(quotient, true) == cycles(quotient, false));
}

TEST_CASE("regions count what lies between them") {
  Program p;
  p.li(20, 0x8000);
  p.li(5, 'g');
  p.add(Opcode::SB, Sb{5, 20, 0});
  p.li(8, 0x8000);
  p.hostCall(HostCall::REGION_BEGIN);
  for (int i = 0; i < 100; ++i)
    p.add(Opcode::MMA_BF16, MmaBf16{0, 1, 2});
  p.hostCall(HostCall::REGION_END);
  p.exit(0);
  RunResult result = run(p);
  REQUIRE(result.stats.regions.count("g") == 1);
  const RegionStats &region = result.stats.regions.at("g");
  CHECK(region.macs == 100 * 256);
  CHECK(region.nodes == 1);
  CHECK(region.entries == 1);
  CHECK(region.cycles >= 400);
  CHECK(region.cycles < 410);
}

TEST_CASE("a profile divides a run among its regions") {
  std::string error;
  ProfileWriter writer("/dev/null", error);
  REQUIRE(error == "");
  // Products outside, in g, in h inside of g, in g again, in h alone.
  Program p;
  p.li(20, 0x8000);
  p.li(5, 'g');
  p.add(Opcode::SB, Sb{5, 20, 0});
  p.li(5, 'h');
  p.add(Opcode::SB, Sb{5, 20, 8});
  auto multiply = [&](int times) {
    p.loop(times, [&] { p.add(Opcode::MMA_BF16, MmaBf16{0, 1, 2}); });
  };
  auto begin = [&](int32_t at) {
    p.li(8, 0x8000 + at);
    p.hostCall(HostCall::REGION_BEGIN);
  };
  auto end = [&] { p.hostCall(HostCall::REGION_END); };
  multiply(1);
  begin(0);
  multiply(10);
  begin(8);
  multiply(100);
  end();
  multiply(20);
  end();
  begin(8);
  multiply(1000);
  end();
  multiply(2);
  p.exit(0);
  for (TimingMode mode : {TimingMode::Unit, TimingMode::D1}) {
    MachineOptions options = withTiming(mode);
    options.profile = &writer;
    RunResult result = run(p, options);
    REQUIRE(result.profile);
    const Profile &profile = *result.profile;
    REQUIRE(profile.regionWork.size() == 3);
    CHECK_FALSE(profile.regionsOverlap);
    std::vector<uint64_t> products, cycles;
    std::vector<uint64_t> executed(profile.text.size());
    for (const RegionWork &region : profile.regionWork) {
      products.push_back(0);
      cycles.push_back(region.cycles);
      CHECK(region.nodes == 1);
      for (const RegionCode &code : region.code) {
        executed[code.index] += code.executed;
        if (findOpcode(profile.text[code.index]) == Opcode::MMA_BF16)
          products.back() += code.executed;
      }
    }
    CHECK(profile.regionWork[1].name == "g");
    CHECK(profile.regionWork[2].name == "h");
    CHECK(products == std::vector<uint64_t>{3, 30, 1100});
    for (size_t i = 0; i < executed.size(); ++i)
      CHECK(executed[i] == profile.countsOf(i).executed);
    // What is inside of g but h; statistics count it for both. Host calls that
    // open and close h are inside of g.
    CHECK(cycles[0] + cycles[1] + cycles[2] == profile.cycles);
    CHECK(cycles[2] == profile.regions.at("h").cycles);
    CHECK(cycles[1] < profile.regions.at("g").cycles);
  }

  // A run without regions has none.
  Program q;
  q.exit(0);
  MachineOptions options;
  options.profile = &writer;
  CHECK(run(q, options).profile->regionWork.empty());
}

/// A region whose name has 300 letters, more than are kept.
static void runRegionOfLongName(Program &p) {
  p.li(22, 0x9000);
  p.li(5, 'z');
  p.loop(300, [&] {
    p.add(Opcode::SB, Sb{5, 22, 0});
    p.add(Opcode::ADDI, Addi{22, 22, 1});
  });
  p.li(8, 0x9000);
  p.hostCall(HostCall::REGION_BEGIN);
  p.hostCall(HostCall::REGION_END);
}

TEST_CASE("what regions make the host keep has a limit") {
  // 1,100 names, each of three letters; 70 regions in each other; one name of
  // 300 letters.
  Program p;
  p.li(20, 0x8000);
  auto store = [&](int32_t at) {
    p.add(Opcode::SB, Sb{5, 20, at});
  };
  p.li(21, 1100);
  size_t top = p.here();
  for (int32_t digit = 0; digit < 3; ++digit) {
    p.add(Opcode::SRLI, Srli{5, 21, uint8_t(4 * digit)});
    p.add(Opcode::ANDI, Andi{5, 5, 15});
    p.add(Opcode::ADDI, Addi{5, 5, 'a'});
    store(digit);
  }
  p.li(8, 0x8000);
  p.hostCall(HostCall::REGION_BEGIN);
  p.hostCall(HostCall::REGION_END);
  p.add(Opcode::ADDI, Addi{21, 21, -1});
  p.add(Opcode::BNE, Bne{21, 0, p.distanceTo(top)});
  p.loop(70, [&] {
    p.li(8, 0x8000);
    p.hostCall(HostCall::REGION_BEGIN);
  });
  p.loop(70, [&] { p.hostCall(HostCall::REGION_END); });
  runRegionOfLongName(p);
  p.exit(0);
  RunResult result = run(p);
  CHECK(result.report == "");
  const auto &regions = result.stats.regions;
  CHECK(regions.size() == 1024);
  // The last name stands for what came when there was no more room: 77 of the
  // 1,100, the 64 that are nested, and the long one.
  REQUIRE(regions.count("(all others)") == 1);
  CHECK(regions.at("(all others)").entries == 77 + 64 + 1);

  // A long name alone is cut.
  Program q;
  runRegionOfLongName(q);
  q.exit(0);
  CHECK(run(q).stats.regions.count(std::string(256, 'z')) == 1);
}

TEST_CASE("all host levels and the log give the same") {
  Program p;
  p.li(5, 12345);
  p.loop(100, [&] {
    p.add(Opcode::MUL, Mul{6, 5, 5});
    p.add(Opcode::VSPLAT_W, VsplatW{1, 6});
    p.add(Opcode::VFMADD, Vfmadd<Form::Plain>{2, 1, 1, 0});
    p.add(Opcode::MMA_BF16, MmaBf16{0, 1, 2});
    p.add(Opcode::ACCGET, Accget{3, 0, 1});
    p.add(Opcode::VEXTRACT_W, VextractW{7, 3, 2});
    p.add(Opcode::XOR, Xor{5, 6, 7});
  });
  p.add(Opcode::ANDI, Andi{8, 5, 255});
  p.hostCall(HostCall::EXIT);
  RunResult expected = run(p);
  for (const char *level : {"generic", "v3", "v4"}) {
    if (!checkHostLevel(level).empty())
      continue;
    MachineOptions options;
    options.hostLevel = level;
    RunResult result = run(p, options);
    INFO(level);
    CHECK(result.exitStatus == expected.exitStatus);
    CHECK(result.stats.total.cycles == expected.stats.total.cycles);
  }
  std::ostringstream log;
  MachineOptions options;
  options.trace = &log;
  RunResult traced = run(p, options);
  CHECK(traced.exitStatus == expected.exitStatus);
  CHECK(traced.stats.total.cycles == expected.stats.total.cycles);
  CHECK_THAT(log.str(), Contains("0x1000 li x5, 12345 ; x5=0x3039"));
}

TEST_CASE("the log names stored memory") {
  Program p;
  p.li(5, 0x8000);
  p.li(6, 0x1234);
  p.add(Opcode::SW, Sw{6, 5, 8});
  p.exit(0);
  std::ostringstream log;
  MachineOptions options;
  options.trace = &log;
  run(p, options);
  CHECK_THAT(log.str(), Contains("sw x6, 8(x5) ; [0x8008]=00001234"));
}

TEST_CASE("statistics as JSON hold what is promised") {
  Program p;
  p.exit(0);
  std::string json = statsToJson(run(p).stats);
  for (const char *key :
       {"\"schema\"", "\"cycles\"", "\"instructions\"", "\"nodes\"", "\"macs\"",
        "\"flops\"", "\"matrix_utilization\"", "\"lost_cycles\"",
        "\"host_seconds\"", "\"regions\""})
    CHECK_THAT(json, Contains(key));
}
