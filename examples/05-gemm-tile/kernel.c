// What one node can do without waiting for others: steps on panels that are
// there. usage: 05-gemm-kernel.elf
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "step.h"

#include <stdio.h>

enum { Steps = 32 };

static PanelA SlotsA[2];
static PanelB SlotsB[2];
static Block C[RowPanels][ColumnPanels];

int main(void) {
  // Ones times ones: every element of C is K.
  for (int slot = 0; slot < 2; ++slot) {
    for (int i = 0; i < Rows * Depth; ++i)
      ((uint16_t *)SlotsA[slot])[i] = 0x3f80;
    for (int i = 0; i < Depth * Columns; ++i)
      ((uint16_t *)SlotsB[slot])[i] = 0x3f80;
  }
  tatami_region_begin("kernel");
  for (int s = 0; s < Steps; ++s)
    multiplyStep(&SlotsA[s % 2], &SlotsB[s % 2], C);
  tatami_region_end();
  int wrong = 0;
  for (int i = 0; i < Rows; ++i)
    for (int j = 0; j < Columns; ++j)
      wrong += *elementOfC(C, i, j) != Steps * Depth;
  printf("kernel: %d of %d elements are wrong\n", wrong, Rows * Columns);
  return wrong != 0;
}
