//===- VectorTest.cpp - Vector semantics against a loop over lanes --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Fixture.h"

#include <limits>

using namespace tatami;
using namespace tatami::test;

namespace {

template <class V> ElementOf<V> laneOf(const V512 &reg, unsigned lane) {
  return arrayOf(bitsAs<V>(reg))[lane];
}

struct Vectors : Fixture {
  /// Random lanes, many of them at the limits.
  template <class V> V512 operands() {
    using T = ElementOf<V>;
    ArrayOf<V> lane = arrayOf(bitsAs<V>(randomVector()));
    for (T &x : lane)
      switch (random.next() % 6) {
      case 0:
        x = std::numeric_limits<std::make_signed_t<T>>::max();
        break;
      case 1:
        x = static_cast<T>(std::numeric_limits<std::make_signed_t<T>>::min());
        break;
      case 2:
        x = static_cast<T>(random.next() % 3 - 1);
        break;
      }
    return bitsAs<V512>(lane);
  }

  /// Runs Plain, Merge and Zero and compares each lane with \p expected.
  template <class V, template <Form> class Operands, class Expected>
  void check(Expected expected) {
    checkForm<V, Operands<Form::Plain>, Form::Plain>(expected);
    checkForm<V, Operands<Form::Merge>, Form::Merge>(expected);
    checkForm<V, Operands<Form::Zero>, Form::Zero>(expected);
  }
  template <class V, class Operands, Form F, class Expected>
  void checkForm(Expected expected) {
    using U = ElementOf<V>;
    using S = std::make_signed_t<U>;
    unsigned wrong = 0;
    for (int n = 0; n < 200; ++n) {
      t.v[1] = operands<V>();
      t.v[2] = operands<V>();
      V512 old = t.v[3] = operands<V>();
      t.m[1] = random.next();
      run(vector<Operands>());
      for (unsigned lane = 0; lane < LaneCount<V>; ++lane) {
        U a = laneOf<V>(t.v[1], lane), b = laneOf<V>(t.v[2], lane);
        U d = laneOf<V>(old, lane);
        bool active = F == Form::Plain || (t.m[1] >> lane & 1);
        U want = active ? static_cast<U>(expected(
                              Int128(S(a)), Int128(S(b)), UInt128(a),
                              UInt128(b), Int128(S(d)), 8 * int(sizeof(U))))
                 : F == Form::Merge ? d
                                    : U(0);
        wrong += laneOf<V>(t.v[3], lane) != want;
      }
    }
    INFO("lane bits " << 8 * sizeof(U) << " form " << int(F));
    CHECK(wrong == 0);
  }
  /// Comparisons have two forms and write m2.
  template <class V, template <Form> class Operands, class Expected>
  void checkComparison(Expected expected) {
    using U = ElementOf<V>;
    using S = std::make_signed_t<U>;
    unsigned wrong = 0;
    for (int n = 0; n < 200; ++n) {
      t.v[1] = operands<V>();
      t.v[2] = operands<V>();
      t.m[1] = random.next();
      std::uint64_t want = 0;
      for (unsigned lane = 0; lane < LaneCount<V>; ++lane) {
        U a = laneOf<V>(t.v[1], lane), b = laneOf<V>(t.v[2], lane);
        want |= std::uint64_t(expected(Int128(S(a)), Int128(S(b)), UInt128(a),
                                       UInt128(b), 0, 0))
                << lane;
      }
      run(vector<Operands<Form::Plain>>());
      wrong += t.m[2] != want;
      run(vector<Operands<Form::Zero>>());
      wrong += t.m[2] != (want & t.m[1]);
    }
    CHECK(wrong == 0);
  }
};

/// The operation at all four widths.
#define INSTRUCTION(NAME) isa::NAME##B, isa::NAME##H, isa::NAME##W, isa::NAME##D
template <template <Form> class B, template <Form> class H,
          template <Form> class W, template <Form> class D, class Expected>
void checkWidths(Vectors &vectors, Expected expected) {
  vectors.check<U8x64, B>(expected);
  vectors.check<U16x32, H>(expected);
  vectors.check<U32x16, W>(expected);
  vectors.check<U64x8, D>(expected);
}
template <template <Form> class B, template <Form> class H,
          template <Form> class W, template <Form> class D, class Expected>
void checkComparisons(Vectors &vectors, Expected expected) {
  vectors.checkComparison<U8x64, B>(expected);
  vectors.checkComparison<U16x32, H>(expected);
  vectors.checkComparison<U32x16, W>(expected);
  vectors.checkComparison<U64x8, D>(expected);
}

/// What one lane gives: s1, s2 and u1, u2 are the operands as signed and as
/// unsigned numbers of unlimited width, d the old destination, w the width.
#define LANE(EXPRESSION)                                                       \
  []([[maybe_unused]] Int128 s1, [[maybe_unused]] Int128 s2,                   \
     [[maybe_unused]] UInt128 u1, [[maybe_unused]] UInt128 u2,                 \
     [[maybe_unused]] Int128 d, [[maybe_unused]] int w) { return EXPRESSION; }

Int128 clamp(Int128 x, Int128 low, Int128 high) {
  return x < low ? low : x > high ? high : x;
}
Int128 power(int n) { return Int128(1) << n; }

} // namespace

