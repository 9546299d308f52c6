// Text to words to text, for every instruction and for constants of any width.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "McHarness.h"
#include "Samples.h"

#include "tatami/isa/Codec.h"
#include "tatami/isa/Operands.h"

#include <catch2/catch.hpp>

#include <limits>
#include <random>

using namespace tatami;
using test::McHarness;

TEST_CASE("what the disassembler prints assembles to the same word", "[mc]") {
  McHarness llvm;
  std::mt19937_64 generator(4);
  std::vector<uint32_t> words = test::sampleWords(generator, 32);
  std::string text;
  for (uint32_t word : words) {
    std::optional<std::string> line = llvm.disassemble(word);
    REQUIRE(line.has_value());
    text += *line + '\n';
  }
  McHarness::Assembled result = llvm.assemble(text);
  REQUIRE(result.errors == "");
  REQUIRE(result.words.size() == words.size());
  for (size_t i = 0; i < words.size(); ++i)
    if (result.words[i] != words[i]) {
      CAPTURE(isa::disassemble(words[i]));
      REQUIRE(result.words[i] == words[i]);
    }
}

// What the instructions that li expands to leave in x5.
static int64_t run(const std::vector<uint32_t> &words) {
  int64_t x5 = 0x5555555555555555;
  for (uint32_t word : words) {
    std::optional<isa::DecodedInst> inst = isa::decode(word);
    REQUIRE(inst.has_value());
    auto operand = [&](std::string_view name) -> int64_t {
      for (const isa::OperandInfo &o : isa::info(inst->opcode).operandList())
        if (o.name == name)
          return isa::operandValue(*inst, o);
      FAIL("no operand " << name);
      return 0;
    };
    REQUIRE(operand("rd") == 5);
    uint64_t value = uint64_t(x5);
    switch (inst->opcode) {
    case isa::Opcode::LI:
      x5 = operand("imm");
      break;
    case isa::Opcode::LUI:
      x5 = operand("imm") * 32768;
      break;
    case isa::Opcode::ADDI:
      x5 = int64_t(value + uint64_t(operand("imm")));
      break;
    case isa::Opcode::SLLI:
      x5 = int64_t(value << operand("imm"));
      break;
    case isa::Opcode::INSH: {
      unsigned low = 16 * unsigned(operand("pos"));
      value &= ~(uint64_t(0xffff) << low);
      x5 = int64_t(value | uint64_t(operand("imm")) << low);
      break;
    }
    default:
      FAIL("li expanded to " << isa::disassemble(word));
    }
  }
  return x5;
}

TEST_CASE("li makes every constant, in at most four instructions", "[mc]") {
  McHarness llvm;
  std::vector<int64_t> values = {0, 1, -1};
  // Around every power of two, where sequences change length.
  for (unsigned bit = 0; bit < 64; ++bit)
    for (int64_t delta : {-32769, -16384, -1, 0, 1, 16383, 16384, 65535})
      for (uint64_t sign : {uint64_t(0), ~uint64_t(0)})
        values.push_back(
            int64_t((((uint64_t(1) << bit) + uint64_t(delta)) ^ sign)));
  std::mt19937_64 generator(5);
  for (unsigned i = 0; i < 2000; ++i)
    values.push_back(int64_t(generator()) >> (generator() % 64));
  for (int64_t value : values) {
    CAPTURE(value);
    McHarness::Assembled result =
        llvm.assemble("li x5, " + std::to_string(value));
    REQUIRE(result.errors == "");
    REQUIRE(result.words.size() <= 4);
    REQUIRE(run(result.words) == value);
  }
}

TEST_CASE("li takes one instruction for what fits in 22 bits", "[mc]") {
  McHarness llvm;
  CHECK(llvm.assemble("li x5, -2097152").words.size() == 1);
  CHECK(llvm.assemble("li x5, 2097151").words.size() == 1);
  CHECK(llvm.assemble("li x5, 2097152").words.size() == 1); // lui
  CHECK(llvm.assemble("li x5, 2097153").words.size() == 2);
}
