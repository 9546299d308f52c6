//===- jumps.c - setjmp and longjmp ---------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Check.h"
#include <setjmp.h>
#include <stdlib.h>

typedef float Vector __attribute__((vector_size(64)));

static jmp_buf target;
static volatile Vector source;

__attribute__((noinline)) static void deep(int levels, int value) {
  volatile char space[200];
  space[levels] = value;
  if (levels == 0)
    longjmp(target, value);
  deep(levels - 1, value);
  space[levels] = 0;
}

/// Changes as many registers as it can before it jumps.
__attribute__((noinline)) static void clobber(void) {
  __asm__ volatile("li s0, 1\n li s9, 1\n vli.w v24, 1\n vli.w v31, 1\n"
                   "mmv.m.x m6, zero\n mmv.m.x m7, zero"
                   :
                   :
                   : "x22", "x31", "v24", "v31", "m6", "m7");
  longjmp(target, 5);
}

__attribute__((noinline)) static void testRegisters(void) {
  register long s0 __asm__("x22") = 1234567;
  register Vector v24 __asm__("v24") = source + 3.0f;
  __asm__ volatile("" : "+r"(s0), "+v"(v24));
  if (setjmp(target) == 0)
    clobber();
  __asm__ volatile("" : "+r"(s0), "+v"(v24));
  CHECK(s0 == 1234567);
  CHECK(v24[0] == 3.0f && v24[15] == 3.0f);
}

int main(void) {
  volatile int jumps = 0;
  int value = setjmp(target);
  CHECK(value == jumps);
  if (jumps < 5) {
    ++jumps;
    deep(jumps * 10, jumps);
    CHECK(!"reached");
  }
  jumps = 0;
  value = setjmp(target);
  if (jumps++ == 0)
    longjmp(target, 0);
  CHECK(value == 1);
  testRegisters();

  // A jmp_buf in memory from malloc, which is aligned to 16 bytes only.
  struct {
    long before;
    jmp_buf buffer;
  } *heap = malloc(sizeof *heap);
  jumps = 0;
  if (setjmp(heap->buffer) == 0)
    longjmp(heap->buffer, 1);
  else
    jumps = 1;
  CHECK(jumps == 1);
  return checked();
}
