// One step of SUMMA on one node: C += A * B for a panel of A and one of B that
// lie packed in memory, by the four threads of the node.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef STEP_H
#define STEP_H

#include "gemm_kernel.h"
#include "node_team.h"

enum {
  Rows = 256,    // of C, on a node
  Columns = 256, // likewise
  Depth = 64,    // columns of A and rows of B that a step multiplies
  RowPanels = Rows / PanelRows,
  ColumnPanels = Columns / PanelColumns,
  TilesOfRowPanel = PanelRows * Depth / 32,
  TilesOfColumnPanel = PanelColumns * Depth / 32,
  PanelBytesA = Rows * Depth * 2,
  PanelBytesB = Depth * Columns * 2,
  BlocksOfThread = RowPanels * ColumnPanels / TeamSize,
};

typedef Tile PanelA[RowPanels][TilesOfRowPanel];
typedef Tile PanelB[ColumnPanels][TilesOfColumnPanel];

// A block is 32 x 16 elements of C: between steps eight accumulators as they
// are, after the last step its rows, one a packet.
typedef union {
  tatami_acc sums[8];
  float rows[PanelRows][PanelColumns];
} Block;

static inline float *elementOfC(Block c[RowPanels][ColumnPanels], int i, int j) {
  return &c[i / PanelRows][j / PanelColumns].rows[i % PanelRows][j % PanelColumns];
}

// Block number `i` of a thread. Each thread has rows of its own.
static inline __attribute__((always_inline)) Block *
blockOf(int thread, int i, Block c[RowPanels][ColumnPanels]) {
  return &c[thread * (RowPanels / TeamSize) + i / ColumnPanels][i % ColumnPanels];
}

// Blocks [i, end) of a thread. From one block to the next, each sum is stored and
// the next one loaded at once: that uses both memory ports, and the shorter it
// takes the less often do all four threads do it at the same time, when nobody
// uses the matrix unit.
static inline __attribute__((always_inline)) void
addToBlocks(int thread, int i, int end, PanelA *panelA, PanelB *panelB,
            Block c[RowPanels][ColumnPanels]) {
  tatami_acc *to = blockOf(thread, i, c)->sums;
  tatami_acc c00 = to[0], c01 = to[1], c10 = to[2], c11 = to[3];
  tatami_acc c20 = to[4], c21 = to[5], c30 = to[6], c31 = to[7];
  for (;;) {
    const Tile *a = (*panelA)[thread * (RowPanels / TeamSize) + i / ColumnPanels];
    const Tile *b = (*panelB)[i % ColumnPanels];
#pragma clang loop unroll_count(4)
    for (int k = 0; k < Depth / TileK; ++k, a += 4, b += 2) {
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
    if (++i == end)
      break;
    const tatami_acc *next = blockOf(thread, i, c)->sums;
    to[0] = c00, c00 = next[0];
    to[1] = c01, c01 = next[1];
    to[2] = c10, c10 = next[2];
    to[3] = c11, c11 = next[3];
    to[4] = c20, c20 = next[4];
    to[5] = c21, c21 = next[5];
    to[6] = c30, c30 = next[6];
    to[7] = c31, c31 = next[7];
    to = (tatami_acc *)next;
  }
  to[0] = c00, to[1] = c01, to[2] = c10, to[3] = c11;
  to[4] = c20, to[5] = c21, to[6] = c30, to[7] = c31;
}

// All blocks of a thread for the last time: they become rows.
static inline void finishBlocks(int thread, PanelA *a, PanelB *b,
                                Block c[RowPanels][ColumnPanels]) {
  for (int i = 0; i < BlocksOfThread; ++i) {
    Block *block = blockOf(thread, i, c);
    multiplyPanels((*a)[thread * (RowPanels / TeamSize) + i / ColumnPanels],
                   (*b)[i % ColumnPanels], Depth, 0, block->sums, block->rows[0],
                   PanelColumns);
  }
}

// A quarter of a panel, from rows as a user has them.
static inline void packQuarterOfA(int thread, const uint16_t *rows, PanelA *to) {
  for (int i = 0; i < Rows / 8 / TeamSize; ++i) {
    const int group = thread * (Rows / 8 / TeamSize) + i;
    packGroupOfA(rows + group * 8 * Depth, Depth, Depth,
                 (*to)[group / 4] + group % 4);
  }
}
static inline void packQuarterOfB(int thread, const uint16_t *rows, PanelB *to) {
  for (int i = 0; i < ColumnPanels / 2 / TeamSize; ++i) {
    const int pair = thread * (ColumnPanels / 2 / TeamSize) + i;
    packPairOfB(rows + pair * 2 * PanelColumns, Columns, Depth, 0, Depth,
                (*to)[pair * 2]);
  }
}

#endif
