//===- SoftDouble.h - Parts of binary64 arithmetic in integers --*- C -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The machine has no double, so the compiler calls functions of the names and
// meanings that libgcc made a convention. Rounding is to nearest even, NaN
// results are the one canonical NaN, and there are no flags: what the hardware
// does for float. A double travels as the 64 bits of a scalar register.
//
// Results are built from a significand whose leading one is at bit 62: the ten
// bits below the 53 that stay are there for rounding, the last one being
// "sticky", that is the or of everything below it.
//===----------------------------------------------------------------------===//

#ifndef TATAMI_BUILTINS_SOFTDOUBLE_H
#define TATAMI_BUILTINS_SOFTDOUBLE_H

#include <stdint.h>

typedef uint64_t DoubleBits;

#define DOUBLE_SIGN 0x8000000000000000u
#define DOUBLE_INFINITY 0x7ff0000000000000u
#define DOUBLE_NAN 0x7ff8000000000000u
#define DOUBLE_FRACTION 0x000fffffffffffffu
#define DOUBLE_HIDDEN_ONE 0x0010000000000000u
#define DOUBLE_BIAS 1023
#define DOUBLE_MAX_EXPONENT 0x7ff

static inline uint64_t magnitude(DoubleBits value) {
  return value & ~DOUBLE_SIGN;
}
static inline int isNaN(DoubleBits value) {
  return magnitude(value) > DOUBLE_INFINITY;
}

/// value >> count, with what is shifted out collected in bit 0.
static inline uint64_t shiftRightSticky(uint64_t value, int count) {
  if (count == 0)
    return value;
  if (count >= 64)
    return value != 0;
  return value >> count | (value << (64 - count) != 0);
}

/// Rounds significand * 2^(exponent - 62), the exponent biased. The leading one
/// of the significand is at bit 62; below that only if the exponent is 1.
static inline DoubleBits roundToDouble(uint64_t sign, int exponent,
                                       uint64_t significand) {
  if (exponent <= 0) {
    significand = shiftRightSticky(significand, 1 - exponent);
    exponent = 1;
  }
  if (exponent >= DOUBLE_MAX_EXPONENT)
    return sign | DOUBLE_INFINITY;
  uint64_t rest = significand & 0x3ff;
  // A leading one adds itself to the exponent field, and so does a carry.
  uint64_t result = (significand >> 10) + ((uint64_t)(exponent - 1) << 52);
  result += rest > 0x200 || (rest == 0x200 && (result & 1));
  return sign | result;
}

/// Finite and not zero: the significand with its leading one at bit 52, and
/// the exponent that goes with it, below 1 for a subnormal.
static inline uint64_t unpackNormalized(uint64_t magnitudeBits, int *exponent) {
  int biased = (int)(magnitudeBits >> 52);
  uint64_t significand = magnitudeBits & DOUBLE_FRACTION;
  if (biased) {
    *exponent = biased;
    return significand | DOUBLE_HIDDEN_ONE;
  }
  int shift = __builtin_clzll(significand) - 11;
  *exponent = 1 - shift;
  return significand << shift;
}

/// Rounds value * 2^0; the value is not 0.
static inline DoubleBits integerToDouble(uint64_t sign, uint64_t value) {
  int zeros = __builtin_clzll(value);
  uint64_t significand =
      zeros ? value << (zeros - 1) : value >> 1 | (value & 1);
  return roundToDouble(sign, DOUBLE_BIAS + 63 - zeros, significand);
}

#endif // TATAMI_BUILTINS_SOFTDOUBLE_H
