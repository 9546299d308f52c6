// Encodings: no overlaps, decoding undoes encoding, what is reserved traps.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/isa/Access.h"
#include "tatami/isa/Isa.h"

#include <catch2/catch.hpp>

#include <random>
#include <vector>

using namespace tatami::isa;

namespace {

/// Any value that the operand can have.
int32_t randomValue(const OperandInfo &operand, std::mt19937 &random) {
  int64_t low = operand.isSigned ? -(int64_t(1) << (operand.bits - 1)) : 0;
  int64_t field =
      low + int64_t(random() & ((uint64_t(1) << operand.bits) - 1));
  int32_t value = int32_t(field << operand.shift);
  bool pureResult = operand.file == RegFile::X && operand.destination &&
                    !operand.source;
  return pureResult && value == 0 ? int32_t(sinkRegister) : value;
}

template <class Visit> void forEachOpcode(Visit visit) {
  for (size_t i = 0; i < numOpcodes; ++i)
    visit(Opcode(i));
}

} // namespace

TEST_CASE("no two instructions match the same word") {
  for (size_t a = 0; a < numOpcodes; ++a)
    for (size_t b = a + 1; b < numOpcodes; ++b) {
      const InstInfo &one = instInfos[a], &other = instInfos[b];
      uint32_t both = one.fixedMask & other.fixedMask;
      if (((one.fixedValue ^ other.fixedValue) & both) == 0)
        FAIL(one.name << " overlaps " << other.name);
    }
}

TEST_CASE("every bit of a word is fixed or belongs to one operand") {
  forEachOpcode([](Opcode op) {
    uint32_t covered = info(op).fixedMask;
    for (const OperandInfo &operand : info(op).operandList())
      for (unsigned s = 0; s < operand.numSegments; ++s) {
        const Segment &segment = operand.segments[s];
        uint32_t bits = ((1u << segment.width) - 1) << segment.instLow;
        INFO(info(op).name);
        REQUIRE((covered & bits) == 0);
        covered |= bits;
      }
    INFO(info(op).name);
    REQUIRE(covered == ~0u);
  });
}

TEST_CASE("decoding undoes encoding for random operands of every instruction") {
  std::mt19937 random(42);
  forEachOpcode([&](Opcode op) {
    INFO(info(op).name);
    for (int round = 0; round < 200; ++round) {
      DecodedInst inst{op, {}};
      for (const OperandInfo &operand : info(op).operandList())
        setOperandValue(inst, operand, randomValue(operand, random));
      std::optional<uint32_t> word = encode(inst);
      REQUIRE(word);
      std::optional<DecodedInst> again = decode(*word);
      REQUIRE(again);
      REQUIRE(again->opcode == op);
      REQUIRE(again->operands == inst.operands);
    }
  });
}

