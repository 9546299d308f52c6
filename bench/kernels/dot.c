/* Dot product of two arrays of float.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Sums in another order than the source's: flags -ffast-math.
 * Bound, a register of 16: two aligned loads on two address units, and one
 * product-and-sum: 1 cycle. */
#include "kernel.h"
enum { N = 16384 };
static float A[N], B[N];

KERNEL float dot(void) {
  float s = 0;
  for (int i = 0; i < N; ++i)
    s += A[i] * B[i];
  return s;
}

int main(void) {
  for (int i = 0; i < N; ++i)
    A[i] = i % 7, B[i] = i % 3;
  int exact = 0;
  for (int i = 0; i < N; ++i)
    exact += i % 7 * (i % 3);
  float s = 0;
  MEASURE(N / LANES, s = dot());
  expect(s == exact, "sum", (long)s);
  return failures;
}
