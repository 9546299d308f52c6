//===- DoubleAdd.c - Sum and difference of doubles ------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "SoftDouble.h"

static DoubleBits addDoubles(DoubleBits a, DoubleBits b) {
  if (magnitude(a) < magnitude(b)) {
    DoubleBits larger = b;
    b = a;
    a = larger;
  }
  uint64_t magnitudeA = magnitude(a), magnitudeB = magnitude(b);
  uint64_t subtract = (a ^ b) & DOUBLE_SIGN;
  if (magnitudeA >= DOUBLE_INFINITY) {
    if (magnitudeA > DOUBLE_INFINITY ||
        (magnitudeB == DOUBLE_INFINITY && subtract))
      return DOUBLE_NAN;
    return a;
  }
  if (magnitudeB == 0)
    // Two zeros: the sum is -0 only if both are.
    return magnitudeA ? a : a & b;

  int exponentA = (int)(magnitudeA >> 52), exponentB = (int)(magnitudeB >> 52);
  uint64_t significandA = magnitudeA & DOUBLE_FRACTION;
  uint64_t significandB = magnitudeB & DOUBLE_FRACTION;
  if (exponentA)
    significandA |= DOUBLE_HIDDEN_ONE;
  else
    exponentA = 1;
  if (exponentB)
    significandB |= DOUBLE_HIDDEN_ONE;
  else
    exponentB = 1;

  // Leading ones at bit 61, so that the sum has room for a carry.
  significandA <<= 9;
  significandB = shiftRightSticky(significandB << 9, exponentA - exponentB);
  uint64_t sign = a & DOUBLE_SIGN;
  int exponent = exponentA + 1;
  uint64_t significand =
      subtract ? significandA - significandB : significandA + significandB;
  if (significand == 0)
    return 0;
  int shift = __builtin_clzll(significand) - 1;
  // A subnormal result keeps its leading zeros.
  if (shift > exponent - 1)
    shift = exponent - 1;
  return roundToDouble(sign, exponent - shift, significand << shift);
}

DoubleBits __adddf3(DoubleBits a, DoubleBits b) { return addDoubles(a, b); }

DoubleBits __subdf3(DoubleBits a, DoubleBits b) {
  return addDoubles(a, b ^ DOUBLE_SIGN);
}

DoubleBits __negdf2(DoubleBits a) { return a ^ DOUBLE_SIGN; }
