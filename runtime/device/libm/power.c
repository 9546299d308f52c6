//===- power.c - x to the power of y, in integers -------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The kernel of newlib's powf. Newlib's own, in float, is wrong by as much as
// 80 units in the last place. This one computes 2^(y * log2 x) in fixed point
// with at least 10 more bits than the result has, so what it returns is the
// nearest float but for results that lie almost half way between two.
//===----------------------------------------------------------------------===//

#include "FixedPoint.h"

/// log2 of a positive float, times 2^63. From z = x / 2^k near 1 and
/// log2 z = 2 / ln 2 * atanh s with s = (z - 1) / (z + 1).
static __int128 log2Of(uint32_t code) {
  /// 2 / (ln 2 * (2n + 1)) * 2^61.
  static const uint64_t series[] = {
      0x5c551d94ae0bf85e, 0x1ec709dc3a03fd75, 0x12776c50ef9bfe79,
      0x0d30bb153d6f6ca0, 0x0a42589ebe01547c, 0x0864d424ca011694,
      0x071a3d5a34c5d807, 0x0627cec5a533ff7e, 0x056e6b26dd0fc351,
      0x04dc0f07d343ff99, 0x046593b1bf252435};
  struct Parts x = split(code);
  // Relative to 1 or, above the square root of two, to 2.
  int log2Unit = x.significand > 0xb504f3 ? 24 : 23;
  int32_t unit = 1 << log2Unit;
  __int128 whole = x.exponent + log2Unit;
  int32_t difference = x.significand - unit;
  uint64_t size = (uint64_t)(difference < 0 ? -difference : difference);
  uint64_t sum = (uint64_t)(x.significand + unit);
  // s times 2^64, in two steps because 64 bits divide 64 bits.
  uint64_t high = (size << 40) / sum, rest = (size << 40) % sum;
  uint64_t s = (high << 24) + (rest << 24) / sum;
  uint64_t square = multiplyHigh(s, s);
  uint64_t value = series[10];
  for (int n = 9; n >= 0; --n)
    value = series[n] + multiplyHigh(value, square);
  __int128 part = (__int128)((unsigned __int128)value * s >> 62);
  return (whole << 63) + (difference < 0 ? -part : part);
}

/// 2^(\p power / 2^52) as a float, for -2^60 < power < 2^60.
static float exp2Of(int64_t power) {
  struct Scaled result = exp2Fixed(power);
  if (result.exponent > 128)
    return floatOf(Infinity);
  if (result.exponent >= -125) { // the conversion rounds
    uint32_t code =
        codeOf((float)result.value) + ((uint32_t)(result.exponent - 62) << 23);
    return floatOf(code < Infinity ? code : Infinity);
  }
  // In units of the smallest subnormal, rounded to even.
  int shift = -(result.exponent + 87);
  if (shift > 63)
    return 0;
  int64_t half = (int64_t)1 << (shift - 1);
  int64_t lost = result.value & (2 * half - 1);
  int64_t kept = result.value >> shift;
  kept += lost > half || (lost == half && (kept & 1));
  return floatOf((uint32_t)kept);
}

/// x^y for finite positive x and y that is neither 0 nor infinite.
static float powerOf(uint32_t x, uint32_t y) {
  __int128 logarithm = log2Of(x);
  int negative = (logarithm < 0) != (y >> 31);
  struct Parts factor = split(y & ~SIGN_BIT);
  unsigned __int128 product =
      (unsigned __int128)(logarithm < 0 ? -logarithm : logarithm) *
      (uint32_t)factor.significand;
  if (product == 0)
    return 1;
  // The product is the result's logarithm times 2^(63 - factor.exponent).
  int bits = (uint64_t)(product >> 64)
                 ? 128 - __builtin_clzl((uint64_t)(product >> 64))
                 : 64 - __builtin_clzl((uint64_t)product);
  if (bits + factor.exponent - 63 > 8) // 256 and more
    return negative ? 0 : floatOf(Infinity);
  int shift = 63 - 52 - factor.exponent;
  int64_t power = shift > 127 ? 0
                  : shift < 0 ? (int64_t)(product << -shift)
                              : (int64_t)(product >> shift);
  return exp2Of(negative ? -power : power);
}

enum Integer { NotInteger, OddInteger, EvenInteger };

static enum Integer integerKind(uint32_t magnitude) {
  int exponent = (int)(magnitude >> 23) - 127;
  if (exponent < 0)
    return NotInteger;
  if (exponent > 23)
    return EvenInteger;
  uint32_t unit = (uint32_t)1 << (23 - exponent);
  if (magnitude & (unit - 1))
    return NotInteger;
  // The leading one is not stored.
  return exponent == 0 || (magnitude & unit) ? OddInteger : EvenInteger;
}

/// What newlib's powf calls; it sets errno.
float __ieee754_powf(float x, float y) {
  uint32_t codeX = codeOf(x), codeY = codeOf(y);
  uint32_t sizeX = codeX & ~SIGN_BIT, sizeY = codeY & ~SIGN_BIT;
  if (sizeY == 0 || codeX == One)
    return 1;
  if (sizeX > Infinity || sizeY > Infinity)
    return x + y;
  if (sizeY == Infinity) {
    if (sizeX == One)
      return 1;
    return (sizeX > One) == (codeY >> 31) ? 0 : floatOf(Infinity);
  }
  enum Integer kind = codeX >> 31 ? integerKind(sizeY) : NotInteger;
  float sign = kind == OddInteger ? -1 : 1;
  if (sizeX == 0 || sizeX == Infinity)
    return sign * ((sizeX == 0) == (codeY >> 31) ? floatOf(Infinity) : 0);
  if (codeX >> 31 && kind == NotInteger)
    return (x - x) / (x - x);
  return sign * powerOf(sizeX, codeY);
}
