/*===- tatami/math.h - Approximations and reductions -----------------------===
 *
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * What training needs of elementary functions, 16 lanes in one instruction. The
 * error bounds, and what happens to zeros, subnormals, infinities and NaN, are
 * in the ISA manual; the result is the same bits on every machine. <math.h> has
 * the exact functions for scalars.
 *
 *===----------------------------------------------------------------------===*/

#ifndef TATAMI_MATH_H
#define TATAMI_MATH_H

#include <tatami/types.h>

/** 1 / x, approximately. */
TATAMI_INLINE tatami_v16f32 tatami_rcp_approx(tatami_v16f32 x) {
  return __builtin_tatami_rcp(x);
}

/** 1 / square root of x, approximately. */
TATAMI_INLINE tatami_v16f32 tatami_rsqrt_approx(tatami_v16f32 x) {
  return __builtin_tatami_rsqrt(x);
}

/** 2 to the power of x, approximately. */
TATAMI_INLINE tatami_v16f32 tatami_exp2_approx(tatami_v16f32 x) {
  return __builtin_tatami_exp2(x);
}

/** The base-2 logarithm of x, approximately. */
TATAMI_INLINE tatami_v16f32 tatami_log2_approx(tatami_v16f32 x) {
  return __builtin_tatami_log2(x);
}

/** The hyperbolic tangent of x, approximately. */
TATAMI_INLINE tatami_v16f32 tatami_tanh_approx(tatami_v16f32 x) {
  return __builtin_tatami_tanh(x);
}

/** The sum of all lanes, as a tree: lane i plus lane i + 8, then + 4, + 2,
 * + 1. */
TATAMI_INLINE float tatami_reduce_sum(tatami_v16f32 v) {
  return __builtin_tatami_redsum_f32(v);
}

/** The smallest lane (IEEE 754-2019 minimumNumber). */
TATAMI_INLINE float tatami_reduce_min(tatami_v16f32 v) {
  return __builtin_tatami_redmin_f32(v);
}

/** The largest lane (IEEE 754-2019 maximumNumber). */
TATAMI_INLINE float tatami_reduce_max(tatami_v16f32 v) {
  return __builtin_tatami_redmax_f32(v);
}

/** \p x in every lane. */
TATAMI_INLINE tatami_v16f32 tatami_splat(float x) {
  tatami_v16f32 v = {x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x};
  return v;
}

#endif /* TATAMI_MATH_H */
