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

#include <tatami.h>

typedef tatami_v32bf16 Tile; // 64 bytes: 8x4 of A or 4x8 of B

enum { PanelRows = 32, PanelColumns = 16, TileK = 4 };

typedef tatami_v8u64 Lanes64;

#define LO(L, a, b) __builtin_tatami_zipl_##L(a, b)
#define HI(L, a, b) __builtin_tatami_ziph_##L(a, b)

// Packs 8 rows of 32 k's of A into the 8 tiles of those k's. A row's 64-bit
// element is 4 k's, so this is an 8x8 transpose of 64-bit elements. Tiles of one
// k group of a panel are next to each other, so they are `stride` tiles apart.
static inline void packRowsOfA(const uint16_t *a, long lda, Tile *out,
                               long stride) {
  Lanes64 r[8], s[8];
  for (int i = 0; i < 8; ++i)
    r[i] = *(const Lanes64 *)(a + i * lda);
  // Rows i and i + 4 meet, then i and i + 2, then i and i + 1: three rounds of
  // interleaving halves leave column k of all eight rows in one register.
  for (int i = 0; i < 4; ++i) {
    s[2 * i] = LO(d, r[i], r[i + 4]);
    s[2 * i + 1] = HI(d, r[i], r[i + 4]);
  }
  for (int i = 0; i < 4; ++i) {
    r[2 * i] = LO(d, s[i], s[i + 4]);
    r[2 * i + 1] = HI(d, s[i], s[i + 4]);
  }
  for (int i = 0; i < 4; ++i) {
    s[2 * i] = LO(d, r[i], r[i + 4]);
    s[2 * i + 1] = HI(d, r[i], r[i + 4]);
  }
  for (int k = 0; k < 8; ++k)
    *(Lanes64 *)(out + k * stride) = s[k];
}

// Packs 4 rows of 32 columns of B into 4 tiles: a 4x4 transpose of 128 bits.
// Tiles 0 and 1 belong to one panel, 2 and 3 to the next.
static inline void packRowsOfB(const uint16_t *b, long ldb, Tile *panel0,
                               Tile *panel1) {
  Lanes64 r0 = *(const Lanes64 *)(b), r1 = *(const Lanes64 *)(b + ldb);
  Lanes64 r2 = *(const Lanes64 *)(b + 2 * ldb);
  Lanes64 r3 = *(const Lanes64 *)(b + 3 * ldb);
  Lanes64 a0 = LO(q, r0, r2), a1 = HI(q, r0, r2);
  Lanes64 b0 = LO(q, r1, r3), b1 = HI(q, r1, r3);
  *(Lanes64 *)(panel0 + 0) = LO(q, a0, b0);
  *(Lanes64 *)(panel0 + 1) = HI(q, a0, b0);
  *(Lanes64 *)(panel1 + 0) = LO(q, a1, b1);
  *(Lanes64 *)(panel1 + 1) = HI(q, a1, b1);
}

// Packs a panel of 32 rows of A, K columns wide.
static inline void packPanelOfA(const uint16_t *a, long lda, long k,
                                Tile *out) {
  for (long k0 = 0; k0 < k; k0 += 32)
    for (int t = 0; t < 4; ++t)
      packRowsOfA(a + t * 8 * lda + k0, lda, out + (k0 / TileK) * 4 + t, 4);
}

// Packs rows [k0, k1) of B, n columns wide; k0 and k1 are multiples of 4.
static inline void packRowsOfAllPanels(const uint16_t *b, long ldb, long n,
                                       long k, long k0, long k1, Tile *out) {
  const long panel = (k / TileK) * 2;
  for (long kk = k0; kk < k1; kk += TileK)
    for (long j = 0; j < n; j += 2 * PanelColumns) {
      Tile *at = out + (j / PanelColumns) * panel + (kk / TileK) * 2;
      packRowsOfB(b + kk * ldb + j, ldb, at, at + panel);
    }
}

// Stores two accumulators side by side as 8 rows of 16 columns.
static inline void storePair(tatami_acc left, tatami_acc right, float *c,
                             long ldc) {
#define STORE_SLICE(S)                                                         \
  {                                                                            \
    Lanes64 l = (Lanes64)__builtin_tatami_acc_get(left, S);                    \
    Lanes64 r = (Lanes64)__builtin_tatami_acc_get(right, S);                   \
    *(Lanes64 *)(c + (2 * S) * ldc) = LO(o, l, r);                             \
    *(Lanes64 *)(c + (2 * S + 1) * ldc) = HI(o, l, r);                         \
  }
  STORE_SLICE(0)
  STORE_SLICE(1)
  STORE_SLICE(2)
  STORE_SLICE(3)
#undef STORE_SLICE
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
#pragma clang loop unroll_count(4)
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
