//===- matrix.c - Products, determinants modulo a prime, closure ----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "../bench.h"

enum { N = 48, Prime = 1000003 };

static int32_t A[N][N], B[N][N], C[N][N];
static int64_t Rows[N][N];
static uint8_t Reach[N][N];

static void multiply(void) {
  for (int I = 0; I < N; ++I)
    for (int J = 0; J < N; ++J) {
      int32_t Sum = 0;
      for (int K = 0; K < N; ++K)
        Sum += A[I][K] * B[K][J];
      C[I][J] = Sum;
    }
}

static int64_t power(int64_t Base, int64_t Exponent) {
  int64_t Result = 1;
  for (Base %= Prime; Exponent; Exponent >>= 1, Base = Base * Base % Prime)
    if (Exponent & 1)
      Result = Result * Base % Prime;
  return Result;
}

// Gauss, modulo a prime.
static int64_t determinant(void) {
  int64_t Result = 1;
  for (int I = 0; I < N; ++I) {
    int Pivot = I;
    while (Pivot < N && Rows[Pivot][I] == 0)
      ++Pivot;
    if (Pivot == N)
      return 0;
    if (Pivot != I) {
      for (int J = 0; J < N; ++J) {
        int64_t Other = Rows[I][J];
        Rows[I][J] = Rows[Pivot][J];
        Rows[Pivot][J] = Other;
      }
      Result = Prime - Result;
    }
    Result = Result * Rows[I][I] % Prime;
    const int64_t Inverse = power(Rows[I][I], Prime - 2);
    for (int K = I + 1; K < N; ++K) {
      const int64_t Factor = Rows[K][I] * Inverse % Prime;
      for (int J = I; J < N; ++J)
        Rows[K][J] = (Rows[K][J] + (Prime - Factor) * Rows[I][J]) % Prime;
    }
  }
  return Result;
}

// Warshall.
static int closure(void) {
  int Pairs = 0;
  for (int K = 0; K < N; ++K)
    for (int I = 0; I < N; ++I)
      if (Reach[I][K])
        for (int J = 0; J < N; ++J)
          Reach[I][J] |= Reach[K][J];
  for (int I = 0; I < N; ++I)
    for (int J = 0; J < N; ++J)
      Pairs += Reach[I][J];
  return Pairs;
}

uint64_t run(void) {
  uint64_t Seed = 3, Hash = 0;
  for (int Round = 0; Round < 4; ++Round) {
    for (int I = 0; I < N; ++I)
      for (int J = 0; J < N; ++J) {
        A[I][J] = (int32_t)(nextRandom(&Seed) >> 51);
        B[I][J] = (int32_t)(nextRandom(&Seed) >> 51) - 4000;
        Reach[I][J] = A[I][J] % 40 == 0;
      }
    multiply();
    for (int I = 0; I < N; ++I)
      for (int J = 0; J < N; ++J) {
        Hash = mix(Hash, (uint32_t)C[I][J]);
        Rows[I][J] = (uint32_t)C[I][J] % Prime;
      }
    Hash = mix(Hash, (uint64_t)determinant());
    Hash = mix(Hash, (uint64_t)closure());
  }
  return Hash;
}

const uint64_t Expected = 0xfad1b48e661ab1b0ull;