TEST_CASE_METHOD(Vectors, "integer lanes, every width and form") {
  checkWidths<INSTRUCTION(Vadd)>(*this, LANE(s1 + s2));
  checkWidths<INSTRUCTION(Vsub)>(*this, LANE(s1 - s2));
  checkWidths<INSTRUCTION(Vmul)>(*this, LANE(u1 * u2));
  checkWidths<INSTRUCTION(Vmacc)>(*this, LANE(UInt128(d) + u1 * u2));
  checkWidths<INSTRUCTION(Vmulh)>(*this, LANE(s1 * s2 >> w));
  checkWidths<INSTRUCTION(Vmulhu)>(*this, LANE(u1 * u2 >> w));
  checkWidths<INSTRUCTION(Vand)>(*this, LANE(u1 & u2));
  checkWidths<INSTRUCTION(Vor)>(*this, LANE(u1 | u2));
  checkWidths<INSTRUCTION(Vxor)>(*this, LANE(u1 ^ u2));
  checkWidths<INSTRUCTION(Vandn)>(*this, LANE(u1 & ~u2));
  checkWidths<INSTRUCTION(Vmin)>(*this, LANE(s1 < s2 ? s1 : s2));
  checkWidths<INSTRUCTION(Vmax)>(*this, LANE(s1 > s2 ? s1 : s2));
  checkWidths<INSTRUCTION(Vminu)>(*this, LANE(u1 < u2 ? u1 : u2));
  checkWidths<INSTRUCTION(Vmaxu)>(*this, LANE(u1 > u2 ? u1 : u2));
  checkWidths<INSTRUCTION(Vabs)>(*this, LANE(s1 < 0 ? -s1 : s1));
  checkWidths<INSTRUCTION(Vnot)>(*this, LANE(~u1));
  checkWidths<INSTRUCTION(Vmov)>(*this, LANE(u1));
}

TEST_CASE_METHOD(Vectors, "saturating lanes") {
  checkWidths<INSTRUCTION(Vadds)>(
      *this, LANE(clamp(s1 + s2, -power(w - 1), power(w - 1) - 1)));
  checkWidths<INSTRUCTION(Vsubs)>(
      *this, LANE(clamp(s1 - s2, -power(w - 1), power(w - 1) - 1)));
  checkWidths<INSTRUCTION(Vaddsu)>(
      *this, LANE(clamp(Int128(u1 + u2), 0, power(w) - 1)));
  checkWidths<INSTRUCTION(Vsubsu)>(
      *this, LANE(clamp(Int128(u1) - Int128(u2), 0, power(w) - 1)));
}

TEST_CASE_METHOD(Vectors, "shifts take amounts modulo the lane width") {
  checkWidths<INSTRUCTION(Vsll)>(*this, LANE(u1 << (int(u2) & (w - 1))));
  checkWidths<INSTRUCTION(Vsrl)>(*this, LANE(u1 >> (int(u2) & (w - 1))));
  checkWidths<INSTRUCTION(Vsra)>(*this, LANE(s1 >> (int(u2) & (w - 1))));
  checkWidths<INSTRUCTION(Vrol)>(
      *this, LANE(u1 << (int(u2) & (w - 1)) | u1 >> (-int(u2) & (w - 1))));
  // A constant amount is 0 in `vector`; try one beyond the lane here.
  t.v[1] = randomVector();
  auto shift = vector<isa::VsraiB<Form::Plain>>();
  shift.imm = 13;
  run(shift);
  for (unsigned lane = 0; lane < 64; ++lane)
    CHECK(t.v[3].i8[lane] == t.v[1].i8[lane] >> 5);
}

TEST_CASE_METHOD(Vectors, "bit counts of lanes") {
  checkWidths<INSTRUCTION(Vcpop)>(
      *this, LANE(std::popcount(static_cast<std::uint64_t>(u1))));
  checkWidths<INSTRUCTION(Vclz)>(
      *this, LANE(std::countl_zero(static_cast<std::uint64_t>(u1)) - (64 - w)));
  checkWidths<INSTRUCTION(Vctz)>(
      *this,
      LANE(u1 == 0 ? w : std::countr_zero(static_cast<std::uint64_t>(u1))));
  checkWidths<INSTRUCTION(Vrev8)>(
      *this,
      LANE(__builtin_bswap64(static_cast<std::uint64_t>(u1)) >> (64 - w)));
}

