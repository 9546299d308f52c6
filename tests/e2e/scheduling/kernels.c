// Loops for compare-loops.py: what compilers meet, in one function each. Run, the
// program prints for every kernel the cycles and instructions of 2 N elements less
// those of N, that is of its inner loop alone.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <stdint.h>
#include <stdio.h>
#include <tatami.h>

enum { N = 2048, Max = 2 * N + 64 };

// Not static, or stores that nobody reads are left out.
float F0[Max] __attribute__((aligned(64))), F1[Max] __attribute__((aligned(64)));
float F2[Max] __attribute__((aligned(64)));
int32_t I0[Max] __attribute__((aligned(64))), I1[Max] __attribute__((aligned(64)));
int32_t I2[Max] __attribute__((aligned(64)));
int64_t L0[Max], L1[Max];
uint8_t B0[Max] __attribute__((aligned(64))), B1[Max] __attribute__((aligned(64)));
int16_t H0[Max] __attribute__((aligned(64)));
struct Node { struct Node *next; long value; } Ring[64];
tatami_v32bf16 Tiles[2 * N / 8 + 8];
volatile long Sink;
volatile float FloatSink;

#define KERNEL(name) static __attribute__((noinline)) void name(long n)
#define FOR(i) for (long i = 0; i < n; ++i)

// Integers: sums, products, quotients, chains of shifts and of loads.
KERNEL(sumWords) { int s = 0; FOR(i) s += I0[i]; Sink = s; }
KERNEL(sumLongs) { long s = 0; FOR(i) s += L0[i]; Sink = s; }
KERNEL(sumBytes) { unsigned s = 0; FOR(i) s += B0[i]; Sink = s; }
KERNEL(addWords) { FOR(i) I2[i] = I0[i] + I1[i]; }
KERNEL(addLongs) { FOR(i) L1[i] = L0[i] + 3; }
KERNEL(scaleWords) { FOR(i) I2[i] = I0[i] * 17 - I1[i]; }
KERNEL(shiftWords) { FOR(i) I2[i] = (I0[i] << 3) ^ (int)((unsigned)I1[i] >> 5); }
KERNEL(maxWords) { int m = I0[0]; FOR(i) m = I0[i] > m ? I0[i] : m; Sink = m; }
KERNEL(absWords) { FOR(i) I2[i] = I0[i] < 0 ? -I0[i] : I0[i]; }
KERNEL(clampWords) { FOR(i) { int v = I0[i]; I2[i] = v < -9 ? -9 : v > 9 ? 9 : v; } }
KERNEL(widenBytes) { FOR(i) I2[i] = B0[i]; }
KERNEL(narrowWords) { FOR(i) B1[i] = (uint8_t)I0[i]; }
KERNEL(halves) { FOR(i) H0[i] = (int16_t)(H0[i] * 5 + 1); }
KERNEL(countPositive) { long c = 0; FOR(i) c += I0[i] > 0; Sink = c; }
KERNEL(conditionalStore) { FOR(i) if (I0[i] > 7) I2[i] = I1[i]; }
KERNEL(gatherWords) { FOR(i) I2[i] = I0[I1[i] & 63]; }
KERNEL(copyBytesBackward) { FOR(i) B1[n - i] = B0[i] ^ 0x55; }
KERNEL(prefixSum) { int s = 0; FOR(i) { s += I0[i]; I2[i] = s; } }
KERNEL(histogram) { FOR(i) ++I2[B0[i]]; }
KERNEL(hashBytes) { uint32_t h = 2166136261u; FOR(i) h = (h ^ B0[i]) * 16777619u; Sink = h; }
KERNEL(crcBits) { uint32_t c = (uint32_t)Sink; FOR(i) c = (c >> 1) ^ (-(c & 1) & 0xedb88320u); Sink = c; }
KERNEL(generator) { uint64_t x = (uint64_t)Sink; FOR(i) x = x * 6364136223846793005u + 1442695040888963407u; Sink = (long)x; }
KERNEL(xorshift) { uint64_t x = (uint64_t)Sink + 88172645463325252u; FOR(i) { x ^= x << 13; x ^= x >> 7; x ^= x << 17; } Sink = (long)x; }
KERNEL(fibonacci) { long a = 0, b = 1; FOR(i) { long t = a + b; a = b; b = t; } Sink = a; }
KERNEL(horner) { long s = Sink; FOR(i) s = s * 31 + L0[i]; Sink = s; }
KERNEL(quotients) { long s = 1000000007, q = 0; FOR(i) { q += s / (i + 3); } Sink = q; }
KERNEL(remainders) { FOR(i) L1[i] = L0[i] % 1000; }
KERNEL(bigAdd) { unsigned c = 0; FOR(i) { uint64_t t = (uint64_t)(uint32_t)I0[i] + (uint32_t)I1[i] + c; I2[i] = (int)t; c = t >> 32; } Sink = c; }
KERNEL(bigMultiply) { uint64_t c = 0; FOR(i) { c += (uint64_t)(uint32_t)I0[i] * 0x9e3779b1u; I2[i] = (int)c; c >>= 32; } Sink = (long)c; }
KERNEL(walkList) { const struct Node *p = Ring; long s = 0; FOR(i) { s += p->value; p = p->next; } Sink = s; }
KERNEL(countBits) { long s = 0; FOR(i) s += __builtin_popcountl((unsigned long)L0[i]); Sink = s; }
KERNEL(leadingZeros) { long s = 0; FOR(i) s += __builtin_clzl((unsigned long)L0[i] | 1); Sink = s; }
KERNEL(rotateAdd) { uint64_t x = 1; FOR(i) x = (x << 7 | x >> 57) + (uint64_t)L0[i]; Sink = (long)x; }
KERNEL(interleave) { FOR(i) L1[i] = (long)I0[i] << 32 | (uint32_t)I1[i]; }
KERNEL(recurrence) { FOR(i) I2[i + 1] = I2[i] * 3 + I0[i]; }
KERNEL(everySecond) { long s = 0; FOR(i) s += L0[i & ~1l]; Sink = s; }
KERNEL(strideSum) { long s = 0; for (long i = 0; i < n; i += 4) s += L0[i]; Sink = s; }
KERNEL(fillWords) { FOR(i) I2[i] = (int)(i * i); }

