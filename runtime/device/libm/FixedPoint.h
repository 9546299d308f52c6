//===- FixedPoint.h - Elementary functions in integers ----------*- C -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Multiplying 64-bit integers is as fast as multiplying floats on this machine
// and has 40 more bits, so functions that need more than a float's precision on
// the way are computed so.
//===----------------------------------------------------------------------===//

#ifndef TATAMI_LIBM_FIXEDPOINT_H
#define TATAMI_LIBM_FIXEDPOINT_H

#include <stdint.h>

enum { Infinity = 0x7f800000, One = 0x3f800000 };
#define SIGN_BIT ((uint32_t)1 << 31)

static inline uint32_t codeOf(float x) {
  uint32_t code;
  __builtin_memcpy(&code, &x, sizeof code);
  return code;
}

static inline float floatOf(uint32_t code) {
  float x;
  __builtin_memcpy(&x, &code, sizeof x);
  return x;
}

static inline uint64_t multiplyHigh(uint64_t a, uint64_t b) {
  return (uint64_t)((unsigned __int128)a * b >> 64);
}

/// A finite float is significand * 2^exponent.
struct Parts {
  int32_t significand, exponent;
};

/// Of a positive \p code. The significand of a float but 0 has its bit 23 set.
static inline struct Parts split(uint32_t code) {
  if (code < 0x800000) {
    int shift = __builtin_clz(code) - 8;
    return (struct Parts){(int32_t)(code << shift), -149 - shift};
  }
  return (struct Parts){(int32_t)((code & 0x7fffff) | 0x800000),
                        (int32_t)(code >> 23) - 150};
}

/// value / 2^62 * 2^exponent, where the first factor is near 1.
struct Scaled {
  int64_t value;
  int32_t exponent;
};

/// 2^(\p power / 2^52), with a relative error below 2^-37.
static inline struct Scaled exp2Fixed(int64_t power) {
  /// 2^62 / n!.
  static const int64_t series[] = {
      0x4000000000000000, 0x4000000000000000, 0x2000000000000000,
      0x0aaaaaaaaaaaaaab, 0x02aaaaaaaaaaaaab, 0x0088888888888889,
      0x0016c16c16c16c17, 0x0003403403403403, 0x0000680680680680,
      0x00000b8ef1d2ab64, 0x00000127e4fb778a, 0x0000001ae64567f5};
  const __int128 ln2 = (__int128)0xb17217f7d1cf79ac; // times 2^64
  int32_t whole = (int32_t)((power + ((int64_t)1 << 51)) >> 52);
  int64_t rest = power - ((int64_t)whole << 52);
  int64_t x = (int64_t)(rest * ln2 >> 54);
  int64_t value = series[11];
  for (int n = 10; n >= 0; --n)
    value = series[n] + (int64_t)((__int128)value * x >> 62);
  return (struct Scaled){value, whole};
}

#endif // TATAMI_LIBM_FIXEDPOINT_H
