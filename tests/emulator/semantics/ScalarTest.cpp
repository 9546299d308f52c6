//===- ScalarTest.cpp - Scalar, memory, atomic and system semantics -------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Fixture.h"

using namespace tatami;
using namespace tatami::test;

namespace {

constexpr std::uint64_t Smallest64 = std::uint64_t(1) << 63;
constexpr std::uint64_t Minus1 = ~std::uint64_t(0);

struct Scalars : Fixture {
  /// x3 after op with these operands.
  template <class Operands>
  std::uint64_t result(std::uint64_t a, std::uint64_t b, std::int32_t imm = 0) {
    t.x[1] = a;
    t.x[2] = b;
    run(scalar<Operands>(imm));
    return t.x[3];
  }
  template <class Operands> TrapKind divides(std::uint64_t a, std::uint64_t b) {
    t.x[1] = a;
    t.x[2] = b;
    t.x[3] = 0x1234;
    return run(scalar<Operands>());
  }
};

} // namespace

TEST_CASE_METHOD(Scalars, "32-bit forms sign-extend") {
  CHECK(result<isa::Addw>(0x7fffffff, 1) == 0xffffffff80000000u);
  CHECK(result<isa::Addiw>(0xffffffff, 0, 1) == 0);
  CHECK(result<isa::Sllw>(1, 31 + 32) == 0xffffffff80000000u);
  CHECK(result<isa::Srlw>(0xfffffffff0000000u, 28) == 0xf);
  CHECK(result<isa::Sraw>(0x80000000, 31) == Minus1);
  CHECK(result<isa::Minuw>(0x80000000, 0xf00000001) == 1);
  CHECK(result<isa::Maxuw>(0x80000000, 1) == 0xffffffff80000000u);
  CHECK(result<isa::Rev8w>(0x12345680, 0) == 0xffffffff80563412u);
  CHECK(result<isa::Brevw>(1, 0) == 0xffffffff80000000u);
  CHECK(result<isa::Rorw>(1, 1) == 0xffffffff80000000u);
  CHECK(result<isa::Sltiuw>(0xfffffffe, 0, -1) == 1);
  CHECK(result<isa::Slliuw>(Minus1, 0, 4) == 0xffffffff0u);
}

TEST_CASE_METHOD(Scalars, "high halves of products") {
  CHECK(result<isa::Mulh>(Minus1, Minus1) == 0);
  CHECK(result<isa::Mulhu>(Minus1, Minus1) == Minus1 - 1);
  CHECK(result<isa::Mulhsu>(Minus1, Minus1) == Minus1);
  CHECK(result<isa::Mulhsu>(Smallest64, 2) == Minus1);
}

TEST_CASE_METHOD(Scalars, "division") {
  CHECK(divides<isa::Div>(Smallest64, Minus1) == TrapKind::None);
  CHECK(t.x[3] == Smallest64);
  CHECK(divides<isa::Rem>(Smallest64, Minus1) == TrapKind::None);
  CHECK(t.x[3] == 0);
  CHECK(divides<isa::Divw>(0x80000000, 0xffffffff) == TrapKind::None);
  CHECK(t.x[3] == 0xffffffff80000000u);
  CHECK(divides<isa::Div>(std::uint64_t(-7), 2) == TrapKind::None);
  CHECK(t.x[3] == std::uint64_t(-3));
  CHECK(divides<isa::Rem>(std::uint64_t(-7), 2) == TrapKind::None);
  CHECK(t.x[3] == Minus1);
  CHECK(divides<isa::Divuw>(0xffffffff, 1) == TrapKind::None);
  CHECK(t.x[3] == Minus1);

  CHECK(divides<isa::Div>(1, 0) == TrapKind::DivideByZero);
  CHECK(divides<isa::Divu>(1, 0) == TrapKind::DivideByZero);
  CHECK(divides<isa::Rem>(1, 0) == TrapKind::DivideByZero);
  CHECK(divides<isa::Remu>(1, 0) == TrapKind::DivideByZero);
  CHECK(divides<isa::Divw>(1, 0xf00000000) == TrapKind::DivideByZero);
  CHECK(divides<isa::Remuw>(1, 0xf00000000) == TrapKind::DivideByZero);
  CHECK(t.x[3] == 0x1234);
}

