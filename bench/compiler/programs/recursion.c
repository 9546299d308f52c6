//===- recursion.c - Functions that call themselves -----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "../bench.h"

static __attribute__((noinline)) int fibonacci(int N) {
  return N < 2 ? N : fibonacci(N - 1) + fibonacci(N - 2);
}

static __attribute__((noinline)) unsigned ackermann(unsigned M, unsigned N) {
  if (M == 0)
    return N + 1;
  if (N == 0)
    return ackermann(M - 1, 1);
  return ackermann(M - 1, ackermann(M, N - 1));
}

static int tak(int X, int Y, int Z) {
  return Y < X ? tak(tak(X - 1, Y, Z), tak(Y - 1, Z, X), tak(Z - 1, X, Y)) : Z;
}

static uint64_t Moves;

static void hanoi(int Disks, int From, int To, int Over) {
  if (Disks == 0)
    return;
  hanoi(Disks - 1, From, Over, To);
  Moves = mix(Moves, (uint64_t)(From * 3 + To));
  hanoi(Disks - 1, Over, To, From);
}

static int queens(unsigned All, unsigned Columns, unsigned Down, unsigned Up) {
  if (Columns == All)
    return 1;
  int Count = 0;
  for (unsigned Free = All & ~(Columns | Down | Up); Free;) {
    const unsigned Place = Free & -Free;
    Free ^= Place;
    Count += queens(All, Columns | Place, (Down | Place) << 1,
                    (Up | Place) >> 1);
  }
  return Count;
}

static int Items[8];

static uint64_t permute(int From, uint64_t Hash) {
  if (From == 8) {
    int Inversions = 0;
    for (int I = 0; I < 7; ++I)
      Inversions += Items[I] > Items[I + 1];
    return mix(Hash, (uint64_t)Inversions);
  }
  for (int I = From; I < 8; ++I) {
    int Other = Items[From];
    Items[From] = Items[I];
    Items[I] = Other;
    Hash = permute(From + 1, Hash);
    Items[I] = Items[From];
    Items[From] = Other;
  }
  return Hash;
}

static bool isOdd(unsigned N);
static __attribute__((noinline)) bool isEven(unsigned N) {
  return N == 0 ? true : isOdd(N - 1);
}
static __attribute__((noinline)) bool isOdd(unsigned N) {
  return N == 0 ? false : isEven(N - 1);
}

uint64_t run(void) {
  uint64_t Hash = mix(0, (uint64_t)fibonacci(21));
  Hash = mix(Hash, ackermann(2, 60));
  Hash = mix(Hash, (uint64_t)tak(12, 8, 4));
  hanoi(12, 0, 2, 1);
  Hash = mix(Hash, Moves);
  Hash = mix(Hash, (uint64_t)queens(0xff, 0, 0, 0));
  for (int I = 0; I < 8; ++I)
    Items[I] = I;
  Hash = permute(0, Hash);
  return mix(Hash, isEven(30001));
}

const uint64_t Expected = 0xe445b6effcb72b1cull;
