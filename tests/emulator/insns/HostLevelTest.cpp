// The same program leaves the same bits at every level of the host, also where
// results of one instruction are operands of the next.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Compare.h"
#include "Draw.h"

#include "tatami/archive/Hash.h"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

namespace tatami::insns {

namespace {

struct Step {
  isa::Opcode op;
  isa::Operands operands;
};

/// Instructions of the vector side, in any order.
std::vector<Step> drawProgram(Draw &draw, unsigned length) {
  std::vector<unsigned> candidates;
  for (unsigned op = 0; op < isa::numOpcodes; ++op)
    if (isa::instInfos[op].isVectorSide &&
        std::string(isa::instInfos[op].group) != "mesh")
      candidates.push_back(op);
  std::vector<Step> program;
  while (program.size() < length) {
    auto op = isa::Opcode(candidates[draw.below(candidates.size())]);
    Fields fields;
    draw.operands(isa::info(op), fields);
    program.push_back({op, throughEncoding(op, fields).operands});
  }
  return program;
}

/// Runs it; registers are drawn anew now and then, so that not all numbers end
/// as NaN. What traps is skipped, as on any level.
uint64_t runProgram(const std::vector<Step> &program, const ExecLevel &level,
                    uint64_t seed) {
  Draw draw(seed);
  Model model;
  model.memory.resize(0x4000);
  Sram sram(model.memory.size());
  ThreadState t;
  uint64_t hash = hashOf({});
  auto add = [&](const auto &value) {
    hash = hashOf({reinterpret_cast<const char *>(&value), sizeof value}, hash);
  };
  for (size_t i = 0; i < program.size(); ++i) {
    if (i % 40 == 0) {
      draw.registers(model);
      // Addresses that loads and stores can use.
      for (unsigned x = 16; x < 32; ++x)
        model.x[x] = 0x2000 + 64 * draw.below(64);
      copyRegisters(model, t);
    }
    Fact fact =
        level.functions[size_t(program[i].op)](t, sram, program[i].operands);
    t.x[0] = 0;
    add(fact.trap);
    if (i % 40 == 39) {
      add(t.v);
      for (unsigned x = 0; x < 32; ++x)
        add(t.x[x]);
      add(t.m);
      add(t.acc);
      add(t.conversionFlags);
    }
  }
  return hashOf({reinterpret_cast<const char *>(sram.bytes()), sram.size()},
                hash);
}

} // namespace

TEST_CASE("Programs leave the same bits at every level of the host",
          "[hosts]") {
  std::vector<const ExecLevel *> levels = supportedLevels();
  uint64_t previous = 0;
  for (uint64_t seed = 1; seed <= 25; ++seed) {
    Draw draw(seed);
    std::vector<Step> program = drawProgram(draw, 2000);
    uint64_t expected = runProgram(program, *levels.front(), seed);
    CHECK(expected != previous);
    previous = expected;
    for (const ExecLevel *level : levels) {
      INFO("program " << seed << " at " << level->name);
      CHECK(runProgram(program, *level, seed) == expected);
    }
  }
}

} // namespace tatami::insns
