// 256 x 256 x 256 BF16 GEMM on the four threads of one node.
// usage: 03-gemm.elf [FILE]     FILE receives C, 256 x 256 floats, row-major
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "gemm_data.h"
#include "gemm_kernel.h"
#include "node_team.h"
#include <stdio.h>

enum { M = 256, N = 256, K = 256 };

static uint16_t A[M * K] __attribute__((aligned(64)));
static uint16_t B[K * N] __attribute__((aligned(64)));
static float C[M * N] __attribute__((aligned(64)));
static Tile PackedA[M * K / 32], PackedB[K * N / 32];

enum { TilesOfPanelA = PanelRows * K / 32, TilesOfPanelB = PanelColumns * K / 32 };

// A thread packs a quarter of B for all, and the rows of A that are its own.
static void work(void *unused) {
  (void)unused;
  const int thread = tatami_thread();
  packRowsOfAllPanels(B, N, N, K, thread * K / TeamSize,
                      (thread + 1) * K / TeamSize, PackedB);
  teamMeet(thread);

  for (int p = thread; p < M / PanelRows; p += TeamSize) {
    Tile *panel = PackedA + p * TilesOfPanelA;
    packPanelOfA(A + p * PanelRows * K, K, K, panel);
    for (int j = 0; j < N / PanelColumns; ++j)
      multiplyPanels(panel, PackedB + j * TilesOfPanelB, K, 1, 0,
                     C + p * PanelRows * N + j * PanelColumns, N);
  }
}

int main(int argc, char **argv) {
  for (int i = 0; i < M; ++i)
    for (int k = 0; k < K; ++k)
      A[i * K + k] = gemmElement(GemmSeedA, i, k);
  for (int k = 0; k < K; ++k)
    for (int j = 0; j < N; ++j)
      B[k * N + j] = gemmElement(GemmSeedB, k, j);

  tatami_region_begin("gemm");
  teamRun(work, 0);
  tatami_region_end();

  if (argc > 1) {
    FILE *file = fopen(argv[1], "wb");
    if (!file || fwrite(C, sizeof C, 1, file) != 1 || fclose(file) != 0) {
      fprintf(stderr, "gemm: error: cannot write '%s'\n", argv[1]);
      return 1;
    }
  }
  printf("gemm: %d x %d x %d, C[0][0] = %.8g, C[%d][%d] = %.8g\n", M, N, K,
         (double)C[0], M - 1, N - 1, (double)C[M * N - 1]);
  return 0;
}
