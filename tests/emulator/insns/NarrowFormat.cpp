// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// See NarrowFormat.h.
#include "NarrowFormat.h"

#include <algorithm>
#include <cmath>

namespace tatami::insns {

uint32_t widened(const NarrowFormat &format, int bias, uint32_t code) {
  unsigned m = format.mantissaBits;
  uint32_t mantissa = code & ((1u << m) - 1);
  int field = int(code >> m & ((1u << format.exponentBits) - 1));
  bool negative = format.isSigned && (code >> (m + format.exponentBits) & 1);
  double value = field == 0
                     ? std::ldexp(mantissa, 1 - bias - int(m))
                     : std::ldexp(mantissa + (1u << m), field - bias - int(m));
  if (format.hasInfinity && field == (1 << format.exponentBits) - 1) {
    if (mantissa != 0)
      return 0x7fc00000;
    value = INFINITY;
  }
  return Model::bitsOf(float(negative ? -value : value));
}

namespace {

constexpr unsigned Invalid = 1, Denormal = 2, Overflow = 4, Underflow = 8;

/// Rounds the magnitude of a finite number.
Narrow narrowedMagnitude(const NarrowFormat &format, int bias, double value,
                         const uint32_t *random) {
  int m = int(format.mantissaBits);
  const uint32_t infinity = ((1u << format.exponentBits) - 1) << m;
  const uint32_t largest =
      format.hasInfinity ? infinity - 1 : (1u << (format.exponentBits + m)) - 1;
  if (value == 0)
    return {0, 0};
  // Result and operand are integers times these powers of two.
  int exponent = std::ilogb(value);
  int unit = std::max(exponent, 1 - bias) - m;
  int operandUnit = std::max(exponent, -126) - 23;

  double scaled = std::ldexp(value, -unit);
  double whole = std::floor(scaled), fraction = scaled - whole;
  bool up;
  if (random) { // The discarded bits, 31 of them at most, are the chance.
    int bits = std::min(unit - operandUnit, 31);
    auto chance = uint64_t(std::floor(std::ldexp(fraction, bits)));
    up = chance + (*random >> (32 - bits)) >= uint64_t(1) << bits;
  } else {
    up = fraction > 0.5 || (fraction == 0.5 && std::fmod(whole, 2) == 1);
  }
  auto significand = int64_t(whole) + up;
  // Rounding up to the next power of two carries into the exponent.
  int64_t code = (int64_t(unit + m + bias - 1) << m) + significand;

  bool exact = fraction == 0;
  if (format.flushesSubnormalResults && code < 1 << m && code != 0) {
    code = 0;
    exact = false;
  }
  unsigned flags = value < 0x1p-126 ? Denormal : 0;
  if (value < std::ldexp(1.0, 1 - bias) && !exact)
    flags |= Underflow;
  if (code > int64_t(largest))
    return {format.hasInfinity ? infinity : largest, flags | Overflow};
  return {uint32_t(code), flags};
}

} // namespace

Narrow narrowed(const NarrowFormat &format, int bias, uint32_t bits,
                const uint32_t *random) {
  const uint32_t infinity = ((1u << format.exponentBits) - 1)
                            << format.mantissaBits;
  const uint32_t largest =
      (1u << (format.exponentBits + format.mantissaBits)) - 1;
  bool negative = bits >> 31;
  uint32_t magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000)
    return {format.hasInfinity ? infinity | 1u << (format.mantissaBits - 1)
                               : largest,
            Invalid};
  Narrow result;
  if (magnitude == 0x7f800000)
    result =
        format.hasInfinity ? Narrow{infinity, 0} : Narrow{largest, Overflow};
  else
    result = narrowedMagnitude(format, bias, Model::realOf(magnitude), random);
  if (!negative)
    return result;
  if (format.isSigned)
    return {result.code | 1u << (format.bits() - 1), result.flags};
  // A number below zero; minus zero is zero.
  return {0, (result.flags & Denormal) | (magnitude != 0 ? Invalid : 0)};
}

} // namespace tatami::insns
