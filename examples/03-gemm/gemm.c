// 256 x 256 x 256 BF16 GEMM on the four threads of one node.
// usage: 03-gemm.elf [FILE]     FILE receives C, 256 x 256 floats, row-major
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Packing, multiplying and storing use different units, so the matrix unit stays
// busy if the threads are not all at the same step. The work is therefore cut
// into tasks: whichever thread is free does the next one, and while some threads
// multiply another packs what is needed next.
#include "gemm_data.h"
#include "gemm_kernel.h"
#include "node_team.h"
#include <stdio.h>

enum { M = 256, N = 256, K = 256 };

static uint16_t A[M * K] __attribute__((aligned(64)));
static uint16_t B[K * N] __attribute__((aligned(64)));
static float C[M * N] __attribute__((aligned(64)));
static Tile PackedA[M * K / 32], PackedB[K * N / 32];

// Sums start from here: loading zeros takes no time of the matrix unit, setting
// accumulators to zero does. Not static, or the compiler sees that it is zero.
tatami_acc Zero[8];

enum {
  PanelsOfA = M / PanelRows,
  // Panels of B are packed two at a time: a register holds a row of both.
  PanelsOfB = N / PanelColumns,
  TilesOfPanelA = PanelRows * K / 32,
  TilesOfPanelB = PanelColumns * K / 32,
  // Semaphores: how many pieces are packed of a panel of A,
  ReadyA = 0,
  ReadyB = ReadyA + PanelsOfA, // and of a pair of panels of B
  PiecesOfA = 4,
  PiecesOfB = 4,
};

// Waits until a panel is packed. Others wait for it too, so what the semaphore
// counted is given back.
static void waitForPanel(int semaphore, int pieces) {
  __builtin_tatami_swait(semaphore, pieces);
  __builtin_tatami_spost(semaphore, pieces);
}

static __attribute__((noinline)) void packA(TaskList *tasks, int p, int piece) {
  if (takeTask(tasks)) {
    packGroupOfA(A + (p * PanelRows + piece * 8) * K, K, K,
                 PackedA + p * TilesOfPanelA + piece);
    __builtin_tatami_spost(ReadyA + p, 1);
  }
}

static __attribute__((noinline)) void packB(TaskList *tasks, int pair, int piece) {
  if (takeTask(tasks)) {
    packPairOfB(B + pair * 2 * PanelColumns, N, K, piece * K / PiecesOfB,
                (piece + 1) * K / PiecesOfB, PackedB + pair * 2 * TilesOfPanelB);
    __builtin_tatami_spost(ReadyB + pair, 1);
  }
}

static __attribute__((noinline)) void multiply(TaskList *tasks, int p, int j) {
  if (takeTask(tasks)) {
    waitForPanel(ReadyA + p, PiecesOfA);
    waitForPanel(ReadyB + j / 2, PiecesOfB);
    multiplyPanels(PackedA + p * TilesOfPanelA, PackedB + j * TilesOfPanelB, K,
                   0, Zero, C + p * PanelRows * N + j * PanelColumns, N);
  }
}

// Every thread walks along the same list and does the tasks that it takes. A task
// waits for tasks before it only.
static void work(void *unused) {
  (void)unused;
  TaskList tasks = {0, -1};
  for (int piece = 0; piece < PiecesOfA; ++piece)
    packA(&tasks, 0, piece);
  for (int piece = 0; piece < PiecesOfB; ++piece)
    packB(&tasks, 0, piece);
  for (int p = 0; p < PanelsOfA; ++p)
    for (int j = 0; j < PanelsOfB; ++j) {
      multiply(&tasks, p, j);
      // The first panel of A meets each panel of B: the next pair is packed here.
      if (p == 0 && j + 2 < PanelsOfB)
        for (int piece = 0; piece < PiecesOfB / 2; ++piece)
          packB(&tasks, j / 2 + 1, j % 2 * PiecesOfB / 2 + piece);
      // In the second half of the way, so is the next panel of A.
      if (p + 1 < PanelsOfA && j >= PanelsOfB / 2 && j % 2 == 0)
        packA(&tasks, p + 1, (j - PanelsOfB / 2) / 2);
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
