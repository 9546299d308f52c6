// What the five steps share: reads operands, multiplies, writes the result.
// usage: stepN.elf OPERANDS RESULT     OPERANDS are A and B as operands.elf writes them
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "gemm.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

uint16_t A[M * K] __attribute__((aligned(64)));
uint16_t B[K * N] __attribute__((aligned(64)));
float C[M * N] __attribute__((aligned(64)));

// Neither fread nor fwrite: they copy, which would show in a profile of the whole run.
int main(int argc, char **argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: stepN.elf OPERANDS RESULT\n");
    return 2;
  }
  const int in = open(argv[1], O_RDONLY);
  if (in < 0 || read(in, A, sizeof A) != sizeof A || read(in, B, sizeof B) != sizeof B) {
    fprintf(stderr, "gemm: error: '%s' does not hold the operands\n", argv[1]);
    return 1;
  }

  tatami_region_begin("gemm");
  gemm();
  tatami_region_end();

  const int out = open(argv[2], O_WRONLY | O_CREAT | O_TRUNC, 0666);
  if (out < 0 || write(out, C, sizeof C) != sizeof C) {
    fprintf(stderr, "gemm: error: cannot write '%s'\n", argv[2]);
    return 1;
  }
  return 0;
}