TEST_CASE_METHOD(Vectors, "comparisons give one bit for each lane") {
  checkComparisons<INSTRUCTION(Vcmpeq)>(*this, LANE(s1 == s2));
  checkComparisons<INSTRUCTION(Vcmpne)>(*this, LANE(s1 != s2));
  checkComparisons<INSTRUCTION(Vcmplt)>(*this, LANE(s1 < s2));
  checkComparisons<INSTRUCTION(Vcmple)>(*this, LANE(s1 <= s2));
  checkComparisons<INSTRUCTION(Vcmpltu)>(*this, LANE(u1 < u2));
  checkComparisons<INSTRUCTION(Vcmpleu)>(*this, LANE(u1 <= u2));
}

TEST_CASE_METHOD(Vectors, "m0 is all ones whatever is written to it") {
  auto compare = vector<isa::VcmpneW<Form::Plain>>();
  compare.md = 0;
  run(compare);
  CHECK(t.m[0] == ~std::uint64_t(0));
  t.x[1] = 5;
  run(with<isa::Mmvmx>([](auto &i) { i.md = 0, i.rs1 = 1; }));
  CHECK(t.m[0] == ~std::uint64_t(0));
}

TEST_CASE_METHOD(Vectors, "mwhile counts without wrapping") {
  auto mask = [&](std::uint64_t from, std::uint64_t to) {
    t.x[1] = from;
    t.x[2] = to;
    run(with<isa::MwhileW>([](auto &i) { i.md = 2, i.rs1 = 1, i.rs2 = 2; }));
    return t.m[2];
  };
  CHECK(mask(0, 0) == 0);
  CHECK(mask(5, 3) == 0);
  CHECK(mask(0, 3) == 7);
  CHECK(mask(0, 16) == 0xffff);
  CHECK(mask(0, 1000) == 0xffff);
  CHECK(mask(~std::uint64_t(0) - 1, ~std::uint64_t(0)) == 1);
  t.x[1] = 0;
  t.x[2] = 64;
  run(with<isa::MwhileB>([](auto &i) { i.md = 2, i.rs1 = 1, i.rs2 = 2; }));
  CHECK(t.m[2] == ~std::uint64_t(0));
}

TEST_CASE_METHOD(Vectors, "reductions extend, lanes move to and from scalars") {
  t.v[1] = V512{};
  t.v[1].u8[5] = 0x80;
  auto reduce = [&]<class Operands>(Operands i) {
    i.rd = 3, i.vs1 = 1;
    run(i);
    return t.x[3];
  };
  CHECK(reduce(isa::VredsumB{}) == 0xffffffffffffff80u);
  CHECK(reduce(isa::VredminB{}) == 0xffffffffffffff80u);
  CHECK(reduce(isa::VredmaxuB{}) == 0x80);
  CHECK(reduce(isa::VredmaxB{}) == 0);
  CHECK(reduce(isa::VredorB{}) == 0xffffffffffffff80u);
  t.v[1].u8[6] = 0x80;
  CHECK(reduce(isa::VredsumB{}) == 0);
  CHECK(reduce(isa::VredsumH{}) == 0xffffffffffff8080u); // 0x8000 + 0x0080

  auto extract = with<isa::VextractB>([](auto &i) { i.rd = 3, i.rs1 = 1; });
  extract.imm = 5;
  run(extract);
  CHECK(t.x[3] == 0xffffffffffffff80u);
  auto insert = with<isa::VinsertW>([](auto &i) { i.rd = 1, i.rs1 = 4; });
  insert.imm = 17; // modulo 16
  t.x[4] = 0x123456789;
  run(insert);
  CHECK(t.v[1].u32[1] == 0x23456789);
  run(with<isa::VsplatH>([](auto &i) { i.vd = 5, i.rs1 = 4; }));
  CHECK(t.v[5] == V512{.u16 = splat<U16x32>(0x6789)});
  run(with<isa::VliB>([](auto &i) { i.vd = 5, i.imm = -3; }));
  CHECK(t.v[5] == V512{.i8 = splat<I8x64>(-3)});
}

