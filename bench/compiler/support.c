//===- support.c - Start, end, and what a compiler calls by itself --------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Compiled for each machine with the flags under test. A wrong result ends with
// status 1; on the host, an argument makes the program print it.
//===----------------------------------------------------------------------===//

#include "bench.h"

#if defined(__riscv) || defined(__tatami__)

static _Noreturn void leave(int Status) {
#ifdef __riscv
  register long Code __asm__("a0") = Status;
  register long Call __asm__("a7") = 93; // exit
  __asm__ volatile("ecall" : : "r"(Code), "r"(Call) : "memory");
#else
  register long Code __asm__("a0") = Status;
  __asm__ volatile("hcall 0" : : "r"(Code) : "memory"); // exit
#endif
  for (;;)
    ;
}

__attribute__((used)) static void startInC(void) { leave(run() != Expected); }

#ifdef __riscv
__asm__(".globl _start\n_start:\n\tandi sp, sp, -16\n\ttail startInC\n");
#else
__asm__(".globl _start\n_start:\n"
        "\tli t0, __stack_top\n\tli t1, __stack_size\n\tsub t1, t0, t1\n"
        "\tcsrw stacklimit, t1\n\tspset t0\n\ttail startInC\n");
#endif

void *memcpy(void *restrict To, const void *restrict From, size_t Size) {
  char *T = To;
  const char *F = From;
  if ((((uintptr_t)T | (uintptr_t)F) & 7) == 0)
    for (; Size >= 8; Size -= 8, T += 8, F += 8)
      *(uint64_t *)T = *(const uint64_t *)F;
  else if ((((uintptr_t)T | (uintptr_t)F) & 3) == 0)
    for (; Size >= 4; Size -= 4, T += 4, F += 4)
      *(uint32_t *)T = *(const uint32_t *)F;
  for (; Size; --Size)
    *T++ = *F++;
  return To;
}

void *memmove(void *To, const void *From, size_t Size) {
  char *T = To;
  const char *F = From;
  if (T <= F)
    return memcpy(To, From, Size);
  while (Size--)
    T[Size] = F[Size];
  return To;
}

void *memset(void *To, int Byte, size_t Size) {
  char *T = To;
  if (((uintptr_t)T & 7) == 0)
    for (; Size >= 8; Size -= 8, T += 8)
      *(uint64_t *)T = (unsigned char)Byte * 0x0101010101010101ull;
  for (; Size; --Size)
    *T++ = (char)Byte;
  return To;
}

int memcmp(const void *A, const void *B, size_t Size) {
  const unsigned char *X = A, *Y = B;
  for (; Size; --Size, ++X, ++Y)
    if (*X != *Y)
      return *X - *Y;
  return 0;
}

size_t strlen(const char *Text) {
  const char *End = Text;
  while (*End)
    ++End;
  return (size_t)(End - Text);
}

#else

#include <stdio.h>

int main(int Count, char **Arguments) {
  (void)Arguments;
  const uint64_t Result = run();
  if (Count > 1)
    printf("0x%016llx\n", (unsigned long long)Result);
  return Result != Expected;
}

#endif