// Floating point: streams, reductions, stencils, the slow units.
KERNEL(saxpy) { FOR(i) F1[i] = 2.5f * F0[i] + F1[i]; }
KERNEL(triad) { FOR(i) F2[i] = F0[i] + 3.0f * F1[i]; }
KERNEL(scaleFloats) { FOR(i) F2[i] = F0[i] * 0.5f; }
KERNEL(chain) { float x = FloatSink; FOR(i) x = x * 0.75f + F0[i]; FloatSink = x; }
KERNEL(orderedSum) { float s = 0; FOR(i) s += F0[i]; FloatSink = s; }
KERNEL(stencil) { FOR(i) F2[i + 1] = (F0[i] + F0[i + 1] + F0[i + 2]) * 0.333f; }
KERNEL(rectify) { FOR(i) F2[i] = F0[i] > 0 ? F0[i] : 0.01f * F0[i]; }
KERNEL(divideFloats) { FOR(i) F2[i] = F0[i] / F1[i]; }
KERNEL(rootFloats) { FOR(i) F2[i] = __builtin_sqrtf(F0[i]); }
KERNEL(toFloat) { FOR(i) F2[i] = (float)I0[i]; }
KERNEL(toWord) { FOR(i) I2[i] = (int)F0[i]; }
KERNEL(polynomial) { FOR(i) { float x = F0[i]; F2[i] = ((0.1f * x + 0.2f) * x + 0.3f) * x + 0.4f; } }
KERNEL(complexProduct) { for (long i = 0; i + 1 < n; i += 2) { float a = F0[i], b = F0[i + 1]; F2[i] = a * 0.6f - b * 0.8f; F2[i + 1] = a * 0.8f + b * 0.6f; } }
#pragma clang fp reassociate(on)
KERNEL(dot) { float s = 0; FOR(i) s += F0[i] * F1[i]; FloatSink = s; }
KERNEL(sumSquares) { float s = 0; FOR(i) s += F0[i] * F0[i]; FloatSink = s; }
#pragma clang fp reassociate(off)

// The matrix unit and its neighbours.
KERNEL(products) {
  tatami_acc a = __builtin_tatami_acc_zero(), b = a;
  for (long i = 0; i < n / 8; ++i) {
    a = __builtin_tatami_mma_bf16(a, Tiles[i], Tiles[i + 1]);
    b = __builtin_tatami_mma_bf16(b, Tiles[i], Tiles[i + 2]);
  }
  *(tatami_v16f32 *)F2 = __builtin_tatami_acc_get(a, 0) + __builtin_tatami_acc_get(b, 1);
}
KERNEL(zipTiles) {
  for (long i = 0; i < n / 8; ++i)
    Tiles[i] = (tatami_v32bf16)__builtin_tatami_zipl_h((tatami_v32u16)Tiles[i], (tatami_v32u16)Tiles[i + 1]);
}

#define KERNELS(X)                                                                               \
  X(sumWords) X(sumLongs) X(sumBytes) X(addWords) X(addLongs) X(scaleWords) X(shiftWords)         \
  X(maxWords) X(absWords) X(clampWords) X(widenBytes) X(narrowWords) X(halves) X(countPositive)   \
  X(conditionalStore) X(gatherWords) X(copyBytesBackward) X(prefixSum) X(histogram) X(hashBytes)  \
  X(crcBits) X(generator) X(xorshift) X(fibonacci) X(horner) X(quotients) X(remainders)           \
  X(bigAdd) X(bigMultiply) X(walkList) X(countBits) X(leadingZeros) X(rotateAdd) X(interleave)    \
  X(recurrence) X(everySecond) X(strideSum) X(fillWords) X(saxpy) X(triad) X(scaleFloats)         \
  X(chain) X(orderedSum) X(stencil) X(rectify) X(divideFloats) X(rootFloats) X(toFloat)           \
  X(toWord) X(polynomial) X(complexProduct) X(dot) X(sumSquares) X(products) X(zipTiles)

struct Counts { uint64_t cycles, instructions; };

static __attribute__((noinline)) struct Counts count(void (*kernel)(long), long n) {
  uint64_t cycles = tatami_cycles(), instructions = tatami_instructions();
  kernel(n);
  return (struct Counts){tatami_cycles() - cycles, tatami_instructions() - instructions};
}

static void report(const char *name, void (*kernel)(long)) {
  kernel(N); // so that both begin with the same work in the vector queue
  struct Counts once = count(kernel, N), twice = count(kernel, 2 * N);
  printf("%s %ld %ld\n", name, (long)(twice.cycles - once.cycles),
         (long)(twice.instructions - once.instructions));
}

int main(void) {
  for (int i = 0; i < 64; ++i)
    Ring[i].next = &Ring[(i * 5 + 1) % 64];
  for (int i = 0; i < Max; ++i) {
    I0[i] = i, I1[i] = Max - i, L0[i] = i;
    F0[i] = F1[i] = (float)(i + 1);
  }
#define RUN(name) report(#name, name);
  KERNELS(RUN)
}
