//===- WideFloat.c - Between float and __int128 ---------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Wide.h"

/// Rounds to nearest even in one step: what lies below the upper word of the
/// aligned number cannot matter more than a sticky bit.
static float wideToFloat(UInt128 value) {
  if (value == 0)
    return 0.0f;
  int zeros = leadingZeros128(value);
  UInt128 aligned = shiftLeft128(value, zeros);
  uint64_t upper = highWord(aligned) | (lowWord(aligned) != 0);
  // upper * 2^(64 - zeros); rounding can reach 2^128, which is infinity.
  float result = (float)upper;
  if (zeros == 0)
    return result * 0x1p32f * 0x1p32f;
  float factor = (float)(1ull << (zeros <= 64 ? 64 - zeros : zeros - 64));
  return zeros <= 64 ? result * factor : result / factor;
}

float __floatuntisf(UInt128 value) { return wideToFloat(value); }

float __floattisf(Int128 value) {
  return value < 0 ? -wideToFloat(-(UInt128)value)
                   : wideToFloat((UInt128)value);
}

/// The integer part of value, in [0, 2^128).
static UInt128 truncateFloat(float value) {
  uint32_t bits;
  __builtin_memcpy(&bits, &value, sizeof bits);
  int exponent = (int)(bits >> 23) - 127;
  if (exponent < 0)
    return 0;
  uint64_t significand = (bits & 0x7fffff) | 0x800000;
  return exponent <= 23 ? significand >> (23 - exponent)
                        : shiftLeft128(significand, exponent - 23);
}

Int128 __fixsfti(float value) {
  UInt128 smallest = fromWords(1ull << 63, 0);
  if (value >= 0x1p127f)
    return (Int128)(smallest - 1);
  if (value <= -0x1p127f)
    return (Int128)smallest;
  if (value >= 0)
    return (Int128)truncateFloat(value);
  return value < 0 ? -(Int128)truncateFloat(-value) : 0; // 0 for NaN
}

UInt128 __fixunssfti(float value) {
  if (!(value > 0))
    return 0;
  // Every finite float is below 2^128.
  return value > 0x1.fffffep127f ? fromWords(UINT64_MAX, UINT64_MAX)
                                 : truncateFloat(value);
}
