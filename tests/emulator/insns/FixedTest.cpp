// Cases written out by hand: where the model could share a misunderstanding
// with the emulator, the numbers here come from the manual.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Compare.h"

#include "tatami/semantics/Semantics.h"

#include <catch2/catch.hpp>

namespace tatami::insns {

namespace {

/// A thread and its memory; the operands go through their encoding.
struct Machine {
  ThreadState t;
  Sram sram{0x4000};

  Machine() {
    t.reset();
    sram.setReadOnlyEnd(0x1800);
  }
  Fact run(isa::Opcode op, const Fields &fields) {
    Fact fact = execLevel_generic.functions[size_t(op)](
        t, sram, throughEncoding(op, fields).operands);
    if (readsAndWritesX(isa::info(op)))
      t.x[0] = 0;
    return fact;
  }
};

using isa::Opcode;

} // namespace

TEST_CASE("x0 reads zero and swallows writes", "[fixed]") {
  Machine m;
  m.t.x[5] = 7;
  m.run(Opcode::ADDI, {.rd = 0, .rs1 = 5, .imm = 1});
  CHECK(m.t.x[0] == 0);
  m.run(Opcode::ADD, {.rd = 6, .rs1 = 0, .rs2 = 5});
  CHECK(m.t.x[6] == 7);
  m.run(Opcode::INSH, {.rd = 0, .imm = 0xffff, .pos = 1});
  CHECK(m.t.x[0] == 0);
  m.t.x[7] = 0x2000;
  m.sram.bytes()[0x2000] = 0x55;
  m.run(Opcode::LBPI, {.rd = 0, .rs1 = 7, .imm = 8});
  CHECK(m.t.x[0] == 0);
  CHECK(m.t.x[7] == 0x2008);
}

TEST_CASE("m0 reads all ones and swallows writes", "[fixed]") {
  Machine m;
  m.run(Opcode::MMVMX, {.rs1 = 0, .md = 0});
  CHECK(m.t.m[0] == ~0ull);
  m.run(Opcode::MXOR, {.md = 0, .ms1 = 0, .ms2 = 0});
  CHECK(m.t.m[0] == ~0ull);
  m.run(Opcode::VCMPNE_B, {.vs1 = 1, .vs2 = 1, .md = 0});
  CHECK(m.t.m[0] == ~0ull);
  m.t.x[5] = 0x2000;
  m.run(Opcode::MLD, {.rs1 = 5, .md = 0});
  CHECK(m.t.m[0] == ~0ull);
}

TEST_CASE("A load into its own base keeps the loaded value", "[fixed]") {
  Machine m;
  m.t.x[5] = 0x2000;
  m.sram.bytes()[0x2000] = 0x2a;
  m.run(Opcode::LDPI, {.rd = 5, .rs1 = 5, .imm = 8});
  CHECK(m.t.x[5] == 0x2a);
}

TEST_CASE("A trap leaves base and destination alone", "[fixed]") {
  Machine m;
  m.t.x[5] = 0x2001;
  m.t.x[6] = 99;
  Fact fact = m.run(Opcode::LDPI, {.rd = 6, .rs1 = 5, .imm = 8});
  CHECK(fact.trap == TrapKind::Misaligned);
  CHECK(m.t.x[5] == 0x2001);
  CHECK(m.t.x[6] == 99);
}

TEST_CASE("A lane that the mask leaves out cannot trap", "[fixed]") {
  Machine m;
  m.t.x[5] = m.sram.size() - 4; // Room for one lane.
  m.t.m[1] = 1;
  m.sram.bytes()[m.sram.size() - 4] = 0x11;
  isa::Form zero = isa::Form::Zero;
  Fact fact =
      m.run(Opcode::VLDU_W_Z, {.form = zero, .rs1 = 5, .vd = 2, .m = 1});
  CHECK(fact.trap == TrapKind::None);
  CHECK(m.t.v[2].u32[0] == 0x11);
  m.t.m[1] = 3;
  fact = m.run(Opcode::VLDU_W_Z, {.form = zero, .rs1 = 5, .vd = 2, .m = 1});
  CHECK(fact.trap == TrapKind::OutOfBounds);
}

TEST_CASE("The stack pointer cannot wrap below zero", "[fixed]") {
  Machine m;
  m.t.x[2] = 0x40;
  CHECK(m.run(Opcode::SPADJ, {.imm = -128}).trap == TrapKind::StackOverflow);
  CHECK(m.t.x[2] == 0x40);
}

TEST_CASE("A product of zero signs and a sum is rounded once", "[fixed]") {
  Machine m;
  // -(1 * 1) - (-1) is +0; 3 * (1/3 rounded) - 1 is what rounding lost.
  m.t.v[1].f32[0] = 1;
  m.t.v[2].f32[0] = -1;
  m.run(Opcode::FNMADD, {.rd = 3, .rs1 = 1, .rs2 = 1, .rs3 = 2});
  CHECK(m.t.v[3].u32[0] == 0);
  m.t.v[4].f32[0] = 3;
  m.t.v[5].u32[0] = 0x3eaaaaab;
  m.run(Opcode::FMADD, {.rd = 3, .rs1 = 4, .rs2 = 5, .rs3 = 2});
  CHECK(m.t.v[3].u32[0] == 0x33000000);
}

TEST_CASE("CFloat8 codes mean what the paper says", "[fixed]") {
  Machine m;
  m.t.x[5] = 31;
  const uint8_t codes[] = {0x00, 0x80, 0x08, 0x7f, 0x01, 0xff};
  const float values[] = {0.0f,       -0.0f,    0x1p-30f,
                          0x1.ep-16f, 0x1p-33f, -0x1.ep-16f};
  std::memcpy(&m.t.v[1], codes, sizeof(codes));
  m.run(Opcode::VCVT_S_C143, {.rd = 2, .rs1 = 1, .rs2 = 5});
  for (unsigned i = 0; i < std::size(codes); ++i)
    CHECK(m.t.v[2].u32[i] == Model::bitsOf(values[i]));
}

TEST_CASE("Remote loads extend into their register", "[fixed]") {
  ThreadState t;
  t.reset();
  V512 data{};
  data.u64[0] = 0x1122334455667788u;
  data.u64[7] = 1;
  auto complete = [&](Opcode op, const Fields &fields) {
    Sram sram(0x4000);
    Fact fact = execLevel_generic.functions[size_t(op)](
        t, sram, throughEncoding(op, fields).operands);
    REQUIRE(fact.kind == Fact::Ask);
    completeRemoteLoad(t, fact.request, data);
  };
  data.u8[0] = 0x88;
  complete(Opcode::RLB, {.rd = 5, .rs1 = 1});
  CHECK(t.x[5] == 0xffffffffffffff88u);
  complete(Opcode::RLBU, {.rd = 5, .rs1 = 1});
  CHECK(t.x[5] == 0x88);
  data.u8[3] = 0x99;
  complete(Opcode::RLW, {.rd = 5, .rs1 = 1});
  CHECK(t.x[5] == 0xffffffff99667788u);
  complete(Opcode::RLWU, {.rd = 5, .rs1 = 1});
  CHECK(t.x[5] == 0x99667788u);
  complete(Opcode::RLD, {.rd = 0, .rs1 = 1});
  CHECK(t.x[0] == 0);
  t.v[3].u64[5] = 9;
  complete(Opcode::RFLW, {.rd = 3, .rs1 = 1});
  CHECK(t.v[3].u32[0] == 0x99667788u);
  CHECK(t.v[3].u64[5] == 0);
  complete(Opcode::RVLD, {.rd = 3, .rs1 = 1});
  CHECK(t.v[3].u64[7] == 1);
}

TEST_CASE("Remote stores send their register's low bytes", "[fixed]") {
  ThreadState t;
  t.reset();
  t.x[5] = 0x1122334455667788u;
  t.v[5].u64[0] = 0xaabbccddeeff0011u;
  t.v[5].u64[7] = 3;
  auto sent = [&](Opcode op) {
    Sram sram(0x4000);
    Fact fact = execLevel_generic.functions[size_t(op)](
        t, sram, throughEncoding(op, {.rs1 = 1, .rs2 = 5}).operands);
    REQUIRE(fact.kind == Fact::Ask);
    return remoteStoreData(t, fact.request);
  };
  CHECK(sent(Opcode::RSB).u64[0] == 0x88);
  CHECK(sent(Opcode::RSH).u64[0] == 0x7788);
  CHECK(sent(Opcode::RSW).u64[0] == 0x55667788);
  CHECK(sent(Opcode::RSD).u64[0] == 0x1122334455667788u);
  CHECK(sent(Opcode::RFSW).u64[0] == 0xeeff0011u);
  CHECK(sent(Opcode::RVST).u64[7] == 3);
}

} // namespace tatami::insns
