//===- DoubleDivide.c - Quotient of doubles -------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "SoftDouble.h"
#include "Wide.h"

DoubleBits __divdf3(DoubleBits a, DoubleBits b) {
  uint64_t magnitudeA = magnitude(a), magnitudeB = magnitude(b);
  uint64_t sign = (a ^ b) & DOUBLE_SIGN;
  if (isNaN(a) || isNaN(b))
    return DOUBLE_NAN;
  if (magnitudeA == DOUBLE_INFINITY)
    return magnitudeB == DOUBLE_INFINITY ? DOUBLE_NAN : sign | DOUBLE_INFINITY;
  if (magnitudeB == DOUBLE_INFINITY)
    return sign;
  if (magnitudeB == 0)
    return magnitudeA == 0 ? DOUBLE_NAN : sign | DOUBLE_INFINITY;
  if (magnitudeA == 0)
    return sign;

  int exponentA, exponentB;
  uint64_t significandA = unpackNormalized(magnitudeA, &exponentA);
  uint64_t significandB = unpackNormalized(magnitudeB, &exponentB);
  // Both significands are in [1, 2) * 2^52, so the quotient is in
  // (1/2, 2) * 2^63 and fits one word.
  uint64_t remainder;
  uint64_t quotient =
      divideTwoWords(significandA << 10, 0, significandB << 11, &remainder);
  int exponent = exponentA - exponentB + DOUBLE_BIAS - 1;
  if (quotient >> 63) {
    quotient = quotient >> 1 | (quotient & 1);
    ++exponent;
  }
  return roundToDouble(sign, exponent, quotient | (remainder != 0));
}
