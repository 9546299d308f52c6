// Step 4: one thread packs ahead while the others multiply what is packed.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "gemm.h"
#include "gemm_kernel.h"
#include "node_team.h"

enum {
  PanelsOfA = M / PanelRows,
  PanelsOfB = N / PanelColumns,
  TilesOfPanelA = PanelRows * K / 32,
  TilesOfPanelB = PanelColumns * K / 32,
  // Semaphores: panel of A, pair of panels of B are packed.
  ReadyA = 0,
  ReadyB = ReadyA + PanelsOfA,
};

static Tile PackedA[PanelsOfA][TilesOfPanelA], PackedB[PanelsOfB][TilesOfPanelB];

// Sums start from here: loading zeros takes no time of the matrix unit, setting
// accumulators to zero does. Not static, or the compiler sees that it is zero.
tatami_acc Zero[8];

// Others wait for the panel too: what the semaphore counted is given back.
static void waitFor(int semaphore) {
  __builtin_tatami_swait(semaphore, 1);
  __builtin_tatami_spost(semaphore, 1);
}

static __attribute__((noinline)) void packA(int p, int group) {
  packGroupOfA(A + (p * PanelRows + group * 8) * K, K, K, PackedA[p] + group);
}

static __attribute__((noinline)) void packB(int pair, int k0, int k1) {
  packPairOfB(B + pair * 2 * PanelColumns, N, K, k0, k1, PackedB[2 * pair]);
}

static __attribute__((noinline)) void multiply(int p, int j) {
  multiplyPanels(PackedA[p], PackedB[j], K, 0, Zero,
                 C + p * PanelRows * N + j * PanelColumns, N);
}

static void packRest(void) {
  for (int pair = 1; pair < PanelsOfB / 2; ++pair) {
    packB(pair, 0, K);
    __builtin_tatami_spost(ReadyB + pair, 1);
  }
  for (int p = 1; p < PanelsOfA; ++p) {
    for (int group = 0; group < PanelRows / 8; ++group)
      packA(p, group);
    __builtin_tatami_spost(ReadyA + p, 1);
  }
}

static int Taken; // blocks of C

static void work(void *unused) {
  (void)unused;
  const int thread = tatami_thread();
  packA(0, thread);
  packB(0, thread * K / TeamSize, (thread + 1) * K / TeamSize);
  teamMeet(thread);
  if (thread == 0)
    packRest();
  for (;;) {
    const int block = __atomic_fetch_add(&Taken, 1, __ATOMIC_RELAXED);
    const int p = block / PanelsOfB, j = block % PanelsOfB;
    if (p >= PanelsOfA)
      break;
    if (p > 0)
      waitFor(ReadyA + p);
    if (j > 1)
      waitFor(ReadyB + j / 2);
    multiply(p, j);
  }
}

void gemm(void) { teamRun(work, 0); }