TEST_CASE_METHOD(Scalars, "bits") {
  CHECK(result<isa::Clz>(0, 0) == 64);
  CHECK(result<isa::Ctzw>(0xf00000000, 0) == 32);
  CHECK(result<isa::Cpopw>(Minus1, 0) == 32);
  CHECK(result<isa::Brev>(1, 0) == Smallest64);
  CHECK(result<isa::Rev8>(0x0102030405060708, 0) == 0x0807060504030201);
  CHECK(result<isa::Sll>(1, 65) == 2);
}

TEST_CASE_METHOD(Scalars, "constants") {
  run(with<isa::Li>([](auto &i) { i.rd = 3, i.imm = -5; }));
  CHECK(t.x[3] == std::uint64_t(-5));
  run(with<isa::Lui>([](auto &i) { i.rd = 3, i.imm = -1; }));
  CHECK(t.x[3] == std::uint64_t(-32768));
  auto insert =
      with<isa::Insh>([](auto &i) { i.rd = 3, i.imm = 0xabcd, i.pos = 1; });
  t.x[3] = Minus1;
  run(insert);
  CHECK(t.x[3] == 0xffffffffabcdffffu);
  insert.rd = 0;
  run(insert);
  CHECK(t.x[0] == 0);
}

TEST_CASE_METHOD(Scalars, "jumps") {
  t.pc = 0x2000;
  t.x[1] = 0x3000;
  Target target =
      run(with<isa::Jalr>([](auto &i) { i.rd = 1, i.rs1 = 1, i.imm = 8; }));
  CHECK(target.pc == 0x3008);
  CHECK(t.x[1] == 0x2004);
  t.x[1] = 0x180000000;
  t.x[2] = 0x7fffffff;
  CHECK(run(with<isa::Bltw>([](auto &i) { i.rs1 = 1, i.rs2 = 2; })).taken);
  CHECK(!run(with<isa::Bltuw>([](auto &i) { i.rs1 = 1, i.rs2 = 2; })).taken);
  CHECK(!run(with<isa::Blt>([](auto &i) { i.rs1 = 1, i.rs2 = 2; })).taken);
}

TEST_CASE_METHOD(Scalars, "loads extend, and trap without an effect") {
  mem.setReadOnlyEnd(0x2000);
  t.x[1] = 0x3000;
  mem.bytes()[0x3000] = 0x80;
  mem.bytes()[0x3003] = 0x90;
  CHECK(run(scalar<isa::Lb>()) == TrapKind::None);
  CHECK(t.x[3] == std::uint64_t(-128));
  CHECK(run(scalar<isa::Lbu>()) == TrapKind::None);
  CHECK(t.x[3] == 0x80);
  CHECK(run(scalar<isa::Lw>()) == TrapKind::None);
  CHECK(t.x[3] == 0xffffffff90000080u);
  CHECK(run(scalar<isa::Lwu>()) == TrapKind::None);
  CHECK(t.x[3] == 0x90000080u);

  t.x[3] = 7;
  CHECK(run(scalar<isa::Lw>(2)) == TrapKind::Misaligned);
  t.x[1] = 0;
  CHECK(run(scalar<isa::Lw>(0xffc)) == TrapKind::NullAccess);
  CHECK(run(scalar<isa::Lw>(-4)) == TrapKind::OutOfBounds);
  t.x[1] = Sram::DefaultSize;
  CHECK(run(scalar<isa::Ld>(-4)) == TrapKind::OutOfBounds);
  CHECK(run(scalar<isa::Ld>(0)) == TrapKind::OutOfBounds);
  CHECK(t.x[3] == 7);
  CHECK(run(scalar<isa::Ld>(-8)) == TrapKind::None);
}

