//===- DoubleFused.c - Fused multiply-add of doubles ----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// newlib's generic fma rounds twice; C wants once.
//===----------------------------------------------------------------------===//

#include "SoftDouble.h"
#include "Wide.h"

static UInt128 shiftRightSticky128(UInt128 value, int count) {
  if (count == 0)
    return value;
  if (count >= 128)
    return value != 0;
  UInt128 result = shiftRight128(value, count);
  return result | (shiftLeft128(result, count) != value);
}

DoubleBits __tatami_fma(DoubleBits a, DoubleBits b, DoubleBits c) {
  if (isNaN(a) || isNaN(b) || isNaN(c))
    return DOUBLE_NAN;
  uint64_t magnitudeA = magnitude(a), magnitudeB = magnitude(b);
  uint64_t magnitudeC = magnitude(c);
  uint64_t sign = (a ^ b) & DOUBLE_SIGN;
  uint64_t signC = c & DOUBLE_SIGN;
  if (magnitudeA == DOUBLE_INFINITY || magnitudeB == DOUBLE_INFINITY) {
    if (magnitudeA == 0 || magnitudeB == 0 ||
        (magnitudeC == DOUBLE_INFINITY && sign != signC))
      return DOUBLE_NAN;
    return sign | DOUBLE_INFINITY;
  }
  if (magnitudeC == DOUBLE_INFINITY)
    return c;
  if (magnitudeA == 0 || magnitudeB == 0)
    return magnitudeC == 0 ? sign & signC : c;

  int exponentA, exponentB;
  uint64_t significandA = unpackNormalized(magnitudeA, &exponentA);
  uint64_t significandB = unpackNormalized(magnitudeB, &exponentB);
  // The exact product, its leading one at bit 125 or 124: bit 124 has the
  // weight of `exponent`. The addend is aligned to the same scale.
  UInt128 sum = multiplyWords(significandA << 10, significandB << 10);
  int exponent = exponentA + exponentB - DOUBLE_BIAS;
  if (magnitudeC != 0) {
    int exponentC;
    UInt128 addend = unpackNormalized(magnitudeC, &exponentC);
    addend = shiftLeft128(addend, 124 - 52);
    int distance = exponent - exponentC;
    if (distance >= 0) {
      addend = shiftRightSticky128(addend, distance);
    } else {
      sum = shiftRightSticky128(sum, -distance);
      exponent = exponentC;
    }
    if (sign == signC) {
      sum += addend;
    } else if (sum >= addend) {
      sum -= addend;
      if (sum == 0)
        return 0;
    } else {
      sum = addend - sum;
      sign = signC;
    }
  }
  int shift = leadingZeros128(sum) - 1; // to bit 126
  exponent += 2 - shift;
  sum = shiftLeft128(sum, shift);
  return roundToDouble(sign, exponent, highWord(sum) | (lowWord(sum) != 0));
}
