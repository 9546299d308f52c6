// Small matrix products in BF16 and the packing of their operands.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A tile is one register: 8x4 elements as an A operand, 4x8 as a B operand,
// row-major. Results are 8x8 FP32. A pair is 8x8 elements as two B operands.
#ifndef TILES_H
#define TILES_H

#include "operands.h"

typedef tatami_v16f32 V16f;
typedef tatami_v16i32 V16i;
typedef tatami_acc Acc;
typedef Tile Pair[2];

static inline Tile narrow(V16f low, V16f high) { return __builtin_tatami_cvt_bf16_f32(low, high); }
// The larger of x and 0; -0 and NaN become 0.
static inline V16f relu(V16f x) { return (V16f)((V16i)x & (x > 0.0f)); }
// `value` where `sum` was above 0, else 0.
static inline V16f where(V16f sum, V16f value) { return (V16f)((V16i)value & (sum > 0.0f)); }

// 16 rows to A tiles: `low` gets rows 0 to 7, `high` 8 to 15, by k group.
static inline void packRows(const uint16_t *m, long ld, long columns, Tile *low, Tile *high) {
  for (long k = 0; k < columns; k += 32) {
    packRowsOfA(m + k, ld, low + k / 4, 1);
    packRowsOfA(m + 8 * ld + k, ld, high + k / 4, 1);
  }
}

// 16 rows to B tiles: out[k group][tile], `stride` tiles a k group.
static inline void packTiles(const uint16_t *m, long ld, long columns, Tile *out, long stride) {
  for (int g = 0; g < 4; ++g)
    for (long j = 0; j < columns; j += 32)
      tilesOfB(m + 4 * g * ld + j, ld, out + g * stride + j / 8);
}

// 16 rows, transposed, to A tiles: out[8 columns][k group of 4 rows].
static inline void packColumns(const uint16_t *m, long ld, long columns, Tile *out) {
  for (int g = 0; g < 4; ++g)
    for (long j = 0; j < columns; j += 32) {
      Tile t[4];
      tilesOfB(m + 4 * g * ld + j, ld, t);
      for (int i = 0; i < 4; ++i)
        out[(j / 8 + i) * 4 + g] = (Tile)__builtin_tatami_trn_4x8_h((tatami_v32u16)t[i]);
    }
}

// 8 rows of 8 become those of the transposed matrix.
static inline void transpose8x8(const Pair rows, Pair out) {
  Lanes64 a = (Lanes64)__builtin_tatami_trn_4x8_h((tatami_v32u16)rows[0]);
  Lanes64 b = (Lanes64)__builtin_tatami_trn_4x8_h((tatami_v32u16)rows[1]);
  out[0] = (Tile)LO(d, a, b);
  out[1] = (Tile)HI(d, a, b);
}

// 8x8 floats to their BF16 copies.
static inline void narrowTile(const float *m, Pair out) {
  const V16f *v = (const V16f *)m;
  out[0] = narrow(v[0], v[1]);
  out[1] = narrow(v[2], v[3]);
}

// 16x32 block: two rows of A tiles by four columns of pairs, `stride` pairs a row.
static inline void multiply2x4(const Tile *a0, const Tile *a1, const Pair *b, long stride, long rows, float *c, long ldc) {
  Acc c00, c01, c02, c03, c10, c11, c12, c13;
  c00 = c01 = c02 = c03 = c10 = c11 = c12 = c13 = __builtin_tatami_acc_zero();
  for (long r = 0; r < rows; ++r, b += stride)
#pragma clang loop unroll(full)
    for (int h = 0; h < 2; ++h) {
      Tile b0 = b[0][h], b1 = b[1][h], b2 = b[2][h], b3 = b[3][h], x = a0[2 * r + h], y = a1[2 * r + h];
      c00 = __builtin_tatami_mma_bf16(c00, x, b0), c01 = __builtin_tatami_mma_bf16(c01, x, b1);
      c02 = __builtin_tatami_mma_bf16(c02, x, b2), c03 = __builtin_tatami_mma_bf16(c03, x, b3);
      c10 = __builtin_tatami_mma_bf16(c10, y, b0), c11 = __builtin_tatami_mma_bf16(c11, y, b1);
      c12 = __builtin_tatami_mma_bf16(c12, y, b2), c13 = __builtin_tatami_mma_bf16(c13, y, b3);
    }
  storePair(c00, c01, c, ldc), storePair(c02, c03, c + 16, ldc);
  storePair(c10, c11, c + 8 * ldc, ldc), storePair(c12, c13, c + 8 * ldc + 16, ldc);
}

// 16x16 block: two by two.
static inline void multiply2x2(const Tile *a0, const Tile *a1, const Pair *b, long stride, long rows, float *c, long ldc) {
  Acc c00, c01, c10, c11;
  c00 = c01 = c10 = c11 = __builtin_tatami_acc_zero();
  for (long r = 0; r < rows; ++r, b += stride)
#pragma clang loop unroll(full)
    for (int h = 0; h < 2; ++h) {
      Tile b0 = b[0][h], b1 = b[1][h], x = a0[2 * r + h], y = a1[2 * r + h];
      c00 = __builtin_tatami_mma_bf16(c00, x, b0), c01 = __builtin_tatami_mma_bf16(c01, x, b1);
      c10 = __builtin_tatami_mma_bf16(c10, y, b0), c11 = __builtin_tatami_mma_bf16(c11, y, b1);
    }
  storePair(c00, c01, c, ldc), storePair(c10, c11, c + 8 * ldc, ldc);
}

// 8x64 and 8x16 blocks, stored tile by tile.
static inline void multiply1x8(const Tile *a, const Tile *b, long stride, long groups, float (*out)[64]) {
  Acc c0, c1, c2, c3, c4, c5, c6, c7;
  c0 = c1 = c2 = c3 = c4 = c5 = c6 = c7 = __builtin_tatami_acc_zero();
  for (long g = 0; g < groups; ++g, b += stride) {
    Tile x = a[g];
    c0 = __builtin_tatami_mma_bf16(c0, x, b[0]), c1 = __builtin_tatami_mma_bf16(c1, x, b[1]);
    c2 = __builtin_tatami_mma_bf16(c2, x, b[2]), c3 = __builtin_tatami_mma_bf16(c3, x, b[3]);
    c4 = __builtin_tatami_mma_bf16(c4, x, b[4]), c5 = __builtin_tatami_mma_bf16(c5, x, b[5]);
    c6 = __builtin_tatami_mma_bf16(c6, x, b[6]), c7 = __builtin_tatami_mma_bf16(c7, x, b[7]);
  }
  Acc *o = (Acc *)out;
  o[0] = c0, o[1] = c1, o[2] = c2, o[3] = c3, o[4] = c4, o[5] = c5, o[6] = c6, o[7] = c7;
}
static inline void multiply1x2(const Tile *a, const Tile *b, long stride, long groups, float *out) {
  Acc c0, c1;
  c0 = c1 = __builtin_tatami_acc_zero();
  for (long g = 0; g < groups; ++g, b += stride) {
    c0 = __builtin_tatami_mma_bf16(c0, a[g], b[0]);
    c1 = __builtin_tatami_mma_bf16(c1, a[g], b[1]);
  }
  Acc *o = (Acc *)out;
  o[0] = c0, o[1] = c1;
}

#endif