TEST_CASE_METHOD(Scalars, "stores trap on code") {
  mem.setReadOnlyEnd(0x2000);
  auto store = with<isa::Sd>([](auto &i) { i.rs1 = 1, i.rs2 = 2; });
  t.x[2] = 0x1122334455667788;
  t.x[1] = 0x1ff8;
  CHECK(run(store) == TrapKind::StoreToCode);
  CHECK(mem.bytes()[0x1ff8] == 0);
  t.x[1] = 0x2000;
  CHECK(run(store) == TrapKind::None);
  CHECK(mem.bytes()[0x2007] == 0x11);
  t.x[1] = 8;
  CHECK(run(store) == TrapKind::NullAccess);
  t.x[1] = Minus1 - 7;
  CHECK(run(store) == TrapKind::OutOfBounds);
}

TEST_CASE_METHOD(Scalars, "post-increment moves the base last, if at all") {
  t.x[1] = 0x3000;
  mem.bytes()[0x3000] = 5;
  auto load = with<isa::Ldpi>([](auto &i) { i.rd = 3, i.rs1 = 1, i.imm = -8; });
  CHECK(run(load) == TrapKind::None);
  CHECK(t.x[3] == 5);
  CHECK(t.x[1] == 0x2ff8);
  t.x[1] = 0x3000;
  load.rd = 1;
  CHECK(run(load) == TrapKind::None);
  CHECK(t.x[1] == 5);
  CHECK(run(load) == TrapKind::NullAccess);
  CHECK(t.x[1] == 5);
  auto store = with<isa::Sdpi>([](auto &i) { i.rd = 1, i.rs1 = 1, i.imm = 8; });
  t.x[1] = 0x4000;
  CHECK(run(store) == TrapKind::None);
  CHECK(t.x[1] == 0x4008);
  CHECK(mem.bytes()[0x4001] == 0x40);
}

TEST_CASE_METHOD(Scalars, "atomics give the old value, sign-extended") {
  mem.setReadOnlyEnd(0x2000);
  t.x[1] = 0x3000;
  t.x[2] = 1;
  mem.bytes()[0x3003] = 0x80;
  CHECK(run(scalar<isa::Amoaddw>()) == TrapKind::None);
  CHECK(t.x[3] == 0xffffffff80000000u);
  CHECK(mem.bytes()[0x3000] == 1);
  CHECK(run(scalar<isa::Amominw>()) == TrapKind::None);
  CHECK(mem.bytes()[0x3003] == 0x80);
  CHECK(run(scalar<isa::Amominuw>()) == TrapKind::None);
  CHECK(mem.bytes()[0x3003] == 0);

  t.x[3] = 2;
  CHECK(run(scalar<isa::Casw>()) == TrapKind::None); // memory is 1
  CHECK(t.x[3] == 1);
  t.x[2] = 9;
  CHECK(run(scalar<isa::Casw>()) == TrapKind::None);
  CHECK(mem.bytes()[0x3000] == 9);
  // x0 expects zero, whatever its sink holds, and stays zero.
  t.x[SinkRegister] = 9;
  for (unsigned zero : {0u, SinkRegister}) {
    auto swap = scalar<isa::Casw>();
    swap.rd = static_cast<std::uint8_t>(zero);
    t.x[2] = 3;
    CHECK(run(swap) == TrapKind::None);
    CHECK(mem.bytes()[0x3000] == 9);
    CHECK(t.x[0] == 0);
  }
  t.x[1] = 0x1000;
  t.x[3] = 77;
  CHECK(run(scalar<isa::Casd>()) == TrapKind::StoreToCode);
  CHECK(run(scalar<isa::Amoswapd>()) == TrapKind::StoreToCode);
  CHECK(t.x[3] == 77);
}

TEST_CASE_METHOD(Scalars, "the stack pointer stops at its limit") {
  auto adjust = with<isa::Spadj>([](auto &i) { i.imm = -64; });
  t.stackLimit = 0x10000;
  t.x[2] = 0x10040;
  CHECK(run(adjust) == TrapKind::None);
  CHECK(t.x[2] == 0x10000);
  CHECK(run(adjust) == TrapKind::StackOverflow);
  CHECK(t.x[2] == 0x10000);
  adjust.imm = -0x20000; // below address zero
  CHECK(run(adjust) == TrapKind::StackOverflow);
}

