/*===- tatami/permute.h - Moving lanes -------------------------------------===
 *
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * For patterns that are constants __builtin_shufflevector picks the best of
 * these by itself. Contents are bits: cast vectors of other element types, as
 * in (tatami_v16u32)floats.
 *
 *===----------------------------------------------------------------------===*/

#ifndef TATAMI_PERMUTE_H
#define TATAMI_PERMUTE_H

#include <tatami/types.h>

/** Lane i of the result is lane index[i], modulo the lanes, of v. */
TATAMI_INLINE tatami_v64u8 tatami_permute_u8(tatami_v64u8 v,
                                             tatami_v64u8 index) {
  return __builtin_tatami_perm_b(v, index);
}

/** Lane i of the result is lane index[i], modulo the lanes, of v. */
TATAMI_INLINE tatami_v32u16 tatami_permute_u16(tatami_v32u16 v,
                                               tatami_v32u16 index) {
  return __builtin_tatami_perm_h(v, index);
}

/** Lane i of the result is lane index[i], modulo the lanes, of v. */
TATAMI_INLINE tatami_v16u32 tatami_permute_u32(tatami_v16u32 v,
                                               tatami_v16u32 index) {
  return __builtin_tatami_perm_w(v, index);
}

/** Lane i of the result is lane index[i], modulo the lanes, of v. */
TATAMI_INLINE tatami_v8u64 tatami_permute_u64(tatami_v8u64 v,
                                              tatami_v8u64 index) {
  return __builtin_tatami_perm_d(v, index);
}

/** Lane i of the result is lane index[i], modulo twice the lanes, of a
 * followed by b. */
TATAMI_INLINE tatami_v64u8 tatami_permute2_u8(tatami_v64u8 index,
                                              tatami_v64u8 a, tatami_v64u8 b) {
  return __builtin_tatami_perm2_b(index, a, b);
}

/** Lane i of the result is lane index[i], modulo twice the lanes, of a
 * followed by b. */
TATAMI_INLINE tatami_v32u16 tatami_permute2_u16(tatami_v32u16 index,
                                                tatami_v32u16 a,
                                                tatami_v32u16 b) {
  return __builtin_tatami_perm2_h(index, a, b);
}

/** Lane i of the result is lane index[i], modulo twice the lanes, of a
 * followed by b. */
TATAMI_INLINE tatami_v16u32 tatami_permute2_u32(tatami_v16u32 index,
                                                tatami_v16u32 a,
                                                tatami_v16u32 b) {
  return __builtin_tatami_perm2_w(index, a, b);
}

/** Lane i of the result is lane index[i], modulo twice the lanes, of a
 * followed by b. */
TATAMI_INLINE tatami_v8u64 tatami_permute2_u64(tatami_v8u64 index,
                                               tatami_v8u64 a, tatami_v8u64 b) {
  return __builtin_tatami_perm2_d(index, a, b);
}

/** Interleaves the 8-bit elements of the low halves: a[0], b[0], a[1], ... */
TATAMI_INLINE tatami_v64u8 tatami_zip_lo_u8(tatami_v64u8 a, tatami_v64u8 b) {
  return __builtin_tatami_zipl_b(a, b);
}

/** Interleaves the 8-bit elements of the high halves. */
TATAMI_INLINE tatami_v64u8 tatami_zip_hi_u8(tatami_v64u8 a, tatami_v64u8 b) {
  return __builtin_tatami_ziph_b(a, b);
}

/** Interleaves the 16-bit elements of the low halves: a[0], b[0], a[1], ... */
TATAMI_INLINE tatami_v32u16 tatami_zip_lo_u16(tatami_v32u16 a,
                                              tatami_v32u16 b) {
  return __builtin_tatami_zipl_h(a, b);
}

/** Interleaves the 16-bit elements of the high halves. */
TATAMI_INLINE tatami_v32u16 tatami_zip_hi_u16(tatami_v32u16 a,
                                              tatami_v32u16 b) {
  return __builtin_tatami_ziph_h(a, b);
}

/** Interleaves the 32-bit elements of the low halves: a[0], b[0], a[1], ... */
TATAMI_INLINE tatami_v16u32 tatami_zip_lo_u32(tatami_v16u32 a,
                                              tatami_v16u32 b) {
  return __builtin_tatami_zipl_w(a, b);
}

/** Interleaves the 32-bit elements of the high halves. */
TATAMI_INLINE tatami_v16u32 tatami_zip_hi_u32(tatami_v16u32 a,
                                              tatami_v16u32 b) {
  return __builtin_tatami_ziph_w(a, b);
}

/** Interleaves the 64-bit elements of the low halves: a[0], b[0], a[1], ... */
TATAMI_INLINE tatami_v8u64 tatami_zip_lo_u64(tatami_v8u64 a, tatami_v8u64 b) {
  return __builtin_tatami_zipl_d(a, b);
}

/** Interleaves the 64-bit elements of the high halves. */
TATAMI_INLINE tatami_v8u64 tatami_zip_hi_u64(tatami_v8u64 a, tatami_v8u64 b) {
  return __builtin_tatami_ziph_d(a, b);
}

