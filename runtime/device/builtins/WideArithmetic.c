//===- WideArithmetic.c - Products, quotients and shifts of __int128 ------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Wide.h"

/// A division by zero must trap as the hardware's does.
static uint64_t divideWords(uint64_t a, uint64_t b) { return a / b; }

static UInt128 divide(UInt128 a, UInt128 b, UInt128 *remainder) {
  uint64_t highA = highWord(a), lowA = lowWord(a);
  uint64_t highB = highWord(b), lowB = lowWord(b);
  if (highB == 0) {
    if (highA == 0) {
      uint64_t quotient = divideWords(lowA, lowB);
      *remainder = lowA - quotient * lowB;
      return quotient;
    }
    // Two steps, as with pencil and paper; each takes a divisor with its top
    // bit set, so both numbers are shifted by the same count.
    uint64_t quotientHigh = divideWords(highA, lowB);
    uint64_t rest = highA - quotientHigh * lowB;
    int shift = __builtin_clzll(lowB);
    UInt128 aligned = shiftLeft128(fromWords(rest, lowA), shift);
    uint64_t quotientLow = divideTwoWords(highWord(aligned), lowWord(aligned),
                                          lowB << shift, &rest);
    *remainder = rest >> shift;
    return fromWords(quotientHigh, quotientLow);
  }
  if (a < b) {
    *remainder = a;
    return 0;
  }
  // The quotient is one word. Dividing half of a by the upper word of b gives
  // it, or up to one more than it.
  int shift = __builtin_clzll(highB);
  UInt128 alignedB = shiftLeft128(b, shift);
  UInt128 halfA = shiftRight128(a, 1);
  uint64_t rest;
  uint64_t quotient = divideTwoWords(highWord(halfA), lowWord(halfA),
                                     highWord(alignedB), &rest);
  quotient = shiftRight128(quotient, 63 - shift);
  if (quotient)
    --quotient;
  UInt128 product = multiplyWords(quotient, lowB);
  product = fromWords(highWord(product) + quotient * highB, lowWord(product));
  UInt128 left = a - product;
  if (left >= b) {
    left -= b;
    ++quotient;
  }
  *remainder = left;
  return quotient;
}

UInt128 __udivmodti4(UInt128 a, UInt128 b, UInt128 *remainder) {
  UInt128 rest;
  UInt128 quotient = divide(a, b, &rest);
  if (remainder)
    *remainder = rest;
  return quotient;
}

UInt128 __udivti3(UInt128 a, UInt128 b) {
  UInt128 rest;
  return divide(a, b, &rest);
}

UInt128 __umodti3(UInt128 a, UInt128 b) {
  UInt128 rest;
  divide(a, b, &rest);
  return rest;
}

static UInt128 absolute(Int128 value) {
  return value < 0 ? -(UInt128)value : (UInt128)value;
}

Int128 __divmodti4(Int128 a, Int128 b, Int128 *remainder) {
  UInt128 rest;
  UInt128 quotient = divide(absolute(a), absolute(b), &rest);
  // The remainder has the sign of a.
  *remainder = (Int128)(a < 0 ? -rest : rest);
  return (Int128)((a < 0) != (b < 0) ? -quotient : quotient);
}

Int128 __divti3(Int128 a, Int128 b) {
  Int128 rest;
  return __divmodti4(a, b, &rest);
}

Int128 __modti3(Int128 a, Int128 b) {
  Int128 rest;
  __divmodti4(a, b, &rest);
  return rest;
}

Int128 __multi3(Int128 a, Int128 b) {
  uint64_t highA = highWord((UInt128)a), lowA = lowWord((UInt128)a);
  uint64_t highB = highWord((UInt128)b), lowB = lowWord((UInt128)b);
  UInt128 low = multiplyWords(lowA, lowB);
  return (Int128)fromWords(highWord(low) + highA * lowB + lowA * highB,
                           lowWord(low));
}

Int128 __ashlti3(Int128 value, int count) {
  return (Int128)shiftLeft128((UInt128)value, count);
}

Int128 __lshrti3(Int128 value, int count) {
  return (Int128)shiftRight128((UInt128)value, count);
}

Int128 __ashrti3(Int128 value, int count) {
  int64_t high = (int64_t)highWord((UInt128)value);
  uint64_t low = lowWord((UInt128)value);
  if (count == 0)
    return value;
  if (count >= 64)
    return (Int128)fromWords((uint64_t)(high >> 63),
                             (uint64_t)(high >> (count - 64)));
  return (Int128)fromWords((uint64_t)(high >> count),
                           low >> count | (uint64_t)high << (64 - count));
}

Int128 __negti2(Int128 value) {
  uint64_t high = highWord((UInt128)value), low = lowWord((UInt128)value);
  return (Int128)fromWords(~high + (low == 0), -low);
}

/// 0, 1 or 2 for less, equal, greater.
int __cmpti2(Int128 a, Int128 b) { return (a > b) - (a < b) + 1; }
int __ucmpti2(UInt128 a, UInt128 b) { return (a > b) - (a < b) + 1; }
