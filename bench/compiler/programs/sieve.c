//===- sieve.c - Eratosthenes by bytes and by bits; divisors and totients -===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "../bench.h"

enum { Limit = 60000 };

static uint8_t Composite[Limit];
static uint64_t Bits[Limit / 64 + 1];
static uint32_t Smallest[Limit / 2], Totient[Limit / 2];

static unsigned byBytes(void) {
  unsigned Count = 0;
  for (unsigned I = 2; I < Limit; ++I) {
    if (Composite[I])
      continue;
    ++Count;
    for (unsigned J = I * 2; J < Limit; J += I)
      Composite[J] = 1;
  }
  return Count;
}

static unsigned byBits(void) {
  unsigned Count = 0;
  for (unsigned I = 3; I * I < Limit; I += 2)
    if (!(Bits[I >> 6] >> (I & 63) & 1))
      for (unsigned J = I * I; J < Limit; J += 2 * I)
        Bits[J >> 6] |= 1ull << (J & 63);
  for (unsigned I = 3; I < Limit; I += 2)
    Count += !(Bits[I >> 6] >> (I & 63) & 1);
  return Count + 1;
}

static uint64_t totients(void) {
  uint64_t Sum = 0;
  for (uint32_t I = 2; I < Limit / 2; ++I)
    if (!Smallest[I])
      for (uint32_t J = I; J < Limit / 2; J += I)
        if (!Smallest[J])
          Smallest[J] = I;
  Totient[1] = 1;
  for (uint32_t I = 2; I < Limit / 2; ++I) {
    const uint32_t P = Smallest[I], Rest = I / P;
    Totient[I] = Totient[Rest] * (Rest % P ? P - 1 : P);
    Sum += Totient[I];
  }
  return Sum;
}

uint64_t run(void) {
  const unsigned Count = byBytes();
  if (Count != byBits())
    return 0;
  return mix(Count, totients());
}

const uint64_t Expected = 0x4e57d41bb51f3d3cull;
