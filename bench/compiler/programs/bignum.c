//===- bignum.c - Big numbers: sums, products, powers, decimal digits -----===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "../bench.h"

enum { MaxLimbs = 160 };

typedef struct {
  int Size;
  uint32_t Limb[MaxLimbs];
} Number;

static void setSmall(Number *N, uint32_t Value) {
  N->Size = Value != 0;
  N->Limb[0] = Value;
}

static void copy(Number *To, const Number *From) {
  To->Size = From->Size;
  for (int I = 0; I < From->Size; ++I)
    To->Limb[I] = From->Limb[I];
}

static void multiplySmall(Number *N, uint32_t Factor) {
  uint64_t Carry = 0;
  for (int I = 0; I < N->Size; ++I) {
    Carry += (uint64_t)N->Limb[I] * Factor;
    N->Limb[I] = (uint32_t)Carry;
    Carry >>= 32;
  }
  if (Carry)
    N->Limb[N->Size++] = (uint32_t)Carry;
}

static void add(Number *A, const Number *B) {
  uint64_t Carry = 0;
  for (int I = 0; I < B->Size || Carry; ++I) {
    if (I == A->Size)
      A->Limb[A->Size++] = 0;
    Carry += (uint64_t)A->Limb[I] + (I < B->Size ? B->Limb[I] : 0);
    A->Limb[I] = (uint32_t)Carry;
    Carry >>= 32;
  }
}

static void multiply(Number *Out, const Number *A, const Number *B) {
  for (int I = 0; I < A->Size + B->Size; ++I)
    Out->Limb[I] = 0;
  for (int I = 0; I < A->Size; ++I) {
    uint64_t Carry = 0;
    for (int J = 0; J < B->Size; ++J) {
      Carry += (uint64_t)A->Limb[I] * B->Limb[J] + Out->Limb[I + J];
      Out->Limb[I + J] = (uint32_t)Carry;
      Carry >>= 32;
    }
    Out->Limb[I + B->Size] = (uint32_t)Carry;
  }
  Out->Size = A->Size + B->Size;
  while (Out->Size && !Out->Limb[Out->Size - 1])
    --Out->Size;
}

static uint32_t divideSmall(Number *N, uint32_t Divisor) {
  uint64_t Rest = 0;
  for (int I = N->Size; I-- > 0;) {
    Rest = Rest << 32 | N->Limb[I];
    N->Limb[I] = (uint32_t)(Rest / Divisor);
    Rest %= Divisor;
  }
  while (N->Size && !N->Limb[N->Size - 1])
    --N->Size;
  return (uint32_t)Rest;
}

static uint64_t digits(Number *N) {
  uint64_t Hash = 0;
  while (N->Size) {
    uint32_t Chunk = divideSmall(N, 1000000000);
    for (int I = 0; I < 9; ++I, Chunk /= 10)
      Hash = mix(Hash, Chunk % 10);
  }
  return Hash;
}

// Montgomery's products of 256 bits, with limbs of 64.
enum { Words = 4 };
static const uint64_t Modulus[Words] = {
    0xffffffffffffff43ull, 0xffffffffffffffffull, 0xffffffffffffffffull,
    0xffffffffffffffffull};

static void montgomery(uint64_t *Out, const uint64_t *A, const uint64_t *B,
                       uint64_t Inverse) {
  uint64_t T[Words + 2] = {0};
  for (int I = 0; I < Words; ++I) {
    unsigned __int128 Carry = 0;
    for (int J = 0; J < Words; ++J) {
      Carry += (unsigned __int128)A[I] * B[J] + T[J];
      T[J] = (uint64_t)Carry;
      Carry >>= 64;
    }
    Carry += T[Words];
    T[Words] = (uint64_t)Carry;
    T[Words + 1] = (uint64_t)(Carry >> 64);
    const uint64_t M = T[0] * Inverse;
    Carry = (unsigned __int128)M * Modulus[0] + T[0];
    Carry >>= 64;
    for (int J = 1; J < Words; ++J) {
      Carry += (unsigned __int128)M * Modulus[J] + T[J];
      T[J - 1] = (uint64_t)Carry;
      Carry >>= 64;
    }
    Carry += T[Words];
    T[Words - 1] = (uint64_t)Carry;
    T[Words] = T[Words + 1] + (uint64_t)(Carry >> 64);
  }
  uint64_t Reduced[Words], Borrow = 0;
  for (int J = 0; J < Words; ++J) {
    unsigned __int128 D = (unsigned __int128)T[J] - Modulus[J] - Borrow;
    Reduced[J] = (uint64_t)D;
    Borrow = (uint64_t)(D >> 64) & 1;
  }
  const bool Keep = T[Words] < Borrow;
  for (int J = 0; J < Words; ++J)
    Out[J] = Keep ? T[J] : Reduced[J];
}

static uint64_t modularPower(void) {
  uint64_t Inverse = 1;
  for (int I = 0; I < 6; ++I)
    Inverse *= 2 - Modulus[0] * Inverse;
  Inverse = -Inverse;
  uint64_t Base[Words] = {3, 5, 7, 11}, Result[Words] = {1, 0, 0, 0};
  for (int Bit = 0; Bit < 256; ++Bit) {
    if (0x9e3779b97f4a7c15ull >> (Bit & 63) & 1)
      montgomery(Result, Result, Base, Inverse);
    montgomery(Base, Base, Base, Inverse);
  }
  return mix(mix(Result[0], Result[1]), mix(Result[2], Result[3]));
}

static Number A, B, C;

uint64_t run(void) {
  setSmall(&A, 1);
  for (uint32_t I = 2; I <= 400; ++I)
    multiplySmall(&A, I);
  copy(&B, &A);
  uint64_t Hash = digits(&B);
  setSmall(&A, 0);
  setSmall(&B, 1);
  for (int I = 0; I < 1500; ++I) {
    add(&A, &B);
    copy(&C, &A);
    copy(&A, &B);
    copy(&B, &C);
  }
  copy(&C, &B);
  multiply(&A, &B, &C);
  Hash = mix(Hash, digits(&A));
  return mix(Hash, modularPower());
}

const uint64_t Expected = 0x1cbce4ac7a1bb4d4ull;
