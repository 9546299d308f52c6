/*===- tatami/convert.h - Narrow number formats ----------------------------===
 *
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Conversions between float and BF16, FP16, CFloat8 (1-4-3, 1-5-2) and CFloat16
 * (SHP, UHP). Narrow results fill the lowest lanes, the others are zero;
 * widening reads the lowest lanes. CFloat8 and SHP take an exponent bias from 0
 * to 63. Narrowing to CFloat8 and CFloat16 sets the sticky flags of
 * tatami_flags().
 *
 * Rounding is to nearest even, or stochastic (names with _sr): a pure function
 * of the value, the lane, and a seed and counter from tatami_stochastic().
 *
 *===----------------------------------------------------------------------===*/

#ifndef TATAMI_CONVERT_H
#define TATAMI_CONVERT_H

#include <tatami/types.h>

/** The seed and counter of a stochastic rounding. The same pair rounds the
 * same way; count up from vector to vector. */
TATAMI_INLINE uint64_t tatami_stochastic(uint32_t seed, uint32_t counter) {
  return (uint64_t)seed << 32 | counter;
}

/** The low 16 BF16 lanes as floats; exact. */
TATAMI_INLINE tatami_v16f32 tatami_bf16_to_f32_lo(tatami_v32bf16 v) {
  return __builtin_tatami_cvt_f32_bf16_lo(v);
}

/** The high 16 BF16 lanes as floats; exact. */
TATAMI_INLINE tatami_v16f32 tatami_bf16_to_f32_hi(tatami_v32bf16 v) {
  return __builtin_tatami_cvt_f32_bf16_hi(v);
}

/** The low 16 FP16 lanes as floats; exact. */
TATAMI_INLINE tatami_v16f32 tatami_f16_to_f32_lo(tatami_v32f16 v) {
  return __builtin_tatami_cvt_f32_f16_lo(v);
}

/** The high 16 FP16 lanes as floats; exact. */
TATAMI_INLINE tatami_v16f32 tatami_f16_to_f32_hi(tatami_v32f16 v) {
  return __builtin_tatami_cvt_f32_f16_hi(v);
}

/** 32 floats, those of \p lo first, to BF16. */
TATAMI_INLINE tatami_v32bf16 tatami_f32_to_bf16(tatami_v16f32 lo,
                                                tatami_v16f32 hi) {
  return __builtin_tatami_cvt_bf16_f32(lo, hi);
}

/** 32 floats, those of \p lo first, to FP16. */
TATAMI_INLINE tatami_v32f16 tatami_f32_to_f16(tatami_v16f32 lo,
                                              tatami_v16f32 hi) {
  return __builtin_tatami_cvt_f16_f32(lo, hi);
}

/** 16 floats to BF16, stochastically rounded. */
TATAMI_INLINE tatami_v32bf16 tatami_f32_to_bf16_sr(tatami_v16f32 v,
                                                   uint64_t stochastic) {
  return __builtin_tatami_cvtsr_bf16_f32(v, stochastic);
}

/** The low 16 CFloat8 1-4-3 lanes as floats; exact. */
TATAMI_INLINE tatami_v16f32 tatami_c143_to_f32(tatami_v64u8 v, unsigned bias) {
  return __builtin_tatami_cvt_f32_c143(v, bias);
}

/** 16 floats to CFloat8 1-4-3. */
TATAMI_INLINE tatami_v64u8 tatami_f32_to_c143(tatami_v16f32 v, unsigned bias) {
  return __builtin_tatami_cvt_c143_f32(v, bias);
}

/** 16 floats to CFloat8 1-4-3, stochastically rounded. */
TATAMI_INLINE tatami_v64u8 tatami_f32_to_c143_sr(tatami_v16f32 v, unsigned bias,
                                                 uint64_t stochastic) {
  return __builtin_tatami_cvtsr_c143_f32(v, bias, stochastic);
}

/** The low 16 CFloat8 1-5-2 lanes as floats; exact. */
TATAMI_INLINE tatami_v16f32 tatami_c152_to_f32(tatami_v64u8 v, unsigned bias) {
  return __builtin_tatami_cvt_f32_c152(v, bias);
}

/** 16 floats to CFloat8 1-5-2. */
TATAMI_INLINE tatami_v64u8 tatami_f32_to_c152(tatami_v16f32 v, unsigned bias) {
  return __builtin_tatami_cvt_c152_f32(v, bias);
}

/** 16 floats to CFloat8 1-5-2, stochastically rounded. */
TATAMI_INLINE tatami_v64u8 tatami_f32_to_c152_sr(tatami_v16f32 v, unsigned bias,
                                                 uint64_t stochastic) {
  return __builtin_tatami_cvtsr_c152_f32(v, bias, stochastic);
}

/** The low 16 CFloat16 SHP lanes as floats; exact. */
TATAMI_INLINE tatami_v16f32 tatami_shp_to_f32(tatami_v32u16 v, unsigned bias) {
  return __builtin_tatami_cvt_f32_shp(v, bias);
}

/** 16 floats to CFloat16 SHP. */
TATAMI_INLINE tatami_v32u16 tatami_f32_to_shp(tatami_v16f32 v, unsigned bias) {
  return __builtin_tatami_cvt_shp_f32(v, bias);
}

/** 16 floats to CFloat16 SHP, stochastically rounded. */
TATAMI_INLINE tatami_v32u16 tatami_f32_to_shp_sr(tatami_v16f32 v, unsigned bias,
                                                 uint64_t stochastic) {
  return __builtin_tatami_cvtsr_shp_f32(v, bias, stochastic);
}

/** The low 16 CFloat16 UHP lanes as floats; exact. */
TATAMI_INLINE tatami_v16f32 tatami_uhp_to_f32(tatami_v32u16 v) {
  return __builtin_tatami_cvt_f32_uhp(v);
}

/** 16 floats to CFloat16 UHP; a negative number becomes zero and sets
 * Invalid. */
TATAMI_INLINE tatami_v32u16 tatami_f32_to_uhp(tatami_v16f32 v) {
  return __builtin_tatami_cvt_uhp_f32(v);
}

/** 16 floats to CFloat16 UHP, stochastically rounded. */
TATAMI_INLINE tatami_v32u16 tatami_f32_to_uhp_sr(tatami_v16f32 v,
                                                 uint64_t stochastic) {
  return __builtin_tatami_cvtsr_uhp_f32(v, stochastic);
}

#endif /* TATAMI_CONVERT_H */