TEST_CASE("encoding undoes decoding for random words") {
  std::mt19937 random(7);
  unsigned decoded = 0;
  for (int i = 0; i < 2'000'000; ++i) {
    uint32_t word = random();
    std::optional<DecodedInst> inst = decode(word);
    if (!inst)
      continue;
    ++decoded;
    std::optional<uint32_t> again = encode(*inst);
    if (!again || *again != word)
      FAIL("word " << word << " became " << disassemble(word));
  }
  REQUIRE(decoded > 100'000);
}

TEST_CASE("the decoder's tree finds what the masks say") {
  std::mt19937 random(3);
  for (int i = 0; i < 20'000; ++i) {
    uint32_t word = random();
    std::optional<Opcode> expected;
    forEachOpcode([&](Opcode op) {
      if ((word & info(op).fixedMask) == info(op).fixedValue)
        expected = op;
    });
    if (findOpcode(word) != expected)
      FAIL("word " << word);
  }
}

TEST_CASE("a fixed bit that is wrong makes another instruction or none") {
  forEachOpcode([](Opcode op) {
    for (unsigned bit = 0; bit < 32; ++bit) {
      if (!(info(op).fixedMask >> bit & 1))
        continue;
      std::optional<Opcode> found =
          findOpcode(info(op).fixedValue ^ 1u << bit);
      INFO(info(op).name << " bit " << bit);
      REQUIRE(found != op);
    }
  });
}

TEST_CASE("zeros, ones and unused bits are reserved") {
  REQUIRE_FALSE(decode(0));
  REQUIRE_FALSE(decode(0xffffffff));
  // Both majors are reserved for ever, whatever stands above them.
  std::mt19937 random(5);
  for (int i = 0; i < 1000; ++i) {
    uint32_t high = random() << 7;
    REQUIRE_FALSE(decode(high));
    REQUIRE_FALSE(decode(high | 0x7f));
  }
  // acczero has unused bits; one of them set is reserved.
  uint32_t word = *encode(Opcode::ACCZERO, Acczero{3});
  REQUIRE(decode(word));
  REQUIRE_FALSE(decode(word | 1u << 12));
}

TEST_CASE("operands out of range cannot be encoded") {
  REQUIRE(encode(Opcode::ADDI, Addi{8, 9, 16383}));
  REQUIRE_FALSE(encode(Opcode::ADDI, Addi{8, 9, 16384}));
  REQUIRE(encode(Opcode::ADDI, Addi{8, 9, -16384}));
  REQUIRE_FALSE(encode(Opcode::ADDI, Addi{8, 9, -16385}));
  REQUIRE_FALSE(encode(Opcode::BEQ, Beq{8, 9, 6}));
  REQUIRE_FALSE(encode(Opcode::SPADJ, Spadj{-32}));
  REQUIRE_FALSE(encode(Opcode::SLLI, Slli{8, 9, 64}));
  REQUIRE_FALSE(encode(Opcode::ADD, Add{8, 33, 1}));
}

TEST_CASE("a result x0 goes to the sink, an operand x0 does not") {
  std::optional<DecodedInst> add = decode(*encode(Opcode::ADD, Add{0, 0, 5}));
  REQUIRE(add);
  REQUIRE(add->operands.as<Add>().rd == sinkRegister);
  REQUIRE(add->operands.as<Add>().rs1 == 0);
  REQUIRE(encode(*add) == encode(Opcode::ADD, Add{0, 0, 5}));
}

TEST_CASE("disassembly") {
  auto text = [](auto op, auto operands, uint64_t pc = 0x1000) {
    return disassemble(*encode(op, operands), pc);
  };
  CHECK(text(Opcode::ADD, Add{0, 5, 6}) == "add x0, x5, x6");
  CHECK(text(Opcode::ADDI, Addi{8, 2, -64}) == "addi x8, x2, -64");
  CHECK(text(Opcode::LW, Lw{8, 2, 12}) == "lw x8, 12(x2)");
  CHECK(text(Opcode::BEQ, Beq{8, 9, -16}) == "beq x8, x9, 0xff0");
  CHECK(text(Opcode::CSRR, Csrr{8, 16}) == "csrr x8, cycle");
  CHECK(text(Opcode::CSRR, Csrr{8, 1000}) == "csrr x8, 1000");
  CHECK(text(Opcode::LI, Li{8, -2097152}) == "li x8, -2097152");
  CHECK(text(Opcode::VFADD_Z, Vfadd<Form::Zero>{1, 2, 3, 4}) ==
        "vfadd.s v1, v2, v3, m4, z");
  CHECK(text(Opcode::MMA_BF16, MmaBf16{7, 1, 2}) == "mma.bf16 acc7, v1, v2");
  CHECK(disassemble(0u) == ".word 0x00000000");
}

TEST_CASE("loads and stores know how much they move") {
  auto bytes = [](const char *text) {
    for (size_t op = 0; op < numOpcodes; ++op)
      if (std::string(instInfos[op].name) == text)
        return int(accessBytes(Opcode(op)));
    return -1;
  };
  CHECK(bytes("LBU") == 1);
  CHECK(bytes("LHX") == 2);
  CHECK(bytes("SWPI") == 4);
  CHECK(bytes("FLW") == 4);
  CHECK(bytes("SDX") == 8);
  CHECK(bytes("MLD") == 8);
  CHECK(bytes("VLD") == 64);
  CHECK(bytes("VSTPI") == 64);
  CHECK(bytes("VGATHER_D_Z") == 64);
  CHECK(bytes("ACCST") == 256);
  CHECK(bytes("AMOADDW") == 8);
  CHECK(bytes("CASD") == 16);
  CHECK(bytes("ADD") == 0);
  CHECK(bytes("RVLD") == 0);
  CHECK(bytes("PUSH") == 0);
}
