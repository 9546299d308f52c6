//===- MoveTest.cpp - Vector memory, permutes and conversions -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Fixture.h"

using namespace tatami;
using namespace tatami::test;

namespace {

struct Moves : Fixture {
  Moves() {
    for (std::uint64_t i = Sram::NullPageSize; i < mem.size(); ++i)
      mem.bytes()[i] = static_cast<std::uint8_t>(i * 7 + (i >> 8));
    // Bytes 0..63 and 64..127: any permutation can be read off the result.
    for (unsigned i = 0; i < 64; ++i) {
      t.v[1].u8[i] = static_cast<std::uint8_t>(i);
      t.v[2].u8[i] = static_cast<std::uint8_t>(64 + i);
    }
  }

  V512 memoryAt(std::uint64_t address) {
    V512 r;
    std::memcpy(&r, mem.bytes() + address, sizeof r);
    return r;
  }

  /// Element e (of \p bytes) of the result came from element \p from(e) of
  /// v1 followed by v2.
  template <class Operands, class From>
  void checkPermute(unsigned bytes, From from) {
    run(vector<Operands>());
    unsigned wrong = 0;
    for (unsigned byte = 0; byte < 64; ++byte)
      wrong += t.v[3].u8[byte] != from(byte / bytes) * bytes + byte % bytes;
    INFO("element bytes " << bytes);
    CHECK(wrong == 0);
  }
};

} // namespace

TEST_CASE_METHOD(Moves, "vector loads need their alignment") {
  t.x[1] = 0x2000;
  CHECK(run(vector<isa::Vld>()) == TrapKind::None);
  CHECK(t.v[3] == memoryAt(0x2000));
  V512 before = t.v[3];
  t.x[1] = 0x2020;
  CHECK(run(vector<isa::Vld>()) == TrapKind::Misaligned);
  CHECK(t.v[3] == before);
  t.x[1] = 0x2004;
  CHECK(run(vector<isa::VlduW<Form::Plain>>()) == TrapKind::None);
  CHECK(t.v[3] == memoryAt(0x2004));
  CHECK(run(vector<isa::VlduD<Form::Plain>>()) == TrapKind::Misaligned);
  t.x[1] = mem.size() - 32;
  CHECK(run(vector<isa::VlduB<Form::Plain>>()) == TrapKind::OutOfBounds);
}

TEST_CASE_METHOD(Moves, "lanes outside the mask are not accessed") {
  // Eight lanes lie beyond the memory.
  t.x[1] = mem.size() - 32;
  t.v[3] = randomVector();
  V512 old = t.v[3];
  t.m[1] = 0x00ff;
  CHECK(run(vector<isa::VlduW<Form::Merge>>()) == TrapKind::None);
  for (unsigned lane = 0; lane < 16; ++lane)
    if (lane < 8)
      CHECK(std::memcmp(&t.v[3].u32[lane], mem.bytes() + t.x[1] + 4 * lane,
                        4) == 0);
    else
      CHECK(t.v[3].u32[lane] == old.u32[lane]);
  CHECK(run(vector<isa::VlduW<Form::Zero>>()) == TrapKind::None);
  CHECK(t.v[3].u32[8] == 0);

  t.v[3] = old;
  t.m[1] = 0x01ff;
  CHECK(run(vector<isa::VlduW<Form::Merge>>()) == TrapKind::OutOfBounds);
  CHECK(t.v[3] == old);
  CHECK(run(vector<isa::VstuW<Form::Merge>>()) == TrapKind::OutOfBounds);
  CHECK(mem.bytes()[mem.size() - 32] ==
        std::uint8_t((mem.size() - 32) * 7 + ((mem.size() - 32) >> 8)));
  t.m[1] = 0x8081;
  t.x[1] = 0x3000;
  V512 memory = memoryAt(0x3000);
  CHECK(run(vector<isa::VstuW<Form::Merge>>()) == TrapKind::None);
  for (unsigned lane = 0; lane < 16; ++lane)
    CHECK(memoryAt(0x3000).u32[lane] ==
          (t.m[1] >> lane & 1 ? old : memory).u32[lane]);
  t.m[1] = 0;
  t.x[1] = 0;
  CHECK(run(vector<isa::VstuW<Form::Merge>>()) == TrapKind::None);
  CHECK(run(vector<isa::VlduB<Form::Zero>>()) == TrapKind::None);
}

