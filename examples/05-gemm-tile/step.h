// One step of SUMMA on one node: C += A * B for a panel of A and one of B that
// lie packed in memory, by one thread.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef STEP_H
#define STEP_H

#include "gemm_kernel.h"

enum {
  Rows = 256,    // of C, on a node
  Columns = 256, // likewise
  Depth = 64,    // columns of A and rows of B that a step multiplies
  RowPanels = Rows / PanelRows,
  ColumnPanels = Columns / PanelColumns,
  Blocks = RowPanels * ColumnPanels,
  Groups = Depth / TileK, // of k's
};

typedef Tile PanelA[RowPanels][PanelRows * Depth / 32];
typedef Tile PanelB[ColumnPanels][PanelColumns * Depth / 32];

// A block is 32 x 16 elements of C, which stays in 8 x 8 tiles as the matrix
// unit has them: two side by side, four one below the other.
typedef union {
  tatami_acc sums[8];
  float tiles[4][2][8][8];
} Block;

static inline float *elementOfC(Block c[RowPanels][ColumnPanels], int i, int j) {
  return &c[i / PanelRows][j / PanelColumns]
              .tiles[i % PanelRows / 8][j % PanelColumns / 8][i % 8][j % 8];
}

static inline void packPanelA(const uint16_t *rows, PanelA *to) {
  for (int p = 0; p < RowPanels; ++p)
    packPanelOfA(rows + p * PanelRows * Depth, Depth, Depth, (*to)[p]);
}
static inline void packPanelB(const uint16_t *rows, PanelB *to) {
  packRowsOfAllPanels(rows, Columns, Columns, Depth, 0, Depth, (*to)[0]);
}

// What one group of k's needs; two groups are loaded ahead.
typedef struct {
  Tile a0, a1, b0, b1;
} Operands;
enum { Ahead = 2 };

#define FULLY _Pragma("clang loop unroll(full)")
#define MMA __builtin_tatami_mma_bf16

// The upper sums x and the lower ones y of a block take turns: while one half is
// multiplied, the other half goes to memory and the next one comes, so that the
// matrix unit has something to do in every cycle, with one thread alone. A function
// of its own: what the compiler knows of the caller's memory lets it move loads
// away from where they are best.
static __attribute__((noinline)) void
multiplyStep(PanelA *panelA, PanelB *panelB, Block c[RowPanels][ColumnPanels]) {
  Block *block = c[0], *before = c[0]; // of which y has not been stored yet
  tatami_acc x0 = block->sums[0], x1 = block->sums[1];
  tatami_acc x2 = block->sums[2], x3 = block->sums[3];
  tatami_acc y0 = block->sums[4], y1 = block->sums[5];
  tatami_acc y2 = block->sums[6], y3 = block->sums[7];
  const Tile *a = (*panelA)[0], *b = (*panelB)[0];
  Operands o[Ahead];
  FULLY for (int k = 0; k < Ahead; ++k)
    o[k] = (Operands){a[4 * k], a[4 * k + 1], b[2 * k], b[2 * k + 1]};
  for (int i = 0; i < Blocks; ++i) {
    const int n = i + 1 < Blocks ? i + 1 : i;
    Block *next = c[0] + n;
    const Tile *nextA = (*panelA)[n / ColumnPanels], *nextB = (*panelB)[n % ColumnPanels];
    FULLY for (int k = 0; k < Groups; ++k) {
      Operands *at = &o[k % Ahead], now = *at;
      const int upper = k + Ahead < Groups, l = (k + Ahead) % Groups;
      x0 = MMA(x0, now.a0, now.b0);
      at->b0 = b[2 * l];
      if (k == 2) before->sums[4] = y0;
      if (k == 4) before->sums[5] = y1;
      if (k == 6) before->sums[6] = y2;
      if (k == 8) before->sums[7] = y3;
      x1 = MMA(x1, now.a0, now.b1);
      at->a0 = a[4 * l + (upper ? 0 : 2)];
      x2 = MMA(x2, now.a1, now.b0);
      at->b1 = b[2 * l + 1];
      if (k == 3) y0 = block->sums[4];
      if (k == 5) y1 = block->sums[5];
      if (k == 7) y2 = block->sums[6];
      if (k == 9) y3 = block->sums[7];
      x3 = MMA(x3, now.a1, now.b1);
      at->a1 = a[4 * l + (upper ? 1 : 3)];
    }
    FULLY for (int k = 0; k < Groups; ++k) {
      Operands *at = &o[k % Ahead], now = *at;
      const int lower = k + Ahead < Groups, l = (k + Ahead) % Groups;
      y0 = MMA(y0, now.a0, now.b0);
      at->b0 = lower ? b[2 * l] : nextB[2 * l];
      if (k == 2) block->sums[0] = x0;
      if (k == 4) block->sums[1] = x1;
      if (k == 6) block->sums[2] = x2;
      if (k == 8) block->sums[3] = x3;
      y1 = MMA(y1, now.a0, now.b1);
      at->a0 = lower ? a[4 * l + 2] : nextA[4 * l];
      y2 = MMA(y2, now.a1, now.b0);
      at->b1 = lower ? b[2 * l + 1] : nextB[2 * l + 1];
      if (k == 3) x0 = next->sums[0];
      if (k == 5) x1 = next->sums[1];
      if (k == 7) x2 = next->sums[2];
      if (k == 9) x3 = next->sums[3];
      y3 = MMA(y3, now.a1, now.b1);
      at->a1 = lower ? a[4 * l + 3] : nextA[4 * l + 1];
    }
    // Without this the compiler would load them when the next block begins.
    FULLY for (int k = 0; k < Ahead; ++k)
      __asm__("" : "+v"(o[k].a0), "+v"(o[k].a1), "+v"(o[k].b0), "+v"(o[k].b1));
    __asm__("" : "+a"(x0), "+a"(x1), "+a"(x2), "+a"(x3));
    before = block, block = next, a = nextA, b = nextB;
  }
  before->sums[4] = y0, before->sums[5] = y1, before->sums[6] = y2, before->sums[7] = y3;
}

#undef MMA
#undef FULLY

#endif
