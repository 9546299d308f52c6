//===- DoubleMultiply.c - Product of doubles ------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "SoftDouble.h"
#include "Wide.h"

DoubleBits __muldf3(DoubleBits a, DoubleBits b) {
  uint64_t magnitudeA = magnitude(a), magnitudeB = magnitude(b);
  uint64_t sign = (a ^ b) & DOUBLE_SIGN;
  if (magnitudeA >= DOUBLE_INFINITY || magnitudeB >= DOUBLE_INFINITY) {
    if (isNaN(a) || isNaN(b) || magnitudeA == 0 || magnitudeB == 0)
      return DOUBLE_NAN;
    return sign | DOUBLE_INFINITY;
  }
  if (magnitudeA == 0 || magnitudeB == 0)
    return sign;

  int exponentA, exponentB;
  uint64_t significandA = unpackNormalized(magnitudeA, &exponentA);
  uint64_t significandB = unpackNormalized(magnitudeB, &exponentB);
  // Leading ones at bits 63 and 62: that of the product is at 126 or 125.
  UInt128 product = multiplyWords(significandA << 11, significandB << 10);
  uint64_t significand = highWord(product) | (lowWord(product) != 0);
  int exponent = exponentA + exponentB - DOUBLE_BIAS;
  if (significand >> 62)
    ++exponent;
  else
    significand <<= 1; // The sticky bit stays far below what is kept.
  return roundToDouble(sign, exponent, significand);
}
