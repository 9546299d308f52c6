//===- Exact.h - Exact reference for the narrow formats ---------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a narrow code is worth, and which code is nearest to a number, in exact
// integer arithmetic and without a shift trick in common with the numerics: the
// nearest code is found by comparing the number with the codes' values and
// with the midpoints between them.
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_TESTS_NUMERICS_EXACT_H
#define TATAMI_TESTS_NUMERICS_EXACT_H

#include "tatami/numerics/SmallFloat.h"

namespace tatami::test {

/// Mantissa * 2^Exponent, never negative.
struct Dyadic {
  unsigned __int128 Mantissa = 0;
  int Exponent = 0;

  bool isZero() const { return Mantissa == 0; }
  /// The same value with bit 100 as the leading one.
  Dyadic normalized() const {
    Dyadic r = *this;
    while (r.Mantissa >> 101)
      r.Mantissa >>= 1, ++r.Exponent; // never drops a one: inputs are short
    while (!(r.Mantissa >> 100))
      r.Mantissa <<= 1, --r.Exponent;
    return r;
  }
};

/// Negative, zero or positive, as \p a is below, equal to or above \p b.
inline int compare(Dyadic a, Dyadic b) {
  if (a.isZero() || b.isZero())
    return int(!a.isZero()) - int(!b.isZero());
  a = a.normalized();
  b = b.normalized();
  if (a.Exponent != b.Exponent)
    return a.Exponent < b.Exponent ? -1 : 1;
  return a.Mantissa < b.Mantissa ? -1 : a.Mantissa > b.Mantissa;
}

/// The magnitude of a finite FP32 bit pattern.
inline Dyadic valueOfFloat(std::uint32_t bits) {
  std::uint32_t field = (bits >> 23) & 255;
  std::uint32_t mantissa = bits & 0x7fffff;
  if (field == 0)
    return {mantissa, -149};
  return {mantissa | 0x800000u, static_cast<int>(field) - 127 - 23};
}

/// The magnitude that \p code stands for, as if exponents went on for ever.
inline Dyadic valueOfCode(const SmallFormat &format, std::uint32_t code,
                          int bias) {
  int field = static_cast<int>(code >> format.mantissaBits);
  std::uint32_t mantissa = code & ((1u << format.mantissaBits) - 1);
  if (field == 0)
    return {mantissa, 1 - bias - format.mantissaBits};
  return {mantissa | 1u << format.mantissaBits,
          field - bias - format.mantissaBits};
}

/// Halfway between \p code and the next one.
inline Dyadic midpoint(const SmallFormat &format, std::uint32_t code,
                       int bias) {
  Dyadic low = valueOfCode(format, code, bias);
  Dyadic high = valueOfCode(format, code + 1, bias);
  while (high.Exponent > low.Exponent)
    high.Mantissa *= 2, --high.Exponent;
  return {low.Mantissa + high.Mantissa, low.Exponent - 1};
}

/// The largest code (exponents unlimited) whose value is not above \p x.
inline std::uint32_t codeBelow(const SmallFormat &format, Dyadic x, int bias) {
  std::uint32_t low = 0, high = 400u << format.mantissaBits;
  while (high - low > 1) {
    std::uint32_t middle = (low + high) / 2;
    if (compare(valueOfCode(format, middle, bias), x) <= 0)
      low = middle;
    else
      high = middle;
  }
  return low;
}

struct ExactResult {
  std::uint32_t code;
  std::uint32_t flags;
};

/// What rounding \p bits to the nearest code, ties to even, must give.
inline ExactResult narrowExactly(const SmallFormat &format, std::uint32_t bits,
                                 int bias) {
  std::uint32_t magnitude = bits & 0x7fffffff;
  bool negative = bits >> 31;
  std::uint32_t sign = negative ? 1u << format.signShift() : 0;
  std::uint32_t largest =
      format.hasInfinity ? format.infinity() - 1 : format.magnitudeMask();

  if (magnitude > 0x7f800000)
    return {format.hasInfinity ? format.quietNaN() : largest, FlagInvalid};
  std::uint32_t flags =
      magnitude != 0 && magnitude < 0x800000 ? FlagDenormal : 0;
  if (!format.isSigned && negative)
    return {0, magnitude ? flags | FlagInvalid : 0u};
  if (!format.isSigned)
    sign = 0;
  if (magnitude == 0x7f800000)
    return format.hasInfinity ? ExactResult{format.infinity() | sign, 0}
                              : ExactResult{largest | sign, FlagOverflow};

  Dyadic x = valueOfFloat(bits);
  std::uint32_t code = codeBelow(format, x, bias);
  bool exact = compare(valueOfCode(format, code, bias), x) == 0;
  int half = compare(x, midpoint(format, code, bias));
  if (half > 0 || (half == 0 && code % 2))
    ++code;
  std::uint32_t smallestNormal = 1u << format.mantissaBits;
  bool tiny = compare(x, valueOfCode(format, smallestNormal, bias)) < 0;
  if (format.flushesSubnormals && code < smallestNormal) {
    exact = exact && code == 0;
    code = 0;
  }
  if (tiny && !exact)
    flags |= FlagUnderflow;
  if (code > largest) {
    flags |= FlagOverflow;
    code = format.hasInfinity ? format.infinity() : largest;
  }
  return {code | sign, flags};
}

} // namespace tatami::test

#endif // TATAMI_TESTS_NUMERICS_EXACT_H
