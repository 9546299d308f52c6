//===- SmallFloat.h - BF16, FP16, CFloat8 and CFloat16 ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The narrow formats of the machine, all described by five numbers, and one
// widening and one narrowing that serve them all. Widening to FP32 is exact.
// Narrowing rounds to nearest even or stochastically, and reports flags.
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_NUMERICS_SMALLFLOAT_H
#define TATAMI_NUMERICS_SMALLFLOAT_H

#include "tatami/numerics/Float32.h"

namespace tatami {

/// A narrow floating-point format. Field exponent 0 holds zero and the
/// subnormals 0.m * 2^(1 - bias); others hold 1.m * 2^(field - bias).
struct SmallFormat {
  int exponentBits;
  int mantissaBits;
  bool isSigned;
  /// The largest field exponent holds Inf and NaN, as in IEEE 754. Without
  /// them it is ordinary, overflow clamps, and NaN gives the largest value.
  bool hasInfinity;
  /// Subnormal results become zero (subnormal operands are still understood).
  bool flushesSubnormals;

  constexpr int magnitudeBits() const { return exponentBits + mantissaBits; }
  constexpr int signShift() const { return magnitudeBits(); }
  constexpr std::uint32_t magnitudeMask() const {
    return (1u << magnitudeBits()) - 1;
  }
  constexpr std::uint32_t infinity() const {
    return ((1u << exponentBits) - 1) << mantissaBits;
  }
  constexpr std::uint32_t quietNaN() const {
    return infinity() | 1u << (mantissaBits - 1);
  }
};

inline constexpr SmallFormat Bf16{8, 7, true, true, false};
inline constexpr SmallFormat Fp16{5, 10, true, true, false};
inline constexpr SmallFormat CFloat8E4M3{4, 3, true, false, false};
inline constexpr SmallFormat CFloat8E5M2{5, 2, true, false, false};
/// CFloat16 "signed half precision": configurable bias, no Inf or NaN.
inline constexpr SmallFormat CFloat16Shp{5, 10, true, false, false};
/// CFloat16 "unsigned half precision": bias 31, subnormal results flushed.
/// Chosen: Inf and NaN encoded as in IEEE 754; a number below zero gives
/// zero and sets Invalid.
inline constexpr SmallFormat CFloat16Uhp{6, 10, false, true, true};

inline constexpr int Bf16Bias = 127;
inline constexpr int Fp16Bias = 15;
inline constexpr int UhpBias = 31;
/// A configurable bias has six bits.
inline constexpr unsigned MaxConfigurableBias = 63;

/// Sticky flags of narrowing conversions.
inline constexpr std::int32_t
    FlagInvalid = 1,  ///< NaN operand, or a result that the format cannot mean
    FlagDenormal = 2, ///< subnormal operand
    FlagOverflow =
        4, ///< beyond the largest value after rounding, or Inf clamped
    FlagUnderflow = 8; ///< below the smallest normal value and not exact

} // namespace tatami

