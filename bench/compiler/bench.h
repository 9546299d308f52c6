//===- bench.h - What a measured program may use --------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The programs stand alone: no C library, so that both machines run code made
// from the same sources by the compiler under test. Functions that a compiler
// calls by itself (memcpy and so on) are in support.c, in the same language.
//===----------------------------------------------------------------------===//

#ifndef TATAMI_BENCH_COMPILER_BENCH_H
#define TATAMI_BENCH_COMPILER_BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// The work; its result must be Expected, which the host's compiler computed.
uint64_t run(void);
extern const uint64_t Expected;

void *memcpy(void *restrict To, const void *restrict From, size_t Size);
void *memmove(void *To, const void *From, size_t Size);
void *memset(void *To, int Byte, size_t Size);
int memcmp(const void *A, const void *B, size_t Size);
size_t strlen(const char *Text);

/// xorshift64*: the same numbers everywhere.
static inline uint64_t nextRandom(uint64_t *State) {
  uint64_t X = *State;
  X ^= X >> 12;
  X ^= X << 25;
  X ^= X >> 27;
  *State = X;
  return X * 0x2545f4914f6cdd1dull;
}

/// One more number into a result.
static inline uint64_t mix(uint64_t Hash, uint64_t Value) {
  return (Hash ^ Value) * 0x100000001b3ull;
}

#endif // TATAMI_BENCH_COMPILER_BENCH_H