TEST_CASE_METHOD(Vectors, "every NaN result is canonical, moves are bitwise") {
  t.v[1] = V512{.u32 = splat<U32x16>(0xff812345)}; // a signalling NaN
  t.v[2] = V512{.f32 = splat<F32x16>(1.0f)};
  V512 canonicalNaNs{.u32 = splat<U32x16>(CanonicalNaN)};
  auto result = [&]<class Operands>(Operands i) {
    i.vd = 3, i.vs1 = 1;
    if constexpr (requires { i.vs2; })
      i.vs2 = 2;
    t.v[3] = V512{};
    run(i);
    return t.v[3];
  };
  constexpr Form P = Form::Plain;
  CHECK(result(isa::Vfadd<P>{}) == canonicalNaNs);
  CHECK(result(isa::Vfsub<P>{}) == canonicalNaNs);
  CHECK(result(isa::Vfmul<P>{}) == canonicalNaNs);
  CHECK(result(isa::Vfdiv<P>{}) == canonicalNaNs);
  CHECK(result(isa::Vfsqrt<P>{}) == canonicalNaNs);
  CHECK(result(isa::Vfmadd<P>{}) == canonicalNaNs);
  CHECK(result(isa::Vfnmadd<P>{}) == canonicalNaNs);
  CHECK(result(isa::Vfrint<P>{}) == canonicalNaNs);
  CHECK(result(isa::Vffloor<P>{}) == canonicalNaNs);
  CHECK(result(isa::Vfceil<P>{}) == canonicalNaNs);
  CHECK(result(isa::Vrcp<P>{}) == canonicalNaNs);
  CHECK(result(isa::Vtanh<P>{}) == canonicalNaNs);
  CHECK(result(isa::Vfmin<P>{}) == t.v[2]);
  CHECK(result(isa::VfcvtWS<P>{}) == V512{});
  CHECK(result(isa::Vfneg<P>{}) == V512{.u32 = splat<U32x16>(0x7f812345)});
  CHECK(result(isa::Vfsgnj<P>{}) == V512{.u32 = splat<U32x16>(0x7f812345)});
  CHECK(result(isa::VsplatS{}) == t.v[1]);

  // 0 * Inf, Inf - Inf: NaN made of numbers.
  t.v[1] = V512{.f32 = splat<F32x16>(INFINITY)};
  t.v[2] = V512{.f32 = splat<F32x16>(INFINITY)};
  CHECK(result(isa::Vfsub<P>{}) == canonicalNaNs);
  t.v[2] = V512{};
  CHECK(result(isa::Vfmul<P>{}) == canonicalNaNs);
}

TEST_CASE_METHOD(Vectors, "float comparisons know NaN") {
  t.v[1] = V512{};
  t.v[2] = V512{};
  t.v[1].f32[0] = NAN;
  t.v[1].f32[1] = -0.0f;
  t.v[1].f32[2] = -1.0f;
  auto compare = [&]<class Operands>(Operands i) {
    i.md = 2, i.vs1 = 1, i.vs2 = 2;
    run(i);
    return t.m[2];
  };
  CHECK(compare(isa::Vfcmpeq<Form::Plain>{}) == 0xfffa);
  CHECK(compare(isa::Vfcmpne<Form::Plain>{}) == 0x0005);
  CHECK(compare(isa::Vfcmplt<Form::Plain>{}) == 0x0004);
  CHECK(compare(isa::Vfcmple<Form::Plain>{}) == 0xfffe);
  CHECK(compare(isa::Vfcmpord<Form::Plain>{}) == 0xfffe);
}

TEST_CASE_METHOD(Vectors, "float reductions add in their stated order") {
  for (int n = 0; n < 100; ++n) {
    for (unsigned lane = 0; lane < 16; ++lane)
      t.v[1].f32[lane] = static_cast<float>(std::ldexp(
          double(random.next() % 2001) - 1000, int(random.next() % 20)));
    t.v[2].f32[0] = 0.5f;
    float tree[16];
    for (unsigned lane = 0; lane < 16; ++lane)
      tree[lane] = t.v[1].f32[lane];
    for (unsigned half : {8, 4, 2, 1})
      for (unsigned lane = 0; lane < half; ++lane)
        tree[lane] = tree[lane] + tree[lane + half];
    float ordered = 0.5f;
    for (unsigned lane = 0; lane < 16; ++lane)
      ordered = ordered + t.v[1].f32[lane];

    run(with<isa::Vfredsum>([](auto &i) { i.vd = 3, i.vs1 = 1; }));
    CHECK(t.v[3] == V512{.f32 = F32x16{tree[0]}});
    run(with<isa::Vfredosum>([](auto &i) { i.vd = 3, i.vs1 = 2, i.vs2 = 1; }));
    CHECK(t.v[3] == V512{.f32 = F32x16{ordered}});
  }
}
