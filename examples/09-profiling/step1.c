// Step 1: operands are packed once, not each time they are used.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "gemm.h"
#include "operands.h"

static Tile PackedA[M / 8][K / 4], PackedB[N / 8][K / 4];

static void pack(void) {
  for (int i = 0; i < M; i += 8)
    for (int k = 0; k < K; k += 32)
      packRowsOfA(A + i * K + k, K, &PackedA[i / 8][k / 4], 1);
  for (int k = 0; k < K; k += 4)
    for (int j = 0; j < N; j += 32) {
      Tile t[4];
      tilesOfB(B + k * N + j, N, t);
      for (int n = 0; n < 4; ++n)
        PackedB[j / 8 + n][k / 4] = t[n];
    }
}

void gemm(void) {
  pack();
  for (int i = 0; i < M; i += 8)
    for (int j = 0; j < N; j += 16) {
      tatami_acc sums[2] = {tatami_acc_zero(), tatami_acc_zero()};
      for (int n = 0; n < 2; ++n)
        for (int k = 0; k < K / 4; ++k)
          sums[n] = tatami_mma_bf16(sums[n], PackedA[i / 8][k], PackedB[j / 8 + n][k]);
      storePair(sums[0], sums[1], C + i * N + j, N);
    }
}
