// Kernels whose speed is compared between emulators: the same source for each.
// KERNEL: 1 xorshift, 2 integer matrix product, 3 sieve, 4 recursion,
// 5 FP32 dot product (vectorised), 6 BF16 matrix unit (ours alone).
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <stdint.h>
#include <stdio.h>

#if KERNEL == 1
static uint64_t run(void) {
  uint64_t x = 88172645463325252u;
  for (long i = 0; i < 60000000; ++i) {
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
  }
  return x;
}
#elif KERNEL == 2
enum { N = 64 };
static int32_t A[N][N], B[N][N], C[N][N];
static uint64_t run(void) {
  for (int i = 0; i < N; ++i)
    for (int j = 0; j < N; ++j)
      A[i][j] = i + j, B[i][j] = i - j;
  uint64_t sum = 0;
  for (int repeat = 0; repeat < 200; ++repeat) {
    for (int i = 0; i < N; ++i)
      for (int j = 0; j < N; ++j) {
        int32_t s = repeat;
        // Scalar on both machines: vectors are kernel 5's subject.
#pragma clang loop vectorize(disable) interleave(disable) unroll(disable)
        for (int k = 0; k < N; ++k)
          s += A[i][k] * B[k][j];
        C[i][j] = s;
      }
    sum += (uint32_t)C[repeat % N][repeat % 7];
  }
  return sum;
}
#elif KERNEL == 3
#ifndef REPEATS
#define REPEATS 4000
#endif
enum { N = 8192 };
static uint8_t Composite[N];
static uint64_t run(void) {
  uint64_t primes = 0;
  for (int repeat = 0; repeat < REPEATS; ++repeat) {
    for (int i = 0; i < N; ++i)
      Composite[i] = 0;
    for (int i = 2; i < N; ++i)
      if (!Composite[i]) {
        ++primes;
#pragma clang loop vectorize(disable) interleave(disable) unroll(disable)
        for (int j = 2 * i; j < N; j += i)
          Composite[j] = 1;
      }
  }
  return primes;
}
#elif KERNEL == 4
__attribute__((noinline)) static uint64_t fib(uint64_t n) {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}
static uint64_t run(void) { return fib(34); }
#elif KERNEL == 5
enum { N = 8192 };
static float X[N] __attribute__((aligned(64))), Y[N] __attribute__((aligned(64)));
static uint64_t run(void) {
#pragma clang fp reassociate(on) contract(fast)
  for (int i = 0; i < N; ++i)
    X[i] = (float)(i % 7), Y[i] = (float)(i % 5);
  float total = 0;
  for (int repeat = 0; repeat < 4000; ++repeat) {
    float sum = 0;
    for (int i = 0; i < N; ++i)
      sum += X[i] * Y[i];
    total += sum * 0x1p-12f;
  }
  return (uint64_t)total;
}
#elif KERNEL == 6
#include <tatami.h>
static tatami_v32bf16 A[16], B[16];
static tatami_acc Sums[8];
static uint64_t run(void) {
  for (int i = 0; i < 16; ++i)
    for (int j = 0; j < 32; ++j)
      A[i][j] = (__bf16)(float)(i + j), B[i][j] = (__bf16)(float)(i - j);
  tatami_acc c0, c1, c2, c3, c4, c5, c6, c7;
  c0 = c1 = c2 = c3 = c4 = c5 = c6 = c7 = __builtin_tatami_acc_zero();
  for (long i = 0; i < 1000000; ++i) {
    const tatami_v32bf16 a0 = A[i & 7], a1 = A[8 + (i & 7)];
    const tatami_v32bf16 b0 = B[0], b1 = B[1], b2 = B[2], b3 = B[3];
    c0 = __builtin_tatami_mma_bf16(c0, a0, b0), c1 = __builtin_tatami_mma_bf16(c1, a0, b1);
    c2 = __builtin_tatami_mma_bf16(c2, a0, b2), c3 = __builtin_tatami_mma_bf16(c3, a0, b3);
    c4 = __builtin_tatami_mma_bf16(c4, a1, b0), c5 = __builtin_tatami_mma_bf16(c5, a1, b1);
    c6 = __builtin_tatami_mma_bf16(c6, a1, b2), c7 = __builtin_tatami_mma_bf16(c7, a1, b3);
  }
  Sums[0] = c0, Sums[1] = c1, Sums[2] = c2, Sums[3] = c3;
  Sums[4] = c4, Sums[5] = c5, Sums[6] = c6, Sums[7] = c7;
  float sum = 0;
  for (int i = 0; i < 8; ++i)
    sum += Sums[i][i];
  return (uint64_t)sum;
}
#endif

int main(void) {
  printf("%llu\n", (unsigned long long)run());
  return 0;
}
