//===- MatrixTest.cpp - The matrix unit against three loops ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Fixture.h"

using namespace tatami;
using namespace tatami::test;

namespace {

struct Matrices : Fixture {
  Accumulator &acc = t.acc[5];

  /// Fills the accumulator and both operands with anything, NaN included.
  void fill() {
    for (V512 &slice : acc.slice)
      slice = randomVector();
    t.v[1] = randomVector();
    t.v[2] = randomVector();
  }

  template <class Operands> Operands mma() {
    Operands i{};
    i.acc = 5, i.vs1 = 1, i.vs2 = 2;
    return i;
  }

  /// \p elementA and \p elementB widen element n of an operand.
  template <class Operands, class A, class B>
  void checkFloat(unsigned K, const Operands &i, A elementA, B elementB) {
    Accumulator before = acc;
    run(i);
    unsigned wrong = 0;
    for (unsigned row = 0; row < 8; ++row)
      for (unsigned column = 0; column < 8; ++column) {
        float sum = before.f32Row[row][column];
        for (unsigned k = 0; k < K; ++k)
          sum = std::fma(elementA(row * K + k), elementB(k * 8 + column), sum);
        wrong +=
            bitsOf(float(acc.f32Row[row][column])) != bitsOf(canonical(sum));
      }
    CHECK(wrong == 0);
  }

  template <class Operands, class A, class B>
  void checkInteger(A elementA, B elementB) {
    fill();
    Accumulator before = acc;
    run(mma<Operands>());
    unsigned wrong = 0;
    for (unsigned row = 0; row < 8; ++row)
      for (unsigned column = 0; column < 8; ++column) {
        std::int64_t sum = before.i32Row[row][column];
        for (unsigned k = 0; k < 8; ++k)
          sum += elementA(row * 8 + k) * elementB(k * 8 + column);
        wrong += acc.i32Row[row][column] != static_cast<std::int32_t>(sum);
      }
    CHECK(wrong == 0);
  }

  float bf16(unsigned reg, unsigned n) {
    return widenBf16(std::uint32_t(t.v[reg].u16[n]));
  }
  template <SmallFormat Format>
  float c8(unsigned reg, unsigned n, std::uint32_t bias) {
    return widenSmall<Format>(std::uint32_t(t.v[reg].u8[n]), bias);
  }
};

} // namespace

TEST_CASE_METHOD(Matrices, "BF16: one fused multiply-add per k, k ascending") {
  for (int n = 0; n < 200; ++n) {
    fill();
    if (n % 2) // numbers of like size, where rounding and order matter
      for (unsigned lane = 0; lane < 32; ++lane) {
        t.v[1].u16[lane] = t.v[1].u16[lane] % 0x400 + 0x3e00;
        t.v[2].u16[lane] = t.v[2].u16[lane] % 0x400 + 0xbe00;
        acc.f32Row[lane / 4][lane % 4] = 1.0f + float(lane);
      }
    checkFloat(
        4, mma<isa::MmaBf16>(), [&](unsigned e) { return bf16(1, e); },
        [&](unsigned e) { return bf16(2, e); });
  }
}

TEST_CASE_METHOD(Matrices, "FP16") {
  auto half = [&](unsigned reg) {
    return [this, reg](unsigned n) {
      return widenSmall<Fp16>(std::uint32_t(t.v[reg].u16[n]),
                              std::uint32_t(Fp16Bias));
    };
  };
  for (int n = 0; n < 100; ++n) {
    fill();
    checkFloat(4, mma<isa::MmaF16>(), half(1), half(2));
  }
}

TEST_CASE_METHOD(Matrices, "CFloat8 in all pairs, with a bias for each") {
  for (int n = 0; n < 100; ++n) {
    std::uint32_t biasA = random.next32() % 64, biasB = random.next32() % 64;
    // Bits around the biases are ignored.
    t.x[6] = biasA | biasB << 8 | (random.next() & ~std::uint64_t(0x3f3f));
    auto check = [&]<SmallFormat A, SmallFormat B>(auto i) {
      fill();
      for (V512 &slice : acc.slice) // small sums, so that products show
        slice.f32 = splat<F32x16>(0x1p-40f);
      i.rs3 = 6;
      checkFloat(
          8, i, [&](unsigned e) { return c8<A>(1, e, biasA); },
          [&](unsigned e) { return c8<B>(2, e, biasB); });
    };
    check.operator()<CFloat8E4M3, CFloat8E4M3>(mma<isa::MmaC143>());
    check.operator()<CFloat8E5M2, CFloat8E5M2>(mma<isa::MmaC152>());
    check.operator()<CFloat8E4M3, CFloat8E5M2>(mma<isa::MmaC143C152>());
    check.operator()<CFloat8E5M2, CFloat8E4M3>(mma<isa::MmaC152C143>());
  }
}

TEST_CASE_METHOD(Matrices, "integers: exact products, wrapping sums") {
  auto s8 = [&](unsigned reg) {
    return [this, reg](unsigned n) { return std::int64_t(t.v[reg].i8[n]); };
  };
  auto u8 = [&](unsigned reg) {
    return [this, reg](unsigned n) { return std::int64_t(t.v[reg].u8[n]); };
  };
  for (int n = 0; n < 100; ++n) {
    checkInteger<isa::MmaS8>(s8(1), s8(2));
    checkInteger<isa::MmaU8>(u8(1), u8(2));
    checkInteger<isa::MmaU8s8>(u8(1), s8(2));
  }
}

TEST_CASE_METHOD(Matrices, "accumulators move bit by bit") {
  fill(); // integers look like NaN with payloads
  run(with<isa::Accmv>([](auto &i) { i.acc = 2, i.acc2 = 5; }));
  CHECK(std::memcmp(&t.acc[2], &acc, sizeof acc) == 0);
  run(with<isa::Accget>([](auto &i) { i.vd = 7, i.acc2 = 5, i.imm = 3; }));
  CHECK(t.v[7] == acc.slice[3]);
  run(with<isa::Accput>([](auto &i) { i.acc = 5, i.vs1 = 1, i.imm = 2; }));
  CHECK(acc.slice[2] == t.v[1]);
  t.x[1] = 0x3000;
  CHECK(run(with<isa::Accst>([](auto &i) { i.acc = 5, i.rs1 = 1; })) ==
        TrapKind::None);
  CHECK(run(with<isa::Accld>([](auto &i) { i.acc = 6, i.rs1 = 1; })) ==
        TrapKind::None);
  CHECK(std::memcmp(&t.acc[6], &acc, sizeof acc) == 0);
  run(with<isa::Acczero>([](auto &i) { i.acc = 6; }));
  CHECK(t.acc[6].slice[1] == V512{});
  t.x[1] = 0x3020;
  CHECK(run(with<isa::Accld>([](auto &i) { i.acc = 5, i.rs1 = 1; })) ==
        TrapKind::Misaligned);
  t.x[1] = mem.size() - 192;
  CHECK(run(with<isa::Accst>([](auto &i) { i.acc = 5, i.rs1 = 1; })) ==
        TrapKind::OutOfBounds);
}
