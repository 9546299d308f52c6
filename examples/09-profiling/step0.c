// Step 0: it gives the right result.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "gemm.h"

typedef union {
  uint16_t elements[32];
  tatami_v32bf16 vector;
} Tile;

typedef union {
  float elements[8][8];
  tatami_acc acc;
} Sums;

void gemm(void) {
  for (int i = 0; i < M; i += 8)
    for (int j = 0; j < N; j += 8) {
      Sums sums;
      tatami_acc acc = tatami_acc_zero();
      for (int k = 0; k < K; k += 4) {
        Tile a, b; // 8 rows of 4 elements of A, 4 rows of 8 of B
        for (int r = 0; r < 8; ++r)
          for (int c = 0; c < 4; ++c)
            a.elements[r * 4 + c] = A[(i + r) * K + k + c];
        for (int r = 0; r < 4; ++r)
          for (int c = 0; c < 8; ++c)
            b.elements[r * 8 + c] = B[(k + r) * N + j + c];
        acc = tatami_mma_bf16(acc, a.vector, b.vector);
      }
      sums.acc = acc;
      for (int r = 0; r < 8; ++r)
        for (int c = 0; c < 8; ++c)
          C[(i + r) * N + j + c] = sums.elements[r][c];
    }
}
