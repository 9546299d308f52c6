/* b[i] = a[index[i]].
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Bound, a register of 16: a gather of 16 lanes has 16 slots, the indices and
 * the result are aligned: 18 slots on two address units: 9 cycles. */
#include "kernel.h"
enum { N = 8192 };
static float A[N], B[N];
static int Index[N];

KERNEL void gather(void) {
  for (int i = 0; i < N; ++i)
    B[i] = A[Index[i]];
}

int main(void) {
  for (int i = 0; i < N; ++i)
    A[i] = i, Index[i] = (i * 37) % N;
  MEASURE(N / LANES * 9, gather());
  for (int i = 0; i < N; ++i)
    expect(B[i] == (i * 37) % N, "b", i);
  return failures;
}
