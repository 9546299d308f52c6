// Work on a node's own memory, the same on every node, as long as the argument
// says: what a node costs however many there are.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <tatami.h>

enum { Size = 48, Primes = 8192 };
static int32_t A[Size][Size], B[Size][Size], C[Size][Size];
static uint8_t Composite[Primes];

static uint32_t multiply(void) {
  for (int i = 0; i < Size; ++i)
    for (int j = 0; j < Size; ++j) {
      int32_t sum = 0;
#pragma clang loop vectorize(disable) unroll(disable)
      for (int k = 0; k < Size; ++k)
        sum += A[i][k] * B[k][j];
      C[i][j] = sum;
    }
  return (uint32_t)C[Size - 1][Size - 1];
}

static uint32_t sieve(void) {
  uint32_t count = 0;
  for (int i = 0; i < Primes; ++i)
    Composite[i] = 0;
  for (int i = 2; i < Primes; ++i) {
    count += !Composite[i];
    for (int j = 2 * i; j < Primes; j += i)
      Composite[j] = 1;
  }
  return count;
}

int main(int argc, char **argv) {
  const long rounds = argc > 1 ? strtol(argv[1], 0, 10) : 1;
  uint32_t result = (uint32_t)tatami_node();
  for (long r = 0; r < rounds; ++r) {
    for (int i = 0; i < Size * Size; ++i) {
      A[i / Size][i % Size] = (int32_t)(result + i);
      B[i / Size][i % Size] = (int32_t)(result - i);
    }
    result = result * 31 + multiply() + sieve();
  }
  if (tatami_node() == 0)
    printf("%u\n", (unsigned)result);
  return 0;
}
