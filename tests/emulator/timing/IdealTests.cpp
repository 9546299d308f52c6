// Idealised pipelines against formulas: loops of which it is known what is left
// when a part of the machine costs nothing.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/isa/Isa.h"
#include "tatami/timing/IdealModel.h"
#include "tatami/timing/Scoreboard.h"

#include <catch2/catch.hpp>

#include <vector>

using namespace tatami;
using namespace tatami::isa;

namespace {

using Change = void (*)(PipelineIdeals &);

/// One thread on an idealised pipeline.
class Pipeline {
public:
  explicit Pipeline(Change change = [](PipelineIdeals &) {})
      : ideal(d1Model, ideals(change)), board(ideal.model()) {}

  template <class T>
  Pipeline &add(Opcode op, const T &operands, bool taken = false,
                unsigned thread = 0) {
    board.step(thread,
               StaticTiming({op, Operands::of(operands)}, ideal.model()),
               taken);
    return *this;
  }
  /// Cycles until everything that was begun is there.
  uint64_t cycles(unsigned thread = 0) {
    board.drain(thread);
    uint64_t sum = board.issued(thread);
    for (uint64_t lost : board.lost(thread))
      sum += lost;
    REQUIRE(sum == board.accounted(thread));
    return sum;
  }
  uint64_t lost(Cause cause) const { return board.lost(0)[size_t(cause)]; }

private:
  static PipelineIdeals ideals(Change change) {
    PipelineIdeals result;
    change(result);
    return result;
  }

  IdealModel ideal;

public:
  Scoreboard board;
};

using Fma = Vfmadd<Form::Plain>;

template <Cause cause, unsigned cycles> void latency(PipelineIdeals &ideals) {
  ideals.latency[size_t(cause)] = uint8_t(cycles);
}
void unlimitedIssue(PipelineIdeals &ideals) { ideals.unlimitedIssue = true; }
void perfectBranches(PipelineIdeals &ideals) { ideals.perfectBranches = true; }
void twicePorts(PipelineIdeals &ideals) { ideals.memoryPorts = 2; }

uint64_t chainOfLoads(Change change, unsigned n) {
  Pipeline p(change);
  for (unsigned i = 0; i < n; ++i)
    p.add(Opcode::LD, Ld{8, 8, 0});
  return p.cycles();
}

} // namespace

TEST_CASE("without ideals the model is the machine") {
  IdealModel same(d1Model, {});
  REQUIRE(same.model().classes.size() == d1Model.classes.size());
  for (size_t i = 0; i < d1Model.classes.size(); ++i)
    CHECK(same.model().classes[i].latency == d1Model.classes[i].latency);
  for (size_t i = 0; i < d1Model.units.size(); ++i)
    CHECK(same.model().units[i].count == d1Model.units[i].count);
}

TEST_CASE("every result has a cause of its own to wait for") {
  // Latencies are changed by class: no class may belong to two causes.
  for (Cause cause : {Cause::OperandScalar, Cause::OperandLoad,
                      Cause::OperandSimd, Cause::OperandMatrix}) {
    PipelineIdeals ideals;
    ideals.latency[size_t(cause)] = 63;
    IdealModel changed(d1Model, ideals);
    unsigned count = 0;
    for (const InstInfo &info : instInfos) {
      bool written = false;
      for (const OperandInfo &o : info.operandList())
        written |= o.isRegister() && o.destination && o.result == 0;
      if (!written || std::string(info.group) == "mesh")
        continue;
      INFO(info.name);
      bool is63 = changed.model().classes[info.classes[0]].latency == 63;
      CHECK(is63 == (producerOf(info, d1Model) == cause));
      count += is63;
    }
    CHECK(count > 3);
  }
}

