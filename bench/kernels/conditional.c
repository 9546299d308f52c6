/* if (a[i] > t) b[i] = c * a[i].
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Other threads may write what the condition leaves alone, so the store is a
 * masked one, and masked stores have two slots on the one store port.
 * Bound, a register of 16: 2 cycles; two vector instructions (comparison,
 * product) and three slots on the address units have room in them. */
#include "kernel.h"
enum { N = 16384 };
static float A[N], B[N];

KERNEL void conditional(float t, float c) {
  for (int i = 0; i < N; ++i)
    if (A[i] > t)
      B[i] = c * A[i];
}

int main(void) {
  for (int i = 0; i < N; ++i)
    A[i] = i % 5, B[i] = -1;
  MEASURE(N / LANES * 2, conditional(2, 3));
  for (int i = 0; i < N; ++i)
    expect(B[i] == (i % 5 > 2 ? 3.0f * (i % 5) : -1), "b", i);
  return failures;
}