namespace tatami::inline TATAMI_HOST_LEVEL {

/// What narrowing one number (or each lane of a vector) gives.
template <class U> struct Narrowed {
  U code;
  U flags; ///< Flag... bits
};

/// The FP32 value of \p code (32-bit lanes, upper bits ignored). Exact; NaN
/// becomes the canonical NaN.
template <SmallFormat Fmt, class U>
TATAMI_INLINE auto widenSmall(U code, U bias) {
  using I = SignedOf<U>;
  constexpr int MantissaShift = 23 - Fmt.mantissaBits;
  U magnitude = code & Fmt.magnitudeMask();
  U normal = (magnitude << MantissaShift) + ((127 - bias) << 23);
  // A subnormal is an integer times 2^(1 - bias - mantissaBits).
  auto unit = floatOf((128 - Fmt.mantissaBits - bias) << 23);
  U subnormal = bitsOf(floatFromInt(bitsAs<I>(magnitude)) * unit);
  U r = select(less(bitsAs<I>(magnitude), splat<I>(1 << Fmt.mantissaBits)),
               subnormal, normal);
  if constexpr (Fmt.hasInfinity) {
    constexpr auto Inf = static_cast<std::int32_t>(Fmt.infinity());
    r = select(equal(bitsAs<I>(magnitude), splat<I>(Inf)), splat<U>(Infinity32),
               r);
    r = select(less(splat<I>(Inf), bitsAs<I>(magnitude)),
               splat<U>(CanonicalNaN), r);
  }
  if constexpr (Fmt.isSigned) {
    U sign = (code << (31 - Fmt.signShift())) & SignBit32;
    if constexpr (Fmt.hasInfinity)
      sign = sign & ~bitsAs<U>(isNaN(floatOf(r)));
    r = r | sign;
  }
  return floatOf(r);
}

/// FP32 to \p Fmt. With Stochastic, \p random decides: the chance to round
/// away from zero is the discarded fraction (its first 31 bits). Otherwise
/// round to nearest even, and \p random is ignored.
template <SmallFormat Fmt, bool Stochastic, class U>
TATAMI_INLINE Narrowed<U> narrowSmall(WithElement<U, float> x, U bias,
                                      U random) {
  using I = SignedOf<U>;
  constexpr int M = Fmt.mantissaBits;
  constexpr auto MaxCode = static_cast<std::int32_t>(
      Fmt.hasInfinity ? Fmt.infinity() - 1 : Fmt.magnitudeMask());

  U bits = bitsOf(x);
  I magnitude = bitsAs<I>(bits & MagnitudeMask32);
  I fieldX = magnitude >> 23;
  I normalX = less(I{}, fieldX);
  U significand = (bits & 0x7fffffu) | (bitsAs<U>(normalX) & 0x800000u);
  I exponent = fieldX + normalX - 126; // subnormals have that of field 1

  // The result's field exponent, before rounding carries into it. The lowest
  // one is shared by the smallest normal numbers and all subnormals.
  I field = exponent + bitsAs<I>(bias);
  I below = maxOf(1 - field, I{});
  field = field + below;

  // Drop the bits that do not fit. Beyond 31, those below are gone already.
  I drop = (23 - M) + below;
  I first = minOf(maxOf(drop - 31, I{}), splat<I>(31));
  U shift = bitsAs<U>(minOf(drop, splat<I>(31)));
  U kept = significand >> bitsAs<U>(first);
  U round;
  if constexpr (Stochastic)
    round = random >> (32 - shift);
  else
    round = (splat<U>(1) << (shift - 1)) - 1 + ((kept >> shift) & 1);
  U rounded = (kept + round) >> shift;
  U lost = significand - ((kept >> shift) << shift << bitsAs<U>(first));
  I inexact = notEqual(bitsAs<I>(lost), I{});

  I code = ((field - 1) << M) + bitsAs<I>(rounded);
  I nan = isNaN(x);
  I infinite = equal(magnitude, splat<I>(Infinity32));
  // Inf and NaN are not numbers to round: they are replaced below.
  I finite = less(magnitude, splat<I>(Infinity32));
  I tooBig = less(splat<I>(MaxCode), code) & finite;
  // A subnormal FP32 operand is below the normal numbers of every format.
  I tiny = (less(I{}, below) | ~normalX) & finite;
  if constexpr (Fmt.flushesSubnormals) {
    I flushed = less(code, splat<I>(1 << M)) & finite;
    inexact = inexact | (flushed & notEqual(code, I{}));
    code = code & ~flushed;
  }

  I overflow = tooBig;
  if constexpr (Fmt.hasInfinity) {
    constexpr auto Inf = static_cast<std::int32_t>(Fmt.infinity());
    code = select(tooBig | infinite, splat<I>(Inf), code);
    code =
        select(nan, splat<I>(static_cast<std::int32_t>(Fmt.quietNaN())), code);
  } else {
    overflow = overflow | infinite;
    code = select(overflow | nan, splat<I>(MaxCode), code);
  }

  I invalid = nan;
  I denormal = less(I{}, magnitude) & ~normalX;
  I underflow = tiny & inexact;
  I negative = bitsAs<I>(bits) >> 31;
  if constexpr (Fmt.isSigned) {
    code = code | (negative & ~nan & (1 << Fmt.signShift()));
  } else {
    I impossible = negative & ~nan & less(I{}, magnitude);
    invalid = invalid | impossible;
    overflow = overflow & ~negative;
    underflow = underflow & ~negative;
    code = code & ~(negative & ~nan);
  }
  I flags = (invalid & FlagInvalid) | (denormal & FlagDenormal) |
            (overflow & FlagOverflow) | (underflow & FlagUnderflow);
  return {bitsAs<U>(code), bitsAs<U>(flags)};
}

/// BF16 in the low half of each 32-bit lane to FP32: the upper half of it.
template <class U> TATAMI_INLINE auto widenBf16(U code) {
  return canonical(floatOf(code << 16));
}

/// FP32 to BF16, round to nearest even. Equal to narrowSmall<Bf16>, faster.
template <class F> TATAMI_INLINE UnsignedOf<F> narrowBf16(F x) {
  using U = UnsignedOf<F>;
  U bits = bitsOf(x);
  U rounded = (bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16;
  return select(isNaN(x), splat<U>(Bf16.quietNaN()), rounded);
}

} // namespace tatami::inline TATAMI_HOST_LEVEL

#endif // TATAMI_NUMERICS_SMALLFLOAT_H
