/*===- tatami/matrix.h - The matrix unit -----------------------------------===
 *
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * acc[8][8] += A[8][k] * B[k][8], all row-major: element (i, n) of A is lane
 * i * k + n, element (n, j) of B is lane n * 8 + j. Operands widen exactly to
 * float; for each n in ascending order there is one fused multiply-add, so the
 * result is the same bits everywhere. k is 4 for 16-bit operands and 8 for
 * 8-bit ones.
 *
 *===----------------------------------------------------------------------===*/

#ifndef TATAMI_MATRIX_H
#define TATAMI_MATRIX_H

#include <tatami/types.h>

/** An accumulator of zeros. */
TATAMI_INLINE tatami_acc tatami_acc_zero(void) {
  return __builtin_tatami_acc_zero();
}
/** An integer accumulator of zeros. */
TATAMI_INLINE tatami_acci tatami_acci_zero(void) {
  return __builtin_tatami_acci_zero();
}

/** Rows 2 * SLICE and 2 * SLICE + 1 of an accumulator: 16 elements.
 *  \p SLICE is a constant from 0 to 3. */
#define tatami_acc_get(ACC, SLICE) __builtin_tatami_acc_get((ACC), (SLICE))
/** As tatami_acc_get, of integers. */
#define tatami_acci_get(ACC, SLICE) __builtin_tatami_acci_get((ACC), (SLICE))

/** \p ACC with rows 2 * SLICE and 2 * SLICE + 1 replaced by \p ROWS.
 *  \p SLICE is a constant from 0 to 3. */
#define tatami_acc_put(ACC, ROWS, SLICE)                                       \
  __builtin_tatami_acc_put((ACC), (ROWS), (SLICE))
/** As tatami_acc_put, of integers. */
#define tatami_acci_put(ACC, ROWS, SLICE)                                      \
  __builtin_tatami_acci_put((ACC), (ROWS), (SLICE))

/** Loads 64 floats, row-major, from an address that is a multiple of 64. */
TATAMI_INLINE tatami_acc tatami_acc_load(const float *from) {
  return *(const tatami_acc *)(const void *)from;
}
/** Loads 64 integers, row-major, from an address that is a multiple of 64. */
TATAMI_INLINE tatami_acci tatami_acci_load(const int32_t *from) {
  return *(const tatami_acci *)(const void *)from;
}
/** Stores 64 floats, row-major, to an address that is a multiple of 64. */
TATAMI_INLINE void tatami_acc_store(float *to, tatami_acc acc) {
  *(tatami_acc *)(void *)to = acc;
}
/** Stores 64 integers, row-major, to an address that is a multiple of 64. */
TATAMI_INLINE void tatami_acci_store(int32_t *to, tatami_acci acc) {
  *(tatami_acci *)(void *)to = acc;
}

/** acc + A * B in BF16: A is 8 x 4, B is 4 x 8. */
TATAMI_INLINE tatami_acc tatami_mma_bf16(tatami_acc acc, tatami_v32bf16 a,
                                         tatami_v32bf16 b) {
  return __builtin_tatami_mma_bf16(acc, a, b);
}
/** acc + A * B in FP16: A is 8 x 4, B is 4 x 8. */
TATAMI_INLINE tatami_acc tatami_mma_f16(tatami_acc acc, tatami_v32f16 a,
                                        tatami_v32f16 b) {
  return __builtin_tatami_mma_f16(acc, a, b);
}
/** acc + A * B of signed bytes, 32-bit wrapping sums: A and B are 8 x 8. */
TATAMI_INLINE tatami_acci tatami_mma_s8(tatami_acci acc, tatami_v64i8 a,
                                        tatami_v64i8 b) {
  return __builtin_tatami_mma_s8(acc, a, b);
}
/** acc + A * B of unsigned bytes, 32-bit wrapping sums: A and B are 8 x 8. */
TATAMI_INLINE tatami_acci tatami_mma_u8(tatami_acci acc, tatami_v64u8 a,
                                        tatami_v64u8 b) {
  return __builtin_tatami_mma_u8(acc, a, b);
}
/** acc + A * B, unsigned A and signed B, 32-bit wrapping sums: 8 x 8. */
TATAMI_INLINE tatami_acci tatami_mma_u8s8(tatami_acci acc, tatami_v64u8 a,
                                          tatami_v64i8 b) {
  return __builtin_tatami_mma_u8s8(acc, a, b);
}

/** The exponent biases (0 to 63) of A and B for the CFloat8 products below. */
TATAMI_INLINE uint64_t tatami_biases(unsigned a, unsigned b) {
  return (uint64_t)(a & 63) | (uint64_t)(b & 63) << 8;
}
/** acc + A * B in CFloat8 1-4-3: A and B are 8 x 8, exponent biases from
 * tatami_biases(). */
TATAMI_INLINE tatami_acc tatami_mma_c143(tatami_acc acc, tatami_v64u8 a,
                                         tatami_v64u8 b, uint64_t biases) {
  return __builtin_tatami_mma_c143(acc, a, b, biases);
}
/** acc + A * B in CFloat8 1-5-2: A and B are 8 x 8, exponent biases from
 * tatami_biases(). */
TATAMI_INLINE tatami_acc tatami_mma_c152(tatami_acc acc, tatami_v64u8 a,
                                         tatami_v64u8 b, uint64_t biases) {
  return __builtin_tatami_mma_c152(acc, a, b, biases);
}
/** acc + A * B in CFloat8, A 1-4-3 and B 1-5-2: A and B are 8 x 8, exponent
 * biases from tatami_biases(). */
TATAMI_INLINE tatami_acc tatami_mma_c143_c152(tatami_acc acc, tatami_v64u8 a,
                                              tatami_v64u8 b, uint64_t biases) {
  return __builtin_tatami_mma_c143_c152(acc, a, b, biases);
}
/** acc + A * B in CFloat8, A 1-5-2 and B 1-4-3: A and B are 8 x 8, exponent
 * biases from tatami_biases(). */
TATAMI_INLINE tatami_acc tatami_mma_c152_c143(tatami_acc acc, tatami_v64u8 a,
                                              tatami_v64u8 b, uint64_t biases) {
  return __builtin_tatami_mma_c152_c143(acc, a, b, biases);
}

#endif /* TATAMI_MATRIX_H */
