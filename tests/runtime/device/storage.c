//===- storage.c - Thread-local variables and inline assembly -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Check.h"
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <tatami.h>

typedef float Vector __attribute__((vector_size(64)));

//===----------------------------------------------------------------------===//
// Each thread has its own copy, which begins as the initialiser says.
//===----------------------------------------------------------------------===//

static _Thread_local int initialised = 5, zeroed;
_Thread_local char text[] = "thread";
static _Thread_local _Alignas(64) Vector aligned = {1, 2, 3};
static _Thread_local struct {
  char c;
  long values[20];
} large = {'c', {[19] = 19}};
static _Thread_local uint8_t oddly[3] = {1, 2, 3};
static int *addresses[4];

__attribute__((noinline)) static int *addressOf(int i) {
  return i ? &initialised : &zeroed;
}

static void useThreadLocals(void *unused) {
  (void)unused;
  int self = tatami_thread();
  CHECK(initialised == 5 && zeroed == 0 && strcmp(text, "thread") == 0);
  CHECK((uintptr_t)&aligned % 64 == 0 && aligned[2] == 3 && aligned[15] == 0);
  CHECK(large.c == 'c' && large.values[19] == 19 && large.values[0] == 0);
  CHECK(oddly[2] == 3);
  addresses[self] = &zeroed;
  for (int i = 0; i < 100; ++i) {
    initialised += self;
    *addressOf(0) += self + 1;
    large.values[i % 20] += i;
    aligned += (float)self;
    text[0] = (char)('a' + self);
    tatami_pause();
  }
  CHECK(initialised == 5 + 100 * self && zeroed == 100 * (self + 1));
  CHECK(text[0] == 'a' + self && aligned[2] == 3 + 100.0f * (float)self);
  CHECK(large.values[7] == 7 + 27 + 47 + 67 + 87);
}

//===----------------------------------------------------------------------===//
// Inline assembly.
//===----------------------------------------------------------------------===//

static long memory = 40;

__attribute__((noinline)) static void useAssembly(long a, int b, float f,
                                                  Vector v) {
  long sum;
  __asm__("add %0, %1, %2" : "=r"(sum) : "r"(a), "r"((long)b));
  CHECK(sum == a + b);
  __asm__("addi %0, %1, %2" : "=r"(sum) : "r"(a), "i"(-7));
  CHECK(sum == a - 7);
  // Read and write, tied, early-clobbered, named.
  long value = a;
  __asm__("addi %0, %0, 1" : "+r"(value));
  CHECK(value == a + 1);
  __asm__("addi %[out], %[in], 3" : [out] "=r"(value) : [in] "0"(value));
  CHECK(value == a + 4);
  long first, second;
  __asm__("addi %0, %2, 1\n\taddi %1, %2, 2"
          : "=&r"(first), "=r"(second)
          : "r"(a));
  CHECK(first == a + 1 && second == a + 2);
  // Memory operands, and a clobber of memory.
  long loaded;
  __asm__("ld %0, %1" : "=r"(loaded) : "m"(memory));
  CHECK(loaded == 40);
  __asm__ volatile("sd %1, %0" : "=m"(memory) : "r"(a));
  CHECK(memory == a);
  long *where = &memory;
  __asm__ volatile("sd %1, 0(%0)" : : "r"(where), "r"(5l) : "memory");
  CHECK(memory == 5);
  // Vectors, floats, masks, clobbered registers.
  Vector doubled;
  __asm__("vfadd.s %0, %1, %1" : "=v"(doubled) : "v"(v));
  CHECK(doubled[3] == v[3] * 2);
  float product;
  __asm__("fmul.s %0, %1, %2" : "=v"(product) : "v"(f), "v"(f));
  CHECK(product == f * f);
  long kept = a * 3;
  Vector keptVector = v + 1.0f;
  __asm__ volatile("li s0, 0\n\tli s5, 0\n\tli a0, 0\n\tvli.w v9, 0\n\t"
                   "vli.w v25, 0"
                   :
                   :
                   : "s0", "s5", "a0", "v9", "v25");
  CHECK(kept == a * 3 && keptVector[9] == v[9] + 1);
  register long inA3 __asm__("a3") = a;
  __asm__ volatile("addi a3, a3, 9" : "+r"(inA3));
  CHECK(inA3 == a + 9);
  // Labels of its own, twice in one function.
  long larger[2];
  for (int i = 0; i < 2; ++i)
    __asm__("mv %0, %1\n\tbge %1, %2, .Ldone%=\n\tmv %0, %2\n.Ldone%=:"
            : "=&r"(larger[i])
            : "r"(a * i), "r"(2l));
  CHECK(larger[0] == 2 && larger[1] == a);
  __asm__ goto("bne %0, %1, %l[different]" : : "r"(a), "r"(0l) : : different);
  CHECK(!"reached");
different:
  CHECK(1);
}

__attribute__((naked, noinline)) static long naked(long a) {
  __asm__("addi a0, a0, 11\n\tret");
}

int main(void) {
  for (int thread = 1; thread < 4; ++thread)
    tatami_thread_start(thread, useThreadLocals, NULL);
  useThreadLocals(NULL);
  for (int thread = 1; thread < 4; ++thread)
    tatami_thread_join(thread);
  for (int i = 0; i < 4; ++i)
    for (int j = 0; j < i; ++j)
      CHECK(addresses[i] != addresses[j]);
  // A second life of a thread begins anew.
  tatami_thread_start(1, useThreadLocals, NULL);
  tatami_thread_join(1);

  useAssembly(123, -4, 1.5f, (Vector){1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
  CHECK(naked(4) == 15);
  return checked();
}
