//===- hash.c - Words counted in an open-addressing table -----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "../bench.h"

enum { Slots = 4096, Words = 30000, MaxLength = 12 };

typedef struct {
  uint32_t Hash;
  uint32_t Count;
  uint8_t Length;
  char Text[MaxLength];
} Entry;

static Entry Table[Slots];

static uint32_t hashBytes(const char *Text, unsigned Length) {
  uint32_t Hash = 2166136261u;
  for (unsigned I = 0; I < Length; ++I) {
    Hash ^= (uint8_t)Text[I];
    Hash *= 16777619u;
  }
  Hash ^= Hash >> 15;
  Hash *= 0x2c1b3c6du;
  Hash ^= Hash >> 13;
  return Hash;
}

static bool sameText(const char *A, const char *B, unsigned Length) {
  for (unsigned I = 0; I < Length; ++I)
    if (A[I] != B[I])
      return false;
  return true;
}

static Entry *find(const char *Text, unsigned Length) {
  const uint32_t Hash = hashBytes(Text, Length);
  for (uint32_t Slot = Hash & (Slots - 1);; Slot = (Slot + 1) & (Slots - 1)) {
    Entry *E = &Table[Slot];
    if (!E->Count) {
      E->Hash = Hash;
      E->Length = (uint8_t)Length;
      for (unsigned I = 0; I < Length; ++I)
        E->Text[I] = Text[I];
      return E;
    }
    if (E->Hash == Hash && E->Length == Length &&
        sameText(E->Text, Text, Length))
      return E;
  }
}

uint64_t run(void) {
  uint64_t Seed = 42;
  for (int I = 0; I < Words; ++I) {
    // About 2,700 words, short ones more often.
    uint32_t Number = (uint32_t)(nextRandom(&Seed) >> 40) % 2700;
    char Word[MaxLength];
    unsigned Length = 0;
    do {
      Word[Length++] = (char)('a' + Number % 7);
      Number /= 7;
    } while (Number);
    while (Length < 3 + (Word[0] & 3))
      Word[Length++] = '_';
    ++find(Word, Length)->Count;
  }
  uint64_t Result = 0;
  for (int I = 0; I < Slots; ++I)
    if (Table[I].Count)
      Result = mix(Result, Table[I].Hash + (uint64_t)Table[I].Count * I);
  return Result;
}

const uint64_t Expected = 0x8e599e27415b2802ull;