TEST_CASE_METHOD(Moves, "gather, scatter and strided accesses") {
  auto gather = vector<isa::VgatherW<Form::Plain>>();
  gather.rs1 = 1;
  gather.shift = 2;
  t.x[1] = 0x4000;
  for (unsigned lane = 0; lane < 16; ++lane)
    t.v[2].i32[lane] = int(lane * lane) - 20;
  CHECK(run(gather) == TrapKind::None);
  for (int lane = 0; lane < 16; ++lane)
    CHECK(t.v[3].u32[lane] == memoryAt(0x4000 + 4 * (lane * lane - 20)).u32[0]);

  // Two lanes to one place: the later lane wins.
  auto scatter = with<isa::VscatterD<Form::Plain>>(
      [](auto &i) { i.vd = 3, i.rs1 = 1, i.vs2 = 2, i.shift = 3; });
  t.v[2] = V512{};
  CHECK(run(scatter) == TrapKind::None);
  CHECK(memoryAt(0x4000).u64[0] == t.v[3].u64[7]);
  // A lane that traps keeps all others from being stored.
  t.v[2].i64[7] = -0x4000 / 8;
  V512 memory = memoryAt(0x4000);
  t.v[3] = randomVector();
  CHECK(run(scatter) == TrapKind::NullAccess);
  CHECK(memoryAt(0x4000) == memory);

  t.x[2] = std::uint64_t(-66);
  auto strided = vector<isa::VldsH<Form::Plain>>();
  CHECK(run(strided) == TrapKind::None);
  for (unsigned lane = 0; lane < 32; ++lane)
    CHECK(t.v[3].u16[lane] == memoryAt(0x4000 - 66 * lane).u16[0]);
  t.x[2] = 1;
  CHECK(run(strided) == TrapKind::Misaligned);
}

TEST_CASE_METHOD(Moves, "zips, unzips and transposes") {
  auto zip = [](unsigned bytes, bool high) {
    unsigned count = 64 / bytes;
    return [=](unsigned e) {
      return e / 2 + (high ? count / 2 : 0) + (e % 2 ? count : 0);
    };
  };
  checkPermute<isa::VziplB>(1, zip(1, false));
  checkPermute<isa::VziplH>(2, zip(2, false));
  checkPermute<isa::VziplW>(4, zip(4, false));
  checkPermute<isa::VziplD>(8, zip(8, false));
  checkPermute<isa::VziplQ>(16, zip(16, false));
  checkPermute<isa::VziplO>(32, zip(32, false));
  checkPermute<isa::VziphB>(1, zip(1, true));
  checkPermute<isa::VziphH>(2, zip(2, true));
  checkPermute<isa::VziphW>(4, zip(4, true));
  checkPermute<isa::VziphD>(8, zip(8, true));
  checkPermute<isa::VziphQ>(16, zip(16, true));
  checkPermute<isa::VziphO>(32, zip(32, true));
  checkPermute<isa::VuzpeB>(1, [](unsigned e) { return 2 * e; });
  checkPermute<isa::VuzpoW>(4, [](unsigned e) { return 2 * e + 1; });
  auto transposed = [](unsigned rows, unsigned columns) {
    return [=](unsigned e) { return e % rows * columns + e / rows; };
  };
  checkPermute<isa::Vtrn4x8H>(2, transposed(4, 8));
  checkPermute<isa::Vtrn8x4H>(2, transposed(8, 4));
  checkPermute<isa::Vtrn8x8B>(1, transposed(8, 8));
  checkPermute<isa::Vtrn4x4W>(4, transposed(4, 4));
  checkPermute<isa::Vtrn8x2W>(4, transposed(8, 2));
  checkPermute<isa::Vtrn2x8W>(4, transposed(2, 8));
}

TEST_CASE_METHOD(Moves, "permutes by index, align and select") {
  V512 index = randomVector();
  t.v[4] = index;
  run(with<isa::VpermH>([](auto &i) { i.rd = 3, i.rs1 = 2, i.rs2 = 4; }));
  for (unsigned lane = 0; lane < 32; ++lane)
    CHECK(t.v[3].u16[lane] == t.v[2].u16[index.u16[lane] % 32]);
  t.v[3] = index;
  run(with<isa::Vperm2B>([](auto &i) { i.rd = 3, i.rs1 = 1, i.rs2 = 2; }));
  for (unsigned lane = 0; lane < 64; ++lane)
    CHECK(t.v[3].u8[lane] == index.u8[lane] % 128);
  run(with<isa::Valign>(
      [](auto &i) { i.vd = 3, i.vs1 = 1, i.vs2 = 2, i.imm = 63; }));
  for (unsigned lane = 0; lane < 64; ++lane)
    CHECK(t.v[3].u8[lane] == 63 + lane);
  t.m[1] = random.next();
  run(vector<isa::VselB>());
  for (unsigned lane = 0; lane < 64; ++lane)
    CHECK(t.v[3].u8[lane] == (t.m[1] >> lane & 1 ? lane : 64 + lane));
}

