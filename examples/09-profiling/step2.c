// Step 2: eight sums grow at once, so that none has to wait for itself.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "gemm.h"
#include "gemm_kernel.h"

static Tile PackedA[M * K / 32], PackedB[K * N / 32];

static __attribute__((noinline)) void pack(void) {
  for (int i = 0; i < M; i += PanelRows)
    packPanelOfA(A + i * K, K, K, PackedA + i * K / 32);
  packRowsOfAllPanels(B, N, N, K, 0, K, PackedB);
}

static __attribute__((noinline)) void multiply(int i, int j) {
  multiplyPanels(PackedA + i * K / 32, PackedB + j * K / 32, K, 1, 0, C + i * N + j, N);
}

void gemm(void) {
  pack();
  for (int i = 0; i < M; i += PanelRows)
    for (int j = 0; j < N; j += PanelColumns)
      multiply(i, j);
}
