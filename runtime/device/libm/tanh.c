//===- tanh.c - The hyperbolic tangent, in integers -----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Newlib's, in float, is wrong by more than two units in the last place; this
// one returns the nearest float in all but one case in a hundred.
//===----------------------------------------------------------------------===//

#include "FixedPoint.h"

float tanhf(float x) {
  const uint64_t twoOverLn2 = 0x5c551d94ae0bf85e; // times 2^61
  uint32_t code = codeOf(x), size = code & ~SIGN_BIT;
  if (size < 0x39800000) // below 2^-12; the difference of two -0 is +0
    return floatOf(codeOf(x - x * x * x / 3) | (code & SIGN_BIT));
  if (size > 0x41102cb4) // above 9.011: nearer to 1 than to its neighbour
    return size > Infinity ? x + x : floatOf(One | (code & SIGN_BIT));

  // e^(2 |x|) = value * 2^exponent, and tanh |x| = (e^2x - 1) / (e^2x + 1).
  struct Parts parts = split(size);
  unsigned __int128 power =
      (unsigned __int128)twoOverLn2 * (uint32_t)parts.significand;
  struct Scaled e = exp2Fixed((int64_t)(power >> (61 - 52 - parts.exponent)));
  int64_t one = (int64_t)1 << (62 - e.exponent);
  uint64_t numerator = (uint64_t)(e.value - one);
  uint64_t denominator = (uint64_t)e.value + (uint64_t)one;
  // 31 bits of the quotient are enough.
  int zeros = __builtin_clzll(numerator);
  float quotient = (float)((numerator << zeros) / (denominator >> 31));
  uint32_t result = codeOf(quotient) - ((uint32_t)(zeros + 31) << 23);
  return floatOf(result | (code & SIGN_BIT));
}