TEST_CASE_METHOD(Moves, "widening and narrowing of integers") {
  t.v[1] = randomVector();
  run(vector<isa::VsextlBd>());
  for (unsigned lane = 0; lane < 8; ++lane)
    CHECK(t.v[3].i64[lane] == t.v[1].i8[lane]);
  run(vector<isa::VzexthHw>());
  for (unsigned lane = 0; lane < 16; ++lane)
    CHECK(t.v[3].u32[lane] == t.v[1].u16[16 + lane]);
  run(vector<isa::VsexthBh>());
  for (unsigned lane = 0; lane < 32; ++lane)
    CHECK(t.v[3].i16[lane] == t.v[1].i8[32 + lane]);
  run(vector<isa::VtruncBw>());
  for (unsigned lane = 0; lane < 64; ++lane)
    CHECK(t.v[3].u8[lane] == (lane < 16 ? t.v[1].u8[4 * lane] : 0));
}

TEST_CASE_METHOD(Moves, "narrow floats fill the lowest lanes") {
  t.v[1].f32 = F32x16{1.5f, -2.0f, NAN, 1e30f, 1e-30f, 0.1f};
  t.v[2].f32 = F32x16{3.0f};
  run(vector<isa::VcvtBfS>());
  CHECK(t.v[3].u16[0] == 0x3fc0);
  CHECK(t.v[3].u16[2] == 0x7fc0);
  CHECK(t.v[3].u16[16] == 0x4040);
  CHECK(t.conversionFlags == 0);
  V512 narrow = t.v[3];
  t.v[1] = narrow;
  run(vector<isa::VcvthSBf>());
  CHECK(t.v[3] == t.v[2]);
  run(vector<isa::VcvtSBf>());
  CHECK(t.v[3].f32[1] == -2.0f);

  t.v[1].f32 = F32x16{1.5f};
  t.x[2] = 7;
  run(vector<isa::VcvtC143S>());
  CHECK(t.v[3] == V512{.u8 = U8x64{0x3c}}); // 1.100 at field exponent 7
  CHECK(t.conversionFlags == 0);
  t.v[1].f32 = F32x16{0, NAN};
  run(vector<isa::VcvtC143S>());
  CHECK(t.v[3] == V512{.u8 = U8x64{0, 0x7f}});
  CHECK(t.conversionFlags == FlagInvalid);
  t.v[1].f32 = F32x16{1e9f, 1e-9f, 1e-40f};
  run(vector<isa::VcvtC152S>());
  CHECK(t.conversionFlags ==
        (FlagInvalid | FlagOverflow | FlagUnderflow | FlagDenormal));
  // Only the low six bits of the register are the bias.
  t.v[1].u8 = U8x64{0x3c};
  t.x[2] = 7 + 64 + 0xff00;
  run(vector<isa::VcvtSC143>());
  CHECK(t.v[3] == V512{.f32 = F32x16{1.5f}});
}

TEST_CASE_METHOD(Moves, "stochastic rounding is a function of its operands") {
  t.v[1].f32 = splat<F32x16>(1.03f);
  t.x[2] = 7;
  auto round = with<isa::VcvtsrC143S>(
      [](auto &i) { i.rd = 3, i.rs1 = 1, i.rs2 = 2, i.rs3 = 4; });
  unsigned ups = 0;
  for (std::uint64_t counter = 0; counter < 1000; ++counter) {
    t.x[4] = std::uint64_t(99) << 32 | counter;
    run(round);
    V512 first = t.v[3];
    run(round);
    REQUIRE(t.v[3] == first);
    for (unsigned lane = 0; lane < 16; ++lane)
      ups += first.u8[lane] == 0x39;
  }
  // 0.03 of a step of 0.125: 24 %.
  CHECK(ups > 16000 * 0.22);
  CHECK(ups < 16000 * 0.26);
  CHECK(t.conversionFlags == 0);
}
