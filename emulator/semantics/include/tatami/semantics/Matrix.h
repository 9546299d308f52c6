//===- Matrix.h - The 8x8 matrix unit ---------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// acc[8x8] += A[8xK] * B[Kx8], all row-major. The order of the additions is
// part of the meaning: k ascending, each one fused multiply-add.
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_SEMANTICS_MATRIX_H
#define TATAMI_SEMANTICS_MATRIX_H

#include "tatami/numerics/SmallFloat.h"
#include "tatami/semantics/Memory.h"

namespace tatami::inline TATAMI_HOST_LEVEL {

/// The \p Count elements of a register, widened, in the order of their lanes.
template <unsigned Count> struct alignas(64) WidenedOperand {
  /// Eight elements each; of B, one row.
  F32x8 row[Count / 8];
  float element(unsigned n) const {
    return reinterpret_cast<const float *>(row)[n];
  }
};

/// Elements 8 * n to 8 * n + 7 of a register with elements of type E, each
/// zero-extended to 32 bits.
template <class E>
TATAMI_INLINE U32x8 eightElements(const V512 &reg, unsigned n) {
  VectorOf<E, 8> codes;
  std::memcpy(&codes, reinterpret_cast<const char *>(&reg) + n * sizeof codes,
              sizeof codes);
  return convertLanes<U32x8>(codes);
}

/// Widens every element of \p reg by \p widen.
template <class E, class Widen>
TATAMI_INLINE WidenedOperand<64 / sizeof(E)> widenAll(const V512 &reg,
                                                      Widen widen) {
  WidenedOperand<64 / sizeof(E)> r;
  for (unsigned n = 0; n < 8 / sizeof(E); ++n)
    r.row[n] = widen(eightElements<E>(reg, n));
  return r;
}

/// The definition of a floating-point matrix product.
template <unsigned Count>
TATAMI_INLINE void multiplyAccumulate(Accumulator &acc,
                                      const WidenedOperand<Count> &a,
                                      const WidenedOperand<Count> &b) {
  constexpr unsigned K = Count / 8;
  for (unsigned row = 0; row < 8; ++row) {
    F32x8 sum = acc.f32Row[row];
    for (unsigned k = 0; k < K; ++k)
      sum =
          fusedMultiplyAdd(splat<F32x8>(a.element(row * K + k)), b.row[k], sum);
    acc.f32Row[row] = canonical(sum);
  }
}

/// The definition of an integer matrix product: wrapping 32-bit sums.
template <class A, class B>
TATAMI_INLINE void multiplyAccumulateIntegers(Accumulator &acc, const V512 &va,
                                              const V512 &vb) {
  auto a = bitsAs<std::array<A, 64>>(va);
  auto rows = bitsAs<std::array<std::uint64_t, 8>>(vb);
  U32x8 b[8];
  for (unsigned k = 0; k < 8; ++k)
    b[k] = bitsAs<U32x8>(convertLanes<I32x8>(bitsAs<VectorOf<B, 8>>(rows[k])));
  for (unsigned row = 0; row < 8; ++row) {
    auto sum = bitsAs<U32x8>(acc.i32Row[row]);
    for (unsigned k = 0; k < 8; ++k)
      sum += static_cast<std::uint32_t>(a[row * 8 + k]) * b[k];
    acc.i32Row[row] = bitsAs<I32x8>(sum);
  }
}

/// How mma widens each format. BF16 is the upper half of FP32; a NaN needs no
/// care, since the sum becomes canonical.
TATAMI_INLINE F32x8 widenBf16Operand(U32x8 code) { return floatOf(code << 16); }
TATAMI_INLINE F32x8 widenFp16Operand(U32x8 code) {
  return widenSmall<Fp16>(code, splat<U32x8>(Fp16Bias));
}
/// A CFloat8 operand, whose exponent bias is in six bits from \p shift on.
template <SmallFormat Format>
TATAMI_INLINE WidenedOperand<64>
widenCFloat8(const V512 &reg, std::uint64_t biases, unsigned shift) {
  auto bias = splat<U32x8>(biases >> shift & MaxConfigurableBias);
  return widenAll<std::uint8_t>(
      reg, [=](U32x8 code) { return widenSmall<Format>(code, bias); });
}
template <SmallFormat FormatA, SmallFormat FormatB>
TATAMI_INLINE void multiplyAccumulateCFloat8(Accumulator &acc, const V512 &a,
                                             const V512 &b,
                                             std::uint64_t biases) {
  multiplyAccumulate(acc, widenCFloat8<FormatA>(a, biases, 0),
                     widenCFloat8<FormatB>(b, biases, 8));
}

// clang-format off

TATAMI_EXEC(void, MmaBf16) {
  multiplyAccumulate(t.acc[i.acc], widenAll<std::uint16_t>(t.v[i.vs1], widenBf16Operand),
                     widenAll<std::uint16_t>(t.v[i.vs2], widenBf16Operand));
}
TATAMI_EXEC(void, MmaF16) {
  multiplyAccumulate(t.acc[i.acc], widenAll<std::uint16_t>(t.v[i.vs1], widenFp16Operand),
                     widenAll<std::uint16_t>(t.v[i.vs2], widenFp16Operand));
}
TATAMI_EXEC(void, MmaS8)   { multiplyAccumulateIntegers<std::int8_t, std::int8_t>(t.acc[i.acc], t.v[i.vs1], t.v[i.vs2]); }
TATAMI_EXEC(void, MmaU8)   { multiplyAccumulateIntegers<std::uint8_t, std::uint8_t>(t.acc[i.acc], t.v[i.vs1], t.v[i.vs2]); }
TATAMI_EXEC(void, MmaU8s8) { multiplyAccumulateIntegers<std::uint8_t, std::int8_t>(t.acc[i.acc], t.v[i.vs1], t.v[i.vs2]); }

TATAMI_EXEC(void, MmaC143)     { multiplyAccumulateCFloat8<CFloat8E4M3, CFloat8E4M3>(t.acc[i.acc], t.v[i.vs1], t.v[i.vs2], t.x[i.rs3]); }
TATAMI_EXEC(void, MmaC152)     { multiplyAccumulateCFloat8<CFloat8E5M2, CFloat8E5M2>(t.acc[i.acc], t.v[i.vs1], t.v[i.vs2], t.x[i.rs3]); }
TATAMI_EXEC(void, MmaC143C152) { multiplyAccumulateCFloat8<CFloat8E4M3, CFloat8E5M2>(t.acc[i.acc], t.v[i.vs1], t.v[i.vs2], t.x[i.rs3]); }
TATAMI_EXEC(void, MmaC152C143) { multiplyAccumulateCFloat8<CFloat8E5M2, CFloat8E4M3>(t.acc[i.acc], t.v[i.vs1], t.v[i.vs2], t.x[i.rs3]); }

TATAMI_EXEC(void, Acczero) { t.acc[i.acc] = Accumulator{}; }
TATAMI_EXEC(void, Accmv)   { t.acc[i.acc] = t.acc[i.acc2]; }
TATAMI_EXEC(void, Accget)  { t.v[i.vd] = t.acc[i.acc2].slice[i.imm]; }
TATAMI_EXEC(void, Accput)  { t.acc[i.acc].slice[i.imm] = t.v[i.vs1]; }

TATAMI_EXEC(TrapKind, Accld) { return mem.template load<Accumulator, 64>(address(t, i), t.acc[i.acc]); }
TATAMI_EXEC(TrapKind, Accst) { return mem.template store<Accumulator, 64>(address(t, i), t.acc[i.acc]); }

// clang-format on

} // namespace tatami::inline TATAMI_HOST_LEVEL

#endif // TATAMI_SEMANTICS_MATRIX_H
