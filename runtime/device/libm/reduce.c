//===- reduce.c - The quarter turn that an angle is in --------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What newlib's sinf, cosf and tanf do first. Newlib's own does it in float and
// loses all digits of angles near multiples of a quarter turn. Integers are
// exact for every angle, and here they are faster than double would be.
//===----------------------------------------------------------------------===//

#include "FixedPoint.h"

/// 2 / pi, from the bit that is worth 1/2 downwards.
static const uint32_t twoOverPi[] = {0xa2f9836e, 0x4e441529, 0xfc2757d1,
                                     0xf534ddc0, 0xdb629599, 0x3c439041,
                                     0xfe5163ab};
/// pi / 2 * 2^62.
static const uint64_t halfPi = 0x6487ed5110b4611a;

/// 96 bits of 2 / pi from the one that is worth 2^-(\p first + 1).
static unsigned __int128 bitsOfTwoOverPi(int first) {
  const uint32_t *word = &twoOverPi[first / 32];
  unsigned __int128 bits = 0;
  for (int i = 0; i < 4; ++i)
    bits = bits << 32 | word[i];
  return bits << first % 32 >> 32;
}

/// Writes \p x - n * pi/2, at most pi/4 in size, as the sum of \p y[0] and the
/// much smaller \p y[1]. Returns n, or a number with the same remainder by 4.
int __ieee754_rem_pio2f(float x, float *y) {
  uint32_t code = codeOf(x);
  int exponent = (int)(code >> 23 & 0xff) - 150;
  if (exponent == 255 - 150) {
    y[0] = y[1] = x - x; // of infinity and NaN there is no remainder
    return 0;
  }
  if (exponent < -27) { // below pi/4 by far
    y[0] = x;
    y[1] = 0;
    return 0;
  }
  uint64_t significand = (code & 0x7fffff) | 0x800000;

  // |x| is significand * 2^exponent. Bits of 2 / pi that yield only multiples
  // of four quarter turns are left out; the product has 94 bits of fraction.
  int first = exponent > 2 ? exponent - 2 : 0;
  unsigned __int128 product = significand * bitsOfTwoOverPi(first);
  if (exponent < 2)
    product >>= 2 - exponent;
  uint64_t turns = (uint64_t)(product >> 32); // in quarters, times 2^62
  uint64_t nearest = (turns + ((uint64_t)1 << 61)) >> 62;
  int64_t fraction = (int64_t)(turns - (nearest << 62));

  int64_t angle = (int64_t)((__int128)fraction * (__int128)halfPi >> 62);
  int negative = code >> 31;
  if (negative)
    angle = -angle;
  float high = (float)angle;
  y[0] = high * 0x1p-62f;
  y[1] = (float)(angle - (int64_t)high) * 0x1p-62f;
  return negative ? -(int)nearest : (int)nearest;
}
