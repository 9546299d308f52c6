// Step 3: four threads, so that one stores its sums while others multiply.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "gemm.h"
#include "gemm_kernel.h"
#include "node_team.h"

tatami_acc Zero[8];
static Tile PackedA[M * K / 32], PackedB[K * N / 32];

// Rows [i0, i1) of A and [k0, k1) of B.
static __attribute__((noinline)) void pack(int i0, int i1, int k0, int k1) {
  for (int i = i0; i < i1; i += PanelRows)
    packPanelOfA(A + i * K, K, K, PackedA + i * K / 32);
  packRowsOfAllPanels(B, N, N, K, k0, k1, PackedB);
}

static __attribute__((noinline)) void multiply(int i, int j) {
  multiplyPanels(PackedA + i * K / 32, PackedB + j * K / 32, K, 0, Zero, C + i * N + j, N);
}

static void work(void *unused) {
  (void)unused;
  const int thread = tatami_thread();
  const int i0 = thread * M / TeamSize, i1 = i0 + M / TeamSize;
  pack(i0, i1, thread * K / TeamSize, (thread + 1) * K / TeamSize);
  teamMeet(thread); // all of B is packed
  for (int i = i0; i < i1; i += PanelRows)
    for (int j = 0; j < N; j += PanelColumns)
      multiply(i, j);
}

void gemm(void) { teamRun(work, 0); }
