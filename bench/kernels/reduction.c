/* The sum of an array of float.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Sums in another order than the source's: flags -ffast-math.
 * Bound, a register of 16: one addition: 1 cycle (the load is half of one). */
#include "kernel.h"
enum { N = 16384 };
static float A[N];

KERNEL float sum(void) {
  float s = 0;
  for (int i = 0; i < N; ++i)
    s += A[i];
  return s;
}

int main(void) {
  int exact = 0;
  for (int i = 0; i < N; ++i)
    A[i] = i % 11, exact += i % 11;
  float s = 0;
  MEASURE(N / LANES, s = sum());
  expect(s == exact, "sum", (long)s);
  return failures;
}