/** Interleaves the 128-bit elements of the low halves: a[0], b[0], a[1],
 * ... */
TATAMI_INLINE tatami_v8u64 tatami_zip_lo_u128(tatami_v8u64 a, tatami_v8u64 b) {
  return __builtin_tatami_zipl_q(a, b);
}

/** Interleaves the 128-bit elements of the high halves. */
TATAMI_INLINE tatami_v8u64 tatami_zip_hi_u128(tatami_v8u64 a, tatami_v8u64 b) {
  return __builtin_tatami_ziph_q(a, b);
}

/** Interleaves the 256-bit elements of the low halves: a[0], b[0], a[1],
 * ... */
TATAMI_INLINE tatami_v8u64 tatami_zip_lo_u256(tatami_v8u64 a, tatami_v8u64 b) {
  return __builtin_tatami_zipl_o(a, b);
}

/** Interleaves the 256-bit elements of the high halves. */
TATAMI_INLINE tatami_v8u64 tatami_zip_hi_u256(tatami_v8u64 a, tatami_v8u64 b) {
  return __builtin_tatami_ziph_o(a, b);
}

/** The even lanes of a, then the even lanes of b. */
TATAMI_INLINE tatami_v64u8 tatami_unzip_even_u8(tatami_v64u8 a,
                                                tatami_v64u8 b) {
  return __builtin_tatami_uzpe_b(a, b);
}

/** The odd lanes of a, then the odd lanes of b. */
TATAMI_INLINE tatami_v64u8 tatami_unzip_odd_u8(tatami_v64u8 a, tatami_v64u8 b) {
  return __builtin_tatami_uzpo_b(a, b);
}

/** The even lanes of a, then the even lanes of b. */
TATAMI_INLINE tatami_v32u16 tatami_unzip_even_u16(tatami_v32u16 a,
                                                  tatami_v32u16 b) {
  return __builtin_tatami_uzpe_h(a, b);
}

/** The odd lanes of a, then the odd lanes of b. */
TATAMI_INLINE tatami_v32u16 tatami_unzip_odd_u16(tatami_v32u16 a,
                                                 tatami_v32u16 b) {
  return __builtin_tatami_uzpo_h(a, b);
}

/** The even lanes of a, then the even lanes of b. */
TATAMI_INLINE tatami_v16u32 tatami_unzip_even_u32(tatami_v16u32 a,
                                                  tatami_v16u32 b) {
  return __builtin_tatami_uzpe_w(a, b);
}

/** The odd lanes of a, then the odd lanes of b. */
TATAMI_INLINE tatami_v16u32 tatami_unzip_odd_u32(tatami_v16u32 a,
                                                 tatami_v16u32 b) {
  return __builtin_tatami_uzpo_w(a, b);
}

/** The even lanes of a, then the even lanes of b. */
TATAMI_INLINE tatami_v8u64 tatami_unzip_even_u64(tatami_v8u64 a,
                                                 tatami_v8u64 b) {
  return __builtin_tatami_uzpe_d(a, b);
}

/** The odd lanes of a, then the odd lanes of b. */
TATAMI_INLINE tatami_v8u64 tatami_unzip_odd_u64(tatami_v8u64 a,
                                                tatami_v8u64 b) {
  return __builtin_tatami_uzpo_d(a, b);
}

/** The 64 bytes from byte \p BYTE on of \p A followed by \p B (tatami_v64u8).
 *  \p BYTE is a constant from 0 to 63. */
#define tatami_align(A, B, BYTE) __builtin_tatami_align((A), (B), (BYTE))

/** Transposes: 4 rows of 8 16-bit elements to 8 rows of 4. */
TATAMI_INLINE tatami_v32u16 tatami_transpose_4x8_u16(tatami_v32u16 v) {
  return __builtin_tatami_trn_4x8_h(v);
}

/** Transposes: 8 rows of 4 16-bit elements to 4 rows of 8. */
TATAMI_INLINE tatami_v32u16 tatami_transpose_8x4_u16(tatami_v32u16 v) {
  return __builtin_tatami_trn_8x4_h(v);
}

/** Transposes: 8 rows of 8 bytes to their transpose. */
TATAMI_INLINE tatami_v64u8 tatami_transpose_8x8_u8(tatami_v64u8 v) {
  return __builtin_tatami_trn_8x8_b(v);
}

/** Transposes: 4 rows of 4 32-bit elements to their transpose. */
TATAMI_INLINE tatami_v16u32 tatami_transpose_4x4_u32(tatami_v16u32 v) {
  return __builtin_tatami_trn_4x4_w(v);
}

/** Transposes: 8 rows of 2 32-bit elements to 2 rows of 8. */
TATAMI_INLINE tatami_v16u32 tatami_transpose_8x2_u32(tatami_v16u32 v) {
  return __builtin_tatami_trn_8x2_w(v);
}

/** Transposes: 2 rows of 8 32-bit elements to 8 rows of 2. */
TATAMI_INLINE tatami_v16u32 tatami_transpose_2x8_u32(tatami_v16u32 v) {
  return __builtin_tatami_trn_2x8_w(v);
}

#endif /* TATAMI_PERMUTE_H */