TEST_CASE("loads=N: a chain of n loads takes N n cycles, or the ports' n / 2") {
  for (unsigned n : {2u, 10u, 100u, 1000u}) {
    CHECK(chainOfLoads([](PipelineIdeals &) {}, n) == 5 * n);
    CHECK(chainOfLoads(latency<Cause::OperandLoad, 0>, n) == n / 2);
    CHECK(chainOfLoads(latency<Cause::OperandLoad, 1>, n) == n);
    CHECK(chainOfLoads(latency<Cause::OperandLoad, 3>, n) == 3 * n);
  }
  // A product that waits for its operands: once a load and a product's time,
  // then one a cycle on the unit alone.
  auto loadAndMultiply = [](Change change) {
    Pipeline p(change);
    for (unsigned i = 0; i < 100; ++i)
      p.add(Opcode::VLD, Vld{1, 5, 0}).add(Opcode::MMA_BF16, MmaBf16{uint8_t(i % 8), 1, 2});
    return p.cycles();
  };
  // In order: the next load issues behind the product.
  CHECK(loadAndMultiply([](PipelineIdeals &) {}) == 5 * 100 + 4);
  CHECK(loadAndMultiply(latency<Cause::OperandLoad, 0>) == 99 + 4);
}

TEST_CASE("scalar, simd and accumulators: chains run at the rate of the unit") {
  auto chain = [](Change change, auto add) {
    Pipeline p(change);
    for (unsigned i = 0; i < 100; ++i)
      add(p);
    return p.cycles();
  };
  auto alu = [](Pipeline &p) { p.add(Opcode::ADDI, Addi{8, 8, 1}); };
  auto fma = [](Pipeline &p) { p.add(Opcode::VFMADD, Fma{1, 2, 3, 0}); };
  auto mma = [](Pipeline &p) { p.add(Opcode::MMA_BF16, MmaBf16{0, 1, 2}); };
  CHECK(chain([](PipelineIdeals &) {}, alu) == 100);
  CHECK(chain(latency<Cause::OperandScalar, 0>, alu) == 50);
  CHECK(chain([](PipelineIdeals &) {}, fma) == 400);
  // The last result is there in the cycle in which it issues.
  CHECK(chain(latency<Cause::OperandSimd, 0>, fma) == 99);
  CHECK(chain([](PipelineIdeals &) {}, mma) == 400);
  CHECK(chain(latency<Cause::OperandMatrix, 0>, mma) == 99);
  CHECK(chain(latency<Cause::OperandMatrix, 2>, mma) == 200);
}

TEST_CASE("branches=perfect: a guess costs nothing, a taken branch ends its cycle") {
  // n times round: a forward branch, taken every other time, and the one back.
  auto loop = [](Change change, unsigned n) {
    Pipeline p(change);
    for (unsigned i = 0; i < n; ++i)
      p.add(Opcode::LI, Li{9, 0})
          .add(Opcode::BNE, Bne{8, 0, 8}, i % 2 != 0)
          .add(Opcode::LI, Li{10, 0})
          .add(Opcode::BNE, Bne{8, 0, -16}, i + 1 < n);
    uint64_t cycles = p.cycles();
    if (change == perfectBranches)
      CHECK(p.lost(Cause::Mispredict) + p.lost(Cause::Fetch) == 0);
    return cycles;
  };
  for (unsigned n : {2u, 10u, 100u}) {
    // A round of the machine is a group of instructions and a bubble; 8 more
    // where the forward guess is wrong, as that of the last branch is.
    CHECK(loop([](PipelineIdeals &) {}, n) == 2 * (n - 1) + 8 * n / 2 + 8);
    CHECK(loop(perfectBranches, n) == n + n / 2);
  }
  // Jumps to wherever, guessed wrong on the machine.
  Pipeline machine, ideal(perfectBranches);
  for (unsigned i = 0; i < 10; ++i) {
    machine.add(Opcode::JALR, Jalr{32, 9, 0});
    ideal.add(Opcode::JALR, Jalr{32, 9, 0});
  }
  CHECK(machine.cycles() == 80);
  CHECK(ideal.cycles() == 10);
}

