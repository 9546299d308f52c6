// C = A * B in BF16 with FP32 sums, on the matrix unit of one node.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Operands are row-major, as a user has them. The matrix unit wants an 8x4 tile
// of A and a 4x8 tile of B in one register each, so both are packed first:
//
//   packed A: panels of 32 rows; in a panel, for each k group of 4: four tiles
//   packed B: panels of 16 columns; for each k group of 4: two tiles
//
// The kernel then keeps a 32x16 block of C in the eight accumulators: for each
// group of 4 k's, six loads feed eight multiply-accumulates.
#ifndef GEMM_KERNEL_H
#define GEMM_KERNEL_H

#include "operands.h"

enum { PanelRows = 32, PanelColumns = 16, TileK = 4 };

// Packs 4 rows of 32 columns of B: tiles 0 and 1 belong to one panel, 2 and 3 to
// the next.
static inline void packRowsOfB(const uint16_t *b, long ldb, Tile *panel0,
                               Tile *panel1) {
  Tile t[4];
  tilesOfB(b, ldb, t);
  panel0[0] = t[0], panel0[1] = t[1];
  panel1[0] = t[2], panel1[1] = t[3];
}

// Packs 8 rows of a panel of A, K columns wide; `out` is the first of their tiles.
static inline void packGroupOfA(const uint16_t *a, long lda, long k,
                                Tile *out) {
#pragma clang loop unroll_count(1)
  for (long k0 = 0; k0 < k; k0 += 32)
    packRowsOfA(a + k0, lda, out + (k0 / TileK) * 4, 4);
}

// Packs a panel of 32 rows of A, K columns wide.
static inline void packPanelOfA(const uint16_t *a, long lda, long k,
                                Tile *out) {
  for (int group = 0; group < PanelRows / 8; ++group)
    packGroupOfA(a + group * 8 * lda, lda, k, out + group);
}

// Packs rows [k0, k1) of two panels of B that are k rows deep; k0 and k1 are
// multiples of 4.
static inline void packPairOfB(const uint16_t *b, long ldb, long k, long k0,
                               long k1, Tile *out) {
  const long panel = (k / TileK) * 2;
#pragma clang loop unroll_count(4)
  for (long kk = k0; kk < k1; kk += TileK) {
    Tile *at = out + (kk / TileK) * 2;
    packRowsOfB(b + kk * ldb, ldb, at, at + panel);
  }
}

// Packs rows [k0, k1) of B, n columns wide.
static inline void packRowsOfAllPanels(const uint16_t *b, long ldb, long n,
                                       long k, long k0, long k1, Tile *out) {
  for (long j = 0; j < n; j += 2 * PanelColumns)
    packPairOfB(b + j, ldb, k, k0, k1, out + (j / PanelColumns) * (k / TileK) * 2);
}

// One 32x16 block of C (+)= panel of A times panel of B. With `first` the sums
// start at zero, else at what `sums` holds (eight accumulators of 64 floats);
// with `c` the block is stored row-major there, else back to `sums`.
static inline void multiplyPanels(const Tile *a, const Tile *b, long k,
                                  int first, tatami_acc *sums, float *c,
                                  long ldc) {
  tatami_acc c00, c01, c10, c11, c20, c21, c30, c31;
  if (first) {
    c00 = c01 = c10 = c11 = __builtin_tatami_acc_zero();
    c20 = c21 = c30 = c31 = __builtin_tatami_acc_zero();
  } else {
    c00 = sums[0], c01 = sums[1], c10 = sums[2], c11 = sums[3];
    c20 = sums[4], c21 = sums[5], c30 = sums[6], c31 = sums[7];
  }
#pragma clang loop unroll_count(8)
  for (long i = 0; i < k / TileK; ++i, a += 4, b += 2) {
    Tile b0 = b[0], b1 = b[1];
    Tile a0 = a[0], a1 = a[1], a2 = a[2], a3 = a[3];
    c00 = __builtin_tatami_mma_bf16(c00, a0, b0);
    c01 = __builtin_tatami_mma_bf16(c01, a0, b1);
    c10 = __builtin_tatami_mma_bf16(c10, a1, b0);
    c11 = __builtin_tatami_mma_bf16(c11, a1, b1);
    c20 = __builtin_tatami_mma_bf16(c20, a2, b0);
    c21 = __builtin_tatami_mma_bf16(c21, a2, b1);
    c30 = __builtin_tatami_mma_bf16(c30, a3, b0);
    c31 = __builtin_tatami_mma_bf16(c31, a3, b1);
  }
  if (c) {
    storePair(c00, c01, c, ldc);
    storePair(c10, c11, c + 8 * ldc, ldc);
    storePair(c20, c21, c + 16 * ldc, ldc);
    storePair(c30, c31, c + 24 * ldc, ldc);
  } else {
    sums[0] = c00, sums[1] = c01, sums[2] = c10, sums[3] = c11;
    sums[4] = c20, sums[5] = c21, sums[6] = c30, sums[7] = c31;
  }
}

#endif
