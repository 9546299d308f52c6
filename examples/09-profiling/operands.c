// Writes the operands of the steps: making them takes longer than multiplying them.
// usage: operands.elf FILE
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "gemm.h"
#include "gemm_data.h"

#include <stdio.h>

uint16_t A[M * K], B[K * N];

int main(int argc, char **argv) {
  for (int i = 0; i < M; ++i)
    for (int k = 0; k < K; ++k)
      A[i * K + k] = gemmElement(GemmSeedA, i, k);
  for (int k = 0; k < K; ++k)
    for (int j = 0; j < N; ++j)
      B[k * N + j] = gemmElement(GemmSeedB, k, j);
  FILE *file = argc == 2 ? fopen(argv[1], "wb") : 0;
  if (!file || fwrite(A, sizeof A, 1, file) != 1 || fwrite(B, sizeof B, 1, file) != 1 ||
      fclose(file) != 0) {
    fprintf(stderr, "operands: error: cannot write the file; usage: operands.elf FILE\n");
    return 1;
  }
  return 0;
}