TEST_CASE("issue=infinite: what does not depend on each other issues at once") {
  auto independent = [](Change change, auto add) {
    Pipeline p(change);
    for (unsigned i = 0; i < 800; ++i)
      add(p, uint8_t(8 + i % 16));
    return p.cycles();
  };
  auto alu = [](Pipeline &p, uint8_t r) { p.add(Opcode::ADDI, Addi{r, 0, 1}); };
  auto constant = [](Pipeline &p, uint8_t r) { p.add(Opcode::LI, Li{r, 1}); };
  auto load = [](Pipeline &p, uint8_t r) { p.add(Opcode::LD, Ld{r, 2, 0}); };
  auto store = [](Pipeline &p, uint8_t r) { p.add(Opcode::SD, Sd{r, 2, 0}); };
  auto divide = [](Pipeline &p, uint8_t r) { p.add(Opcode::DIV, Div{r, 2, 3}); };
  auto mma = [](Pipeline &p, uint8_t r) {
    p.add(Opcode::MMA_C143, MmaC143{uint8_t(r % 8), 1, 2, 5});
  };
  auto machine = [](PipelineIdeals &) {};
  CHECK(independent(machine, alu) == 400);
  CHECK(independent(unlimitedIssue, constant) == 1);
  CHECK(independent(machine, constant) == 100);
  CHECK(independent(unlimitedIssue, alu) == 1);
  CHECK(independent(machine, store) == 800);
  CHECK(independent(unlimitedIssue, store) == 1);
  // 50 rounds of 16 registers. Two writes of one register keep their order: the
  // second issues a cycle before the first's result is there.
  CHECK(independent(unlimitedIssue, load) == 49 * 4 + 5);
  CHECK(independent(unlimitedIssue, divide) == 49 * 15 + 16);
  // Accumulators are read as well: 100 rounds of 8 chains.
  CHECK(independent(unlimitedIssue, mma) == 100 * 4);
}

TEST_CASE("sram-ports=2x: loops of loads and stores take half the cycles") {
  auto loop = [](Change change, unsigned loads, unsigned stores) {
    Pipeline p(change);
    for (unsigned i = 0; i < 120; ++i) {
      for (unsigned l = 0; l < loads; ++l)
        p.add(Opcode::LD, Ld{uint8_t(8 + i % 16), 2, 0});
      for (unsigned s = 0; s < stores; ++s)
        p.add(Opcode::SD, Sd{9, 2, 0});
    }
    return p.board.accounted(0);
  };
  auto machine = [](PipelineIdeals &) {};
  CHECK(loop(machine, 0, 1) == 120);
  CHECK(loop(twicePorts, 0, 1) == 60);
  auto sixTimes = [](PipelineIdeals &ideals) { ideals.memoryPorts = 6; };
  // Unaligned vector loads take two slots, from several units at once.
  auto unaligned = [](Change change) {
    Pipeline p(change);
    for (unsigned i = 0; i < 96; ++i)
      p.add(Opcode::VLDU_W, VlduW<Form::Plain>{uint8_t(i % 32), 5, 0, 0});
    return p.cycles();
  };
  CHECK(unaligned(machine) == 95 + 6);
  CHECK(unaligned(twicePorts) == 47 + 6);
  // Twelve units: six a cycle.
  CHECK(unaligned(sixTimes) == 15 + 6);
}

TEST_CASE("matrix=2x and vector-queue=N") {
  Pipeline twice([](PipelineIdeals &ideals) { ideals.matrixUnits = 2; });
  for (unsigned i = 0; i < 160; ++i)
    twice.add(Opcode::MMA_C143, MmaC143{uint8_t(i % 8), 1, 2, 5});
  // Each holds its unit for two cycles: two of them every two cycles.
  CHECK(twice.cycles() == 158 + 4);

  // The front end passes n - N products and waits for the next to issue.
  auto frontBehind = [](Change change) {
    Pipeline p(change);
    for (unsigned i = 0; i < 40; ++i)
      p.add(Opcode::MMA_BF16, MmaBf16{0, 1, 2});
    return p.board.now(0);
  };
  CHECK(frontBehind([](PipelineIdeals &) {}) == 4 * (40 - 16 - 1));
  CHECK(frontBehind([](PipelineIdeals &i) { i.vectorQueue = 32; }) ==
        4 * (40 - 32 - 1));
  CHECK(frontBehind([](PipelineIdeals &i) { i.vectorQueue = 1; }) ==
        4 * (40 - 1 - 1));
}

TEST_CASE("threads share an unlimited pipeline without noticing") {
  Pipeline p(unlimitedIssue);
  for (unsigned thread = 1; thread < 4; ++thread)
    p.board.start(thread, 0);
  for (unsigned i = 0; i < 100; ++i)
    for (unsigned thread = 0; thread < 4; ++thread)
      p.add(Opcode::MMA_BF16, MmaBf16{0, 1, 2}, false, thread);
  for (unsigned thread = 0; thread < 4; ++thread)
    CHECK(p.cycles(thread) == 400);
}