TEST_CASE_METHOD(Scalars, "scalar floats live in lane 0 and clear the others") {
  t.v[1] = randomVector();
  t.v[2] = randomVector();
  t.v[3] = randomVector();
  t.v[1].f32[0] = 1.5f;
  t.v[2].f32[0] = 2.25f;
  run(scalar<isa::Fadd>());
  CHECK(t.v[3] == V512{.f32 = F32x16{3.75f}});
  t.v[1].u32[0] = 0x7fc01234;
  run(scalar<isa::Fmul>());
  CHECK(t.v[3] == V512{.u32 = U32x16{CanonicalNaN}});
  run(scalar<isa::Fmin>());
  CHECK(t.v[3].f32[0] == 2.25f);
  run(scalar<isa::Fsgnjn>()); // bitwise: keeps the payload
  CHECK(t.v[3] == V512{.u32 = U32x16{0xffc01234}});
  run(scalar<isa::Fcvtls>());
  CHECK(t.x[3] == 0);
  run(scalar<isa::Feq>());
  CHECK(t.x[3] == 0);
  t.v[1].f32[0] = -1e30f;
  run(scalar<isa::Fcvtls>());
  CHECK(t.x[3] == Smallest64);
  run(scalar<isa::Fcvtlus>());
  CHECK(t.x[3] == 0);
  t.v[1].f32[0] = 4e9f;
  run(scalar<isa::Fcvtwus>());
  CHECK(t.x[3] == static_cast<std::uint64_t>(std::int32_t(4000000000u)));
  run(scalar<isa::Fcvtws>());
  CHECK(t.x[3] == 0x7fffffff);
}

TEST_CASE_METHOD(Scalars, "fused multiply-adds round once and take signs") {
  auto fused = [&]<class Operands>(Operands i) {
    i.rd = 4, i.rs1 = 1, i.rs2 = 2, i.rs3 = 3;
    run(i);
    return t.v[4].f32[0];
  };
  // x * x = 1 + 2^-11 + 2^-24: the last bit survives only if not rounded.
  float x = 1 + 0x1p-12f;
  t.v[1].f32[0] = t.v[2].f32[0] = x;
  t.v[3].f32[0] = -1 - 0x1p-11f;
  CHECK(fused(isa::Fmadd{}) == 0x1p-24f);
  CHECK(fused(isa::Fnmadd{}) == -0x1p-24f);
  t.v[3].f32[0] = 1 + 0x1p-11f;
  CHECK(fused(isa::Fmsub{}) == 0x1p-24f);
  CHECK(fused(isa::Fnmsub{}) == -0x1p-24f);
}

TEST_CASE_METHOD(Scalars, "remote accesses carry their operands") {
  t.x[1] = 0x2000010000000040;
  Request load = run(scalar<isa::Rlh>());
  CHECK(load.kind == RequestKind::RemoteLoad);
  CHECK(load.a == t.x[1]);
  CHECK(load.bytes == 2);
  V512 data{.u64 = U64x8{0xffff8001}};
  completeRemoteLoad(t, load, data);
  CHECK(t.x[3] == 0xffffffffffff8001u);
  completeRemoteLoad(t, run(scalar<isa::Rlhu>()), data);
  CHECK(t.x[3] == 0x8001);
  completeRemoteLoad(t, run(scalar<isa::Rld>()), data);
  CHECK(t.x[3] == 0xffff8001);
  data = randomVector();
  completeRemoteLoad(t, run(scalar<isa::Rvld>()), data);
  CHECK(t.v[3] == data);
  completeRemoteLoad(t, run(scalar<isa::Rflw>()), data);
  CHECK(t.v[3] == V512{.u32 = U32x16{data.u32[0]}});

  auto store = with<isa::Rsb>([](auto &i) { i.rs1 = 1, i.rs2 = 2; });
  t.x[2] = 0xabcd;
  CHECK(remoteStoreData(t, run(store)) == V512{.u64 = U64x8{0xcd}});
  auto vectorStore = with<isa::Rvst>([](auto &i) { i.rs1 = 1, i.rs2 = 2; });
  t.v[2] = data;
  CHECK(remoteStoreData(t, run(vectorStore)) == data);
}
