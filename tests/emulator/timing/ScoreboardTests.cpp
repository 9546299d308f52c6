// The scoreboard against formulas: loops whose best schedule is known.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#define CATCH_CONFIG_MAIN
#include "tatami/isa/Isa.h"
#include "tatami/timing/Scoreboard.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>
#include <vector>

using namespace tatami;
using namespace tatami::isa;

namespace {

/// Feeds one thread and tells when it is done.
class Pipeline {
public:
  explicit Pipeline(const TimingModel &model = d1Model)
      : model(model), board(model) {}

  template <class T>
  Pipeline &add(Opcode op, const T &operands, bool taken = false,
                unsigned thread = 0) {
    board.step(thread, StaticTiming({op, Operands::of(operands)}, model),
               taken);
    return *this;
  }
  uint64_t finish(unsigned thread = 0) {
    board.drain(thread);
    return board.now(thread);
  }
  uint64_t lost(Cause cause, unsigned thread = 0) const {
    return board.lost(thread)[size_t(cause)];
  }
  void requireThatCyclesAddUp(unsigned thread = 0) const {
    uint64_t sum = board.issued(thread);
    for (uint64_t cycles : board.lost(thread))
      sum += cycles;
    REQUIRE(sum == board.accounted(thread));
  }

  const TimingModel &model;
  Scoreboard board;
};

using Fma = Vfmadd<Form::Plain>;

/// A model with one latency changed, to see that cycles never fall.
struct ChangedModel {
  std::vector<ClassTiming> classes;
  TimingModel model;

  ChangedModel(size_t cls, unsigned more)
      : classes(d1Model.classes.begin(), d1Model.classes.end()),
        model(d1Model) {
    classes[cls].latency = uint8_t(classes[cls].latency + more);
    model.classes = classes;
  }
};

} // namespace

TEST_CASE("a chain of n FMAs takes 4 n cycles") {
  for (unsigned n : {1u, 10u, 100u, 1000u}) {
    Pipeline p;
    for (unsigned i = 0; i < n; ++i)
      p.add(Opcode::VFMADD, Fma{1, 2, 3, 0});
    CHECK(p.finish() == 4 * n);
    p.requireThatCyclesAddUp();
  }
}

TEST_CASE("n independent FMAs take n cycles and a latency") {
  for (unsigned n : {1u, 8u, 100u, 1000u}) {
    Pipeline p;
    for (unsigned i = 0; i < n; ++i)
      p.add(Opcode::VFMADD, Fma{uint8_t(i % 8), 30, 31, 0});
    CHECK(p.finish() == n + 3);
    p.requireThatCyclesAddUp();
  }
}

TEST_CASE("a chain of n dependent matrix products takes 4 n cycles") {
  Pipeline p;
  for (unsigned i = 0; i < 100; ++i)
    p.add(Opcode::MMA_BF16, MmaBf16{0, 1, 2});
  CHECK(p.finish() == 400);
  CHECK(p.lost(Cause::OperandMatrix) > 300);
}

TEST_CASE("independent matrix products keep the unit busy") {
  Pipeline bf16, c143;
  for (unsigned i = 0; i < 100; ++i) {
    bf16.add(Opcode::MMA_BF16, MmaBf16{uint8_t(i % 8), 1, 2});
    c143.add(Opcode::MMA_C143, MmaC143{uint8_t(i % 8), 1, 2, 5});
  }
  CHECK(bf16.finish() == 103);
  // k = 8 holds the unit for two cycles.
  CHECK(c143.finish() == 2 * 99 + 4);
  CHECK(c143.lost(Cause::MatrixUnit) > 50);
}

TEST_CASE("loads: two a cycle, five cycles to use") {
  Pipeline p;
  for (unsigned i = 0; i < 100; ++i)
    p.add(Opcode::LD, Ld{uint8_t(8 + i % 8), 2, 0});
  // The last pair issues in cycle 49.
  CHECK(p.finish() == 49 + 5);
  CHECK(p.lost(Cause::SramPort) == 0);

  Pipeline chain;
  for (unsigned i = 0; i < 100; ++i)
    chain.add(Opcode::LD, Ld{8, 8, 0});
  CHECK(chain.finish() == 500);
  CHECK(chain.lost(Cause::OperandLoad) == 500 - 100);
}

TEST_CASE("stores: one a cycle") {
  Pipeline p;
  for (unsigned i = 0; i < 100; ++i)
    p.add(Opcode::SD, Sd{8, 2, 0});
  CHECK(p.board.now(0) == 99);
  p.requireThatCyclesAddUp();

  // A store and a load share the two AGUs: both each cycle.
  Pipeline both;
  for (unsigned i = 0; i < 100; ++i)
    both.add(Opcode::SD, Sd{8, 2, 0})
        .add(Opcode::LD, Ld{uint8_t(9 + i % 8), 2, 0});
  CHECK(both.board.now(0) == 99);
}

TEST_CASE("vector loads: aligned one slot, unaligned two") {
  Pipeline aligned, unaligned;
  for (unsigned i = 0; i < 100; ++i) {
    aligned.add(Opcode::VLD, Vld{uint8_t(i % 32), 5, 0});
    unaligned.add(Opcode::VLDU_W,
                  VlduW<Form::Plain>{uint8_t(i % 32), 5, 0, 0});
  }
  CHECK(aligned.finish() == 49 + 5);
  CHECK(unaligned.finish() == 99 + 6);
}

TEST_CASE("two ALUs, eight instructions a cycle at most") {
  Pipeline alu, front;
  for (unsigned i = 0; i < 100; ++i)
    alu.add(Opcode::ADDI, Addi{uint8_t(8 + i % 8), 0, 1});
  CHECK(alu.finish() == 50);
  for (unsigned i = 0; i < 800; ++i)
    front.add(Opcode::LI, Li{uint8_t(8 + i % 16), 1});
  CHECK(front.finish() == 100);
}

