//===- DoubleResize.c - Between double and the narrower formats -----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One routine widens and one narrows, for any binary format of up to 32 bits.
// Going from double to half by way of float would round twice.
//===----------------------------------------------------------------------===//

#include "SoftDouble.h"

/// A binary interchange format: how many bits hold exponent and fraction.
struct Format {
  int exponentBits;
  int fractionBits;
};

static const struct Format Float32 = {8, 23};
static const struct Format Half = {5, 10};
static const struct Format BFloat16 = {8, 7};

static inline DoubleBits widen(uint32_t value, struct Format from) {
  int maxExponent = (1 << from.exponentBits) - 1;
  uint64_t sign = (uint64_t)(value >> (from.exponentBits + from.fractionBits))
                  << 63;
  int exponent = (int)(value >> from.fractionBits) & maxExponent;
  uint64_t fraction = value & ((1u << from.fractionBits) - 1);
  int rebias = DOUBLE_BIAS - (maxExponent >> 1);
  if (exponent == maxExponent)
    return fraction ? DOUBLE_NAN : sign | DOUBLE_INFINITY;
  if (exponent == 0) {
    if (fraction == 0)
      return sign;
    int shift = __builtin_clzll(fraction) - (63 - from.fractionBits);
    fraction = fraction << shift & ((1u << from.fractionBits) - 1);
    exponent = 1 - shift;
  }
  return sign | (uint64_t)(exponent + rebias) << 52 |
         fraction << (52 - from.fractionBits);
}

static inline uint32_t narrow(DoubleBits value, struct Format to) {
  int maxExponent = (1 << to.exponentBits) - 1;
  uint32_t infinity = (uint32_t)maxExponent << to.fractionBits;
  uint32_t sign = (uint32_t)(value >> 63)
                  << (to.exponentBits + to.fractionBits);
  uint64_t magnitudeBits = magnitude(value);
  if (magnitudeBits > DOUBLE_INFINITY)
    return infinity | 1u << (to.fractionBits - 1);
  int exponent = (int)(magnitudeBits >> 52) - DOUBLE_BIAS + (maxExponent >> 1);
  if (exponent >= maxExponent)
    return sign | infinity;
  if (magnitudeBits < DOUBLE_HIDDEN_ONE)
    return sign; // Zero, or subnormal as a double: far below any half.

  // The leading one at bit 62, as for double; `dropped` bits do not stay.
  uint64_t significand = ((magnitudeBits & DOUBLE_FRACTION) | DOUBLE_HIDDEN_ONE)
                         << 10;
  if (exponent <= 0) {
    significand = shiftRightSticky(significand, 1 - exponent);
    exponent = 1;
  }
  int dropped = 62 - to.fractionBits;
  uint64_t rest = significand & ((1ull << dropped) - 1);
  uint64_t half = 1ull << (dropped - 1);
  uint32_t result = (uint32_t)(significand >> dropped) +
                    ((uint32_t)(exponent - 1) << to.fractionBits);
  result += rest > half || (rest == half && (result & 1));
  return sign | result;
}

static inline uint32_t bitsOf(float value) {
  uint32_t bits;
  __builtin_memcpy(&bits, &value, sizeof bits);
  return bits;
}

static inline float floatOf(uint32_t bits) {
  float value;
  __builtin_memcpy(&value, &bits, sizeof value);
  return value;
}

/// What the compiler passes: on the device __bf16, which travels widened in a
/// vector register, unlike an integer. Hosts know bits only.
#ifdef __tatami__
typedef __bf16 BFloatArgument;
#else
typedef uint16_t BFloatArgument;
#endif

static inline BFloatArgument bfloatOf(uint16_t bits) {
  BFloatArgument value;
  __builtin_memcpy(&value, &bits, sizeof value);
  return value;
}

static inline uint16_t bitsOfBFloat(BFloatArgument value) {
  uint16_t bits;
  __builtin_memcpy(&bits, &value, sizeof bits);
  return bits;
}

DoubleBits __extendsfdf2(float value) { return widen(bitsOf(value), Float32); }
DoubleBits __extendhfdf2(uint16_t value) { return widen(value, Half); }
DoubleBits __extendbfdf2(BFloatArgument value) {
  return widen(bitsOfBFloat(value), BFloat16);
}
float __truncdfsf2(DoubleBits value) { return floatOf(narrow(value, Float32)); }
uint16_t __truncdfhf2(DoubleBits value) { return narrow(value, Half); }
BFloatArgument __truncdfbf2(DoubleBits value) {
  return bfloatOf(narrow(value, BFloat16));
}

// The compiler has instructions for these four; hand-written code may call
// them.
float __extendhfsf2(uint16_t value) {
  return floatOf(narrow(widen(value, Half), Float32));
}
float __extendbfsf2(BFloatArgument value) {
  return floatOf((uint32_t)bitsOfBFloat(value) << 16);
}
uint16_t __truncsfhf2(float value) {
  return narrow(widen(bitsOf(value), Float32), Half);
}
BFloatArgument __truncsfbf2(float value) {
  return bfloatOf(narrow(widen(bitsOf(value), Float32), BFloat16));
}
float __gnu_h2f_ieee(uint16_t value) { return __extendhfsf2(value); }
uint16_t __gnu_f2h_ieee(float value) { return __truncsfhf2(value); }
