//===- Wide.h - 128-bit integers made of two words --------------*- C -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The helpers that the compiler calls for __int128 must not themselves be
// compiled to calls of those helpers, so they take numbers apart into words.
//===----------------------------------------------------------------------===//

#ifndef TATAMI_BUILTINS_WIDE_H
#define TATAMI_BUILTINS_WIDE_H

#include <stdint.h>

typedef __int128 Int128;
typedef unsigned __int128 UInt128;

static inline uint64_t highWord(UInt128 value) {
  return (uint64_t)(value >> 64);
}
static inline uint64_t lowWord(UInt128 value) { return (uint64_t)value; }
static inline UInt128 fromWords(uint64_t high, uint64_t low) {
  return (UInt128)high << 64 | low;
}

/// Leading zeros of a number that is not 0.
static inline int leadingZeros128(UInt128 value) {
  uint64_t high = highWord(value);
  return high ? __builtin_clzll(high) : 64 + __builtin_clzll(lowWord(value));
}

/// Shifts by 0 to 127.
static inline UInt128 shiftLeft128(UInt128 value, int count) {
  uint64_t high = highWord(value), low = lowWord(value);
  if (count == 0)
    return value;
  if (count >= 64)
    return fromWords(low << (count - 64), 0);
  return fromWords(high << count | low >> (64 - count), low << count);
}

static inline UInt128 shiftRight128(UInt128 value, int count) {
  uint64_t high = highWord(value), low = lowWord(value);
  if (count == 0)
    return value;
  if (count >= 64)
    return high >> (count - 64);
  return fromWords(high >> count, low >> count | high << (64 - count));
}

/// The full product of two words. The machine has both halves as instructions.
static inline UInt128 multiplyWords(uint64_t a, uint64_t b) {
  return (UInt128)a * b;
}

/// (high * 2^64 + low) / divisor, for high < divisor and a divisor whose top
/// bit is set: schoolbook division with two 32-bit digits. A digit is guessed
/// from the divisor's upper half alone and is then at most 2 too large.
static inline uint64_t divideTwoWords(uint64_t high, uint64_t low,
                                      uint64_t divisor, uint64_t *remainder) {
  uint64_t divisorHigh = divisor >> 32;
  uint64_t divisorLow = divisor & 0xffffffff;
  uint64_t quotient = 0;
  uint64_t rest = high;
  for (int shift = 32; shift >= 0; shift -= 32) {
    uint64_t next = low >> shift & 0xffffffff;
    uint64_t digit = rest / divisorHigh;
    uint64_t left = rest - digit * divisorHigh;
    while (digit >> 32 || digit * divisorLow > (left << 32 | next)) {
      --digit;
      left += divisorHigh;
      if (left >> 32)
        break;
    }
    // Wraps around, but the result is below the divisor.
    rest = (rest << 32 | next) - digit * divisor;
    quotient = quotient << 32 | digit;
  }
  *remainder = rest;
  return quotient;
}

#endif // TATAMI_BUILTINS_WIDE_H
