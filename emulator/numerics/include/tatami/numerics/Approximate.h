//===- Approximate.h - Reciprocal, rsqrt, exp2, log2, tanh ------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The approximations that training needs, on FP32. They use only additions,
// multiplications, fused multiply-adds and integer operations, each of which is
// exact to the bit on every host, in a fixed order; so they are, too. Errors
// are measured over all operands by the tests.
//
// Subnormals, in all five: a subnormal operand counts as zero of its sign, and
// a result below the smallest normal number is zero of its sign.
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_NUMERICS_APPROXIMATE_H
#define TATAMI_NUMERICS_APPROXIMATE_H

#include "tatami/numerics/Float32.h"

namespace tatami::inline TATAMI_HOST_LEVEL {

/// c0 + x * (c1 + x * (c2 + ...)), one fused multiply-add for each step.
template <class F> TATAMI_INLINE F polynomial(F, float c) {
  return splat<F>(c);
}
template <class F, class... Rest>
TATAMI_INLINE F polynomial(F x, float c, Rest... rest) {
  return fusedMultiplyAdd(x, polynomial(x, rest...), splat<F>(c));
}

/// 1 / x within 1 ulp. 1/0 = Inf and 1/Inf = 0, with the operand's sign.
template <class F> TATAMI_INLINE F approximateReciprocal(F x) {
  using I = SignedOf<F>;
  I bits = signedBitsOf(x);
  I magnitude = bits & 0x7fffffff;
  // x = m * 2^e with m in [1, 2).
  I exponent = (magnitude >> 23) - 127;
  F m = floatOf((bits & 0x7fffff) | 0x3f800000);
  F y = polynomial(m, 0x1.6a09c2p+1f, -0x1.783c56p+1f, 0x1.54bde4p+0f,
                   -0x1.c65286p-3f);
  F one = splat<F>(1.0f);
  y = fusedMultiplyAdd(y, fusedMultiplyAdd(-m, y, one), y);
  y = fusedMultiplyAdd(y, fusedMultiplyAdd(-m, y, one), y);
  I scaled = signedBitsOf(y) - (exponent << 23);
  I zero = less(magnitude, splat<I>(0x00800000)); // zero and subnormals
  I underflow = less(scaled, splat<I>(0x00800000)) |
                less(splat<I>(0x7f7fffff), magnitude);
  I r = select(zero, splat<I>(0x7f800000), scaled & ~underflow);
  return canonical(select(isNaN(x), x, copySignFloat(floatOf(r), x)));
}

/// 1 / sqrt(x) within 2 ulp. Zero gives Inf of its sign; below zero, NaN.
template <class F> TATAMI_INLINE F approximateRsqrt(F x) {
  using I = SignedOf<F>;
  I bits = signedBitsOf(x);
  I magnitude = bits & 0x7fffffff;
  // x = m * 4^h with m in [1, 4).
  I half = ((magnitude >> 23) - 127) >> 1;
  F m = floatOf(magnitude - (half << 24));
  F y = polynomial(m, 0x1.bb324cp+0f, -0x1.16ad8ep+0f, 0x1.bd7a80p-2f,
                   -0x1.651e56p-4f, 0x1.be44fep-8f);
  F one = splat<F>(1.0f);
  F halves = splat<F>(0.5f);
  y = fusedMultiplyAdd(y * halves, fusedMultiplyAdd(-(m * y), y, one), y);
  y = fusedMultiplyAdd(y * halves, fusedMultiplyAdd(-(m * y), y, one), y);
  I r = signedBitsOf(y) - (half << 23);
  I zero = less(magnitude, splat<I>(0x00800000));
  I infinite = equal(bits, splat<I>(0x7f800000));
  r = select(zero, (bits & static_cast<std::int32_t>(SignBit32)) | 0x7f800000,
             r & ~infinite);
  I invalid = (less(bits, I{}) & ~zero) | isNaN(x);
  return floatOf(select(invalid, splat<I>(0x7fc00000), r));
}

/// 2^x within 1 ulp. 128 and more give Inf, below -126 gives 0.
template <class F> TATAMI_INLINE F approximateExp2(F x) {
  using I = SignedOf<F>;
  // x = n + f with f in [-0.5, 0.5]: adding 1.5 * 2^23 leaves n in the low
  // bits.
  F clamped =
      select(less(x, splat<F>(-126.0f)) | isNaN(x), splat<F>(-126.0f), x);
  clamped = select(less(splat<F>(128.0f), clamped), splat<F>(128.0f), clamped);
  F shifted = clamped + 0x1.8p23f;
  I n = signedBitsOf(shifted) - 0x4b400000;
  F f = clamped - (shifted - 0x1.8p23f);
  F p = polynomial(f, 1.0f, 0x1.62e430p-1f, 0x1.ebfbe0p-3f, 0x1.c6b08ep-5f,
                   0x1.3b2a1cp-7f, 0x1.5d879ep-10f, 0x1.444000p-13f,
                   0x1.00a582p-16f);
  I r = signedBitsOf(p) + (n << 23);
  r = select(lessEqual(splat<F>(128.0f), x), splat<I>(0x7f800000), r);
  r = r & ~less(x, splat<F>(-126.0f));
  return canonical(floatOf(select(isNaN(x), signedBitsOf(x), r)));
}

/// log2(x) within 2 ulp. Zero gives -Inf; below zero, NaN.
template <class F> TATAMI_INLINE F approximateLog2(F x) {
  using I = SignedOf<F>;
  constexpr std::int32_t SqrtHalf = 0x3f3504f3;
  I bits = signedBitsOf(x);
  // x = m * 2^e with m in [sqrt(1/2), sqrt(2)).
  I exponent = (bits - SqrtHalf) >> 23;
  F t = floatOf(bits - (exponent << 23)) - 1.0f;
  F q = polynomial(t, 0x1.715476p+0f, -0x1.715476p-1f, 0x1.ec7080p-2f,
                   -0x1.7154b2p-2f, 0x1.27805cp-2f, -0x1.ec6fc6p-3f,
                   0x1.a3ec06p-3f, -0x1.6efd90p-3f, 0x1.60f528p-3f,
                   -0x1.575928p-3f, 0x1.84608cp-4f);
  F r = fusedMultiplyAdd(t, q, floatFromInt(exponent));
  I zero = less(bits & 0x7fffffff, splat<I>(0x00800000));
  r = select(equal(bits, splat<I>(0x7f800000)), x, r);
  r = select(zero, splat<F>(-__builtin_inff()), r);
  I invalid = (less(bits, I{}) & ~zero) | isNaN(x);
  return canonical(select(invalid, splat<F>(__builtin_nanf("")), r));
}

/// tanh(x) within 2 ulp. Odd; large operands give 1 of their sign.
template <class F> TATAMI_INLINE F approximateTanh(F x) {
  using I = SignedOf<F>;
  F magnitude = absFloat(x);
  // Near zero an odd polynomial, elsewhere 1 - 2 / (e^2x + 1).
  F z = magnitude * magnitude;
  F near = fusedMultiplyAdd(magnitude * z,
                            polynomial(z, -0x1.555556p-2f, 0x1.1110e4p-3f,
                                       -0x1.ba0718p-5f, 0x1.648e8cp-6f,
                                       -0x1.10bbeep-7f, 0x1.2977c2p-9f),
                            magnitude);
  F bounded =
      select(less(magnitude, splat<F>(10.0f)), magnitude, splat<F>(10.0f));
  F power = approximateExp2(bounded * 0x1.715476p+1f);
  F far = fusedMultiplyAdd(splat<F>(-2.0f), approximateReciprocal(power + 1.0f),
                           splat<F>(1.0f));
  F r = select(less(magnitude, splat<F>(0.625f)), near, far);
  I tiny = less(signedBitsOf(magnitude), splat<I>(0x00800000));
  r = floatOf(signedBitsOf(r) & ~tiny);
  return canonical(select(isNaN(x), x, copySignFloat(r, x)));
}

} // namespace tatami::inline TATAMI_HOST_LEVEL

#endif // TATAMI_NUMERICS_APPROXIMATE_H
