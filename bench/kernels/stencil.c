/* One step of Jacobi's method: each cell becomes the mean of its four
 * neighbours. Rows have a register's margin on each side, so that the cells of
 * the interior are aligned.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Bound, a register of 16: three sums and a product: 4 cycles. Memory has seven
 * slots for that on two address units: the rows above and below and the result
 * are aligned, the neighbours left and right have two slots each. */
#include "kernel.h"
enum { ROWS = 32, COLUMNS = 512 };
static float A[ROWS + 2][COLUMNS + 2 * LANES], B[ROWS + 2][COLUMNS + 2 * LANES];

KERNEL void stencil(void) {
  for (int i = 1; i <= ROWS; ++i)
    for (int j = LANES; j < COLUMNS + LANES; ++j)
      B[i][j] = 0.25f * (A[i - 1][j] + A[i + 1][j] + A[i][j - 1] + A[i][j + 1]);
}

static int cell(int i, int j) { return (i * 31 + j * 17) % 101; }

int main(void) {
  for (int i = 0; i < ROWS + 2; ++i)
    for (int j = 0; j < COLUMNS + 2 * LANES; ++j)
      A[i][j] = cell(i, j);
  MEASURE(ROWS * COLUMNS / LANES * 4, stencil());
  for (int i = 1; i <= ROWS; ++i)
    for (int j = LANES; j < COLUMNS + LANES; ++j)
      expect(B[i][j] == 0.25f * (cell(i - 1, j) + cell(i + 1, j) +
                                 cell(i, j - 1) + cell(i, j + 1)),
             "b", i * COLUMNS + j);
  return failures;
}
