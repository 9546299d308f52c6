/* C = A * B with 32 x 64 and 64 x 128 floats, without the matrix unit.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Bound: one vector product-and-sum for each 16 products. Every element of A
 * must be put into all lanes once, which is a vector instruction too. */
#include "kernel.h"
enum { M = 32, K = 64, N = 128 };
static float A[M][K], B[K][N], C[M][N];

KERNEL void matmul(void) {
  for (int i = 0; i < M; ++i)
    for (int k = 0; k < K; ++k)
      for (int j = 0; j < N; ++j)
        C[i][j] += A[i][k] * B[k][j];
}

int main(void) {
  for (int k = 0; k < K; ++k) {
    for (int i = 0; i < M; ++i)
      A[i][k] = (i + k) % 5;
    for (int j = 0; j < N; ++j)
      B[k][j] = (k * 3 + j) % 7;
  }
  MEASURE(M * K * N / LANES + M * K, matmul());
  for (int i = 0; i < M; ++i)
    for (int j = 0; j < N; ++j) {
      int exact = 0;
      for (int k = 0; k < K; ++k)
        exact += (i + k) % 5 * ((k * 3 + j) % 7);
      expect(C[i][j] == exact, "c", i * N + j);
    }
  return failures;
}
