//===- DoubleToInteger.c - Double to integers of every width --------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// C leaves numbers out of range undefined; here they give the nearest limit
// and NaN gives 0, as the machine's own conversions from float do.
//===----------------------------------------------------------------------===//

#include "SoftDouble.h"
#include "Wide.h"

/// The integer part of |value|, which is below 2^64.
static inline uint64_t truncateTo64(DoubleBits value) {
  int exponent = (int)(magnitude(value) >> 52) - DOUBLE_BIAS;
  if (exponent < 0)
    return 0;
  uint64_t significand = (value & DOUBLE_FRACTION) | DOUBLE_HIDDEN_ONE;
  return exponent <= 52 ? significand >> (52 - exponent)
                        : significand << (exponent - 52);
}

/// Whether |value| >= 2^power; not for NaN.
static inline int reaches(DoubleBits value, int power) {
  return magnitude(value) >= (uint64_t)(DOUBLE_BIAS + power) << 52;
}

int64_t __fixdfdi(DoubleBits value) {
  if (isNaN(value))
    return 0;
  int negative = value >> 63;
  if (reaches(value, 63))
    return negative ? INT64_MIN : INT64_MAX;
  int64_t result = (int64_t)truncateTo64(value);
  return negative ? -result : result;
}

int32_t __fixdfsi(DoubleBits value) {
  if (isNaN(value))
    return 0;
  int negative = value >> 63;
  if (reaches(value, 31))
    return negative ? INT32_MIN : INT32_MAX;
  int32_t result = (int32_t)truncateTo64(value);
  return negative ? -result : result;
}

uint64_t __fixunsdfdi(DoubleBits value) {
  if (isNaN(value) || value >> 63)
    return 0;
  return reaches(value, 64) ? UINT64_MAX : truncateTo64(value);
}

uint32_t __fixunsdfsi(DoubleBits value) {
  if (isNaN(value) || value >> 63)
    return 0;
  return reaches(value, 32) ? UINT32_MAX : (uint32_t)truncateTo64(value);
}

static UInt128 truncateTo128(DoubleBits value) {
  int exponent = (int)(magnitude(value) >> 52) - DOUBLE_BIAS;
  if (exponent < 64)
    return truncateTo64(value);
  uint64_t significand = (value & DOUBLE_FRACTION) | DOUBLE_HIDDEN_ONE;
  return shiftLeft128(significand, exponent - 52);
}

Int128 __fixdfti(DoubleBits value) {
  if (isNaN(value))
    return 0;
  int negative = value >> 63;
  if (reaches(value, 127)) {
    UInt128 smallest = fromWords(DOUBLE_SIGN, 0);
    return (Int128)(negative ? smallest : smallest - 1);
  }
  Int128 result = (Int128)truncateTo128(value);
  return negative ? -result : result;
}

UInt128 __fixunsdfti(DoubleBits value) {
  if (isNaN(value) || value >> 63)
    return 0;
  return reaches(value, 128) ? fromWords(UINT64_MAX, UINT64_MAX)
                             : truncateTo128(value);
}
