// Row-major BF16 matrices as operands of the matrix unit, and its sums as rows.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A tile is one register: 8x4 elements of A or 4x8 of B, row-major. Packing is
// made of interleavings of register halves, which are steps of a transpose.
#ifndef OPERANDS_H
#define OPERANDS_H

#include <tatami.h>

typedef tatami_v32bf16 Tile;
typedef tatami_v8u64 Lanes64;

#define LO(L, a, b) __builtin_tatami_zipl_##L(a, b)
#define HI(L, a, b) __builtin_tatami_ziph_##L(a, b)

// Packs 8 rows of 32 k's of A into the 8 tiles of those k's, `stride` tiles
// apart. A row's 64-bit element is 4 k's, so this is an 8x8 transpose of 64-bit
// elements: rows i and i + 4 meet in each of three rounds.
static inline void packRowsOfA(const uint16_t *a, long lda, Tile *out,
                               long stride) {
  Lanes64 r[8], s[8];
  for (int i = 0; i < 8; ++i)
    r[i] = *(const Lanes64 *)(a + i * lda);
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

// 4 rows of 32 columns of B to four tiles: a 4x4 transpose of 128 bits.
static inline void tilesOfB(const uint16_t *b, long ldb, Tile out[4]) {
  Lanes64 r0 = *(const Lanes64 *)(b), r1 = *(const Lanes64 *)(b + ldb);
  Lanes64 r2 = *(const Lanes64 *)(b + 2 * ldb);
  Lanes64 r3 = *(const Lanes64 *)(b + 3 * ldb);
  Lanes64 a0 = LO(q, r0, r2), a1 = HI(q, r0, r2);
  Lanes64 b0 = LO(q, r1, r3), b1 = HI(q, r1, r3);
  out[0] = (Tile)LO(q, a0, b0), out[1] = (Tile)HI(q, a0, b0);
  out[2] = (Tile)LO(q, a1, b1), out[3] = (Tile)HI(q, a1, b1);
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

#endif
