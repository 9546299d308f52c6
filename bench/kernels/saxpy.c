/* y = a * x + y.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Bound, a register of 16: two aligned loads and an aligned store are three
 * slots on two address units: 1.5 cycles. */
#include "kernel.h"
enum { N = 16384 };
static float X[N], Y[N];

KERNEL void saxpy(float a) {
  for (int i = 0; i < N; ++i)
    Y[i] += a * X[i];
}

int main(void) {
  for (int i = 0; i < N; ++i)
    X[i] = i, Y[i] = 1;
  MEASURE(N / LANES * 3 / 2, saxpy(2));
  for (int i = 0; i < N; ++i)
    expect(Y[i] == 2.0f * i + 1, "y", i);
  return failures;
}
