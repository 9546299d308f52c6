//===- Float32.h - FP32 arithmetic of the machine ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// IEEE 754 binary32, round to nearest even, subnormals kept, no flags. Every
// result that is NaN is the one canonical NaN: hosts disagree about payloads,
// so nothing else would be the same everywhere. Each function works on a float
// and on a vector of them.
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_NUMERICS_FLOAT32_H
#define TATAMI_NUMERICS_FLOAT32_H

#include "tatami/numerics/Lanes.h"

namespace tatami {

inline constexpr std::uint32_t CanonicalNaN = 0x7fc00000;
inline constexpr std::uint32_t Infinity32 = 0x7f800000;
inline constexpr std::uint32_t SignBit32 = 0x80000000;
inline constexpr std::uint32_t MagnitudeMask32 = 0x7fffffff;

} // namespace tatami

namespace tatami::inline TATAMI_HOST_LEVEL {

/// All ones in lanes that hold NaN. Integer arithmetic: the sign of
/// infinity minus magnitude tells, and no comparison is needed.
template <class F> TATAMI_INLINE SignedOf<F> isNaN(F x) {
  SignedOf<F> magnitude = signedBitsOf(x) & 0x7fffffff;
  return (0x7f800000 - magnitude) >> 31;
}

/// \p x, or the canonical NaN where it is any NaN.
template <class F> TATAMI_INLINE F canonical(F x) {
  SignedOf<F> nan = isNaN(x);
  return bitsAs<F>((signedBitsOf(x) & ~nan) | (nan & 0x7fc00000));
}

template <class F> TATAMI_INLINE F addFloat(F a, F b) {
  return canonical(a + b);
}
template <class F> TATAMI_INLINE F subFloat(F a, F b) {
  return canonical(a - b);
}
template <class F> TATAMI_INLINE F mulFloat(F a, F b) {
  return canonical(a * b);
}
template <class F> TATAMI_INLINE F divFloat(F a, F b) {
  return canonical(a / b);
}
template <class F> TATAMI_INLINE F sqrtFloat(F x) {
  return canonical(squareRoot(x));
}
/// a * b + c with one rounding.
template <class F> TATAMI_INLINE F fmaFloat(F a, F b, F c) {
  return canonical(fusedMultiplyAdd(a, b, c));
}

/// Bitwise: these neither round nor make a NaN canonical.
template <class F> TATAMI_INLINE F negateFloat(F x) {
  return floatOf(bitsOf(x) ^ SignBit32);
}
template <class F> TATAMI_INLINE F absFloat(F x) {
  return floatOf(bitsOf(x) & MagnitudeMask32);
}
/// The magnitude of \p x with the sign of \p sign.
template <class F> TATAMI_INLINE F copySignFloat(F x, F sign) {
  return floatOf((bitsOf(x) & MagnitudeMask32) | (bitsOf(sign) & SignBit32));
}

/// IEEE 754-2019 minimumNumber: a number beats a NaN, -0 is below +0.
template <class F> TATAMI_INLINE F minimumNumber(F a, F b) {
  F zeros = floatOf(bitsOf(a) | bitsOf(b)); // equal operands: -0 if either is
  F r = select(less(a, b), a, select(equal(a, b), zeros, b));
  r = select(isNaN(a), b, select(isNaN(b), a, r));
  return canonical(r);
}
/// IEEE 754-2019 maximumNumber: a number beats a NaN, +0 is above -0.
template <class F> TATAMI_INLINE F maximumNumber(F a, F b) {
  F zeros = floatOf(bitsOf(a) & bitsOf(b)); // equal operands: +0 if either is
  F r = select(less(b, a), a, select(equal(a, b), zeros, b));
  r = select(isNaN(a), b, select(isNaN(b), a, r));
  return canonical(r);
}

/// Signed and unsigned integers to FP32, round to nearest even.
template <class I> TATAMI_INLINE auto floatFromInt(I x) {
  return convertLanes<WithElement<I, float>>(x);
}

/// Rounds to an integral float; ties to even. Keeps the sign of zero.
template <class F> TATAMI_INLINE F roundToEven(F x) {
  // From 2^23 on, every float is integral. Below, adding and taking away 2^23
  // leaves no fraction bits.
  F magnitude = absFloat(x);
  F rounded = (magnitude + 0x1p23f) - 0x1p23f;
  F r = select(less(magnitude, splat<F>(0x1p23f)), rounded, magnitude);
  return canonical(copySignFloat(r, x));
}
/// Down, up, and toward zero.
template <class F> TATAMI_INLINE F roundDown(F x) {
  F r = roundToEven(x);
  F lower = copySignFloat(r - 1.0f, x);
  return select(less(x, r), lower, r);
}
template <class F> TATAMI_INLINE F roundUp(F x) {
  return canonical(negateFloat(roundDown(negateFloat(x))));
}
/// Ties away from zero.
template <class F> TATAMI_INLINE F roundToAway(F x) {
  // Ties to even may have gone toward zero by a half: that is exact to see.
  F magnitude = absFloat(x);
  F r = roundToEven(magnitude);
  F higher = select(equal(magnitude - r, splat<F>(0.5f)), r + 1.0f, r);
  return canonical(copySignFloat(higher, x));
}
template <class F> TATAMI_INLINE F roundToZero(F x) {
  return canonical(copySignFloat(roundDown(absFloat(x)), x));
}

/// FP32 to a 32-bit integer toward zero. What does not fit saturates; NaN
/// gives 0.
template <class F> TATAMI_INLINE SignedOf<F> intFromFloat(F x) {
  using I = SignedOf<F>;
  I tooBig = lessEqual(splat<F>(0x1p31f), x);
  I fits = less(absFloat(x), splat<F>(0x1p31f));
  I converted = convertLanes<I>(select(fits, x, F{}));
  I negativeBig = lessEqual(x, splat<F>(-0x1p31f));
  return converted | (tooBig & 0x7fffffff) |
         (negativeBig & static_cast<std::int32_t>(0x80000000));
}
/// FP32 to an unsigned 32-bit integer toward zero. What does not fit
/// saturates (so a negative number gives 0); NaN gives 0.
template <class F> TATAMI_INLINE UnsignedOf<F> uintFromFloat(F x) {
  using U = UnsignedOf<F>;
  using I = SignedOf<F>;
  // From 2^31 on, take 2^31 away, convert, and put it back as the top bit.
  I tooBig = lessEqual(splat<F>(0x1p32f), x);
  I upper = lessEqual(splat<F>(0x1p31f), x) & ~tooBig;
  I lower = less(F{}, x) & less(x, splat<F>(0x1p31f));
  F reduced = select(lower, x, select(upper, x - 0x1p31f, F{}));
  U converted = bitsAs<U>(convertLanes<I>(reduced));
  return (converted + (bitsAs<U>(upper) & 0x80000000u)) | bitsAs<U>(tooBig);
}

/// The same to 64 bits, for one float.
TATAMI_INLINE std::int64_t int64FromFloat(float x) {
  if (x >= 0x1p63f)
    return INT64_MAX;
  if (x < -0x1p63f)
    return INT64_MIN;
  return x == x ? static_cast<std::int64_t>(x) : 0;
}
TATAMI_INLINE std::uint64_t uint64FromFloat(float x) {
  if (x >= 0x1p64f)
    return UINT64_MAX;
  return x > 0 ? static_cast<std::uint64_t>(x) : 0;
}

} // namespace tatami::inline TATAMI_HOST_LEVEL

#endif // TATAMI_NUMERICS_FLOAT32_H