TEST_CASE("a divide holds its ALU") {
  Pipeline p;
  for (unsigned i = 0; i < 10; ++i)
    p.add(Opcode::DIV, Div{uint8_t(8 + i), 20, 21});
  // Two at a time.
  CHECK(p.finish() == 5 * 16);
  Pipeline mixed;
  mixed.add(Opcode::DIV, Div{8, 20, 21});
  for (unsigned i = 0; i < 10; ++i)
    mixed.add(Opcode::ADDI, Addi{9, 0, 1});
  CHECK(mixed.board.now(0) == 9);
}

TEST_CASE("the scalar side runs ahead of the vector side") {
  Pipeline p;
  for (unsigned i = 0; i < 10; ++i)
    p.add(Opcode::VFMADD, Fma{1, 2, 3, 0});
  p.add(Opcode::ADDI, Addi{8, 8, 1});
  // Ten vector instructions left decode in two cycles, the add with them.
  CHECK(p.board.now(0) == 1);

  // The queue has 16 entries: the front end waits for the first to issue.
  Pipeline full;
  for (unsigned i = 0; i < 20; ++i)
    full.add(Opcode::VFMADD, Fma{1, 2, 3, 0});
  CHECK(full.board.now(0) == 4 * 3);

  // A scalar instruction that needs a vector result waits.
  Pipeline extract;
  extract.add(Opcode::VEXTRACT_W, VextractW{8, 1, 0});
  extract.add(Opcode::ADDI, Addi{8, 8, 1});
  CHECK(extract.board.now(0) == 6);
  CHECK(extract.lost(Cause::OperandSimd) == 5);
}

TEST_CASE("branches: static prediction, one bubble, seven cycles") {
  auto loop = [](int32_t distance, bool taken) {
    Pipeline p;
    p.add(Opcode::BNE, Bne{8, 0, distance}, taken);
    p.add(Opcode::LI, Li{9, 0});
    return p.board.now(0);
  };
  CHECK(loop(-8, true) == 2);  // right, taken: one bubble
  CHECK(loop(8, false) == 0);  // right, not taken: the same cycle
  CHECK(loop(8, true) == 8);   // wrong
  CHECK(loop(-8, false) == 8); // wrong
  Pipeline call;
  call.add(Opcode::JAL, Jal{1, 64}).add(Opcode::LI, Li{9, 0});
  CHECK(call.board.now(0) == 2);
  call.add(Opcode::JALR, Jalr{32, 1, 0}).add(Opcode::LI, Li{9, 0});
  CHECK(call.board.now(0) == 4); // a return is predicted
  call.add(Opcode::JALR, Jalr{1, 9, 0}).add(Opcode::LI, Li{9, 0});
  CHECK(call.board.now(0) == 13); // li's result, 1; then 8 from there
  call.requireThatCyclesAddUp();
}

TEST_CASE("two threads share the units") {
  Pipeline p;
  p.board.start(1, 0);
  for (unsigned i = 0; i < 100; ++i)
    for (unsigned thread = 0; thread < 2; ++thread)
      p.add(Opcode::MMA_BF16, MmaBf16{uint8_t(i % 8), 1, 2}, false, thread);
  uint64_t end = std::max(p.finish(0), p.finish(1));
  CHECK(end == 203);
  CHECK(p.lost(Cause::OtherThread, 0) + p.lost(Cause::OtherThread, 1) > 100);
  p.requireThatCyclesAddUp(0);
  p.requireThatCyclesAddUp(1);
}

TEST_CASE("the unit model: one instruction a cycle") {
  Pipeline p(unitModel);
  for (unsigned i = 0; i < 100; ++i)
    p.add(Opcode::VFMADD, Fma{1, 2, 3, 0})
        .add(Opcode::DIV, Div{8, 8, 9})
        .add(Opcode::BNE, Bne{8, 0, 8}, true);
  p.finish();
  CHECK(p.board.accounted(0) == 300);
}

TEST_CASE("raising a latency never makes a run shorter") {
  std::mt19937 random(11);
  struct Step {
    DecodedInst inst;
    bool taken;
  };
  for (int round = 0; round < 40; ++round) {
    // Memory instructions of one side only: the sides must not compete.
    bool vectorMemory = round % 2;
    std::vector<Step> steps;
    while (steps.size() < 300) {
      DecodedInst inst{Opcode(random() % numOpcodes), {}};
      const InstInfo &record = info(inst.opcode);
      bool memory = record.mayLoad || record.mayStore;
      if (memory && (record.isVectorSide != vectorMemory ||
                     std::string(record.group) == "mesh" ||
                     record.numClasses > 1))
        continue;
      for (const OperandInfo &operand : info(inst.opcode).operandList())
        setOperandValue(inst, operand,
                        int32_t(random() % (operand.isRegister()
                                                ? std::min(32u, 1u << operand.bits)
                                                : 1u)));
      steps.push_back({inst, random() % 2 == 0});
    }
    auto run = [&](const TimingModel &model) {
      Scoreboard board(model);
      for (const Step &step : steps)
        board.step(0, StaticTiming(step.inst, model), step.taken);
      board.drain(0);
      uint64_t sum = board.issued(0);
      for (uint64_t cycles : board.lost(0))
        sum += cycles;
      REQUIRE(sum == board.accounted(0));
      return board.now(0);
    };
    uint64_t before = run(d1Model);
    for (size_t cls = 0; cls < d1Model.classes.size(); ++cls) {
      ChangedModel changed(cls, 1 + random() % 5);
      INFO("class " << d1Model.classNames[cls]);
      CHECK(run(changed.model) >= before);
    }
  }
}
