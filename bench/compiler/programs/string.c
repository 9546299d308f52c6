//===- string.c - Search, words, case, numbers as text, edit distance -----===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "../bench.h"

enum { Size = 24000, MaxPattern = 16 };

static char Text[Size + 1];
static uint8_t Skip[256];

static void makeText(uint64_t Seed) {
  static const char Letters[] = "etaoinshrdlu  ,.\nETA09";
  for (int I = 0; I < Size; ++I)
    Text[I] = Letters[(nextRandom(&Seed) >> 40) % (sizeof Letters - 1)];
  Text[Size] = 0;
}

// Horspool: places of a pattern.
static unsigned countPattern(const char *Pattern) {
  const unsigned Length = (unsigned)strlen(Pattern);
  for (int I = 0; I < 256; ++I)
    Skip[I] = (uint8_t)Length;
  for (unsigned I = 0; I + 1 < Length; ++I)
    Skip[(uint8_t)Pattern[I]] = (uint8_t)(Length - 1 - I);
  unsigned Found = 0;
  for (unsigned At = 0; At + Length <= Size;) {
    unsigned I = Length - 1;
    while (Text[At + I] == Pattern[I]) {
      if (I == 0) {
        ++Found;
        break;
      }
      --I;
    }
    At += Skip[(uint8_t)Text[At + Length - 1]];
  }
  return Found;
}

static bool isLetter(char C) {
  return (C >= 'a' && C <= 'z') || (C >= 'A' && C <= 'Z');
}

static unsigned countWords(unsigned *Longest) {
  unsigned Words = 0, Length = 0;
  *Longest = 0;
  for (const char *P = Text;; ++P) {
    if (isLetter(*P)) {
      ++Length;
      continue;
    }
    if (Length) {
      ++Words;
      if (Length > *Longest)
        *Longest = Length;
    }
    Length = 0;
    if (!*P)
      return Words;
  }
}

static void swapCase(char *P) {
  for (; *P; ++P)
    if (isLetter(*P))
      *P ^= 0x20;
}

static void reverse(char *First, char *Last) {
  while (First < Last) {
    char C = *First;
    *First++ = *Last;
    *Last-- = C;
  }
}

static unsigned print(char *Out, int64_t Number) {
  char *P = Out;
  uint64_t Rest = Number < 0 ? -(uint64_t)Number : (uint64_t)Number;
  if (Number < 0)
    *P++ = '-';
  char *First = P;
  do
    *P++ = (char)('0' + Rest % 10);
  while (Rest /= 10);
  *P = 0;
  reverse(First, P - 1);
  return (unsigned)(P - Out);
}

static int64_t parse(const char *P) {
  bool Negative = *P == '-';
  if (Negative)
    ++P;
  int64_t Number = 0;
  for (; *P >= '0' && *P <= '9'; ++P)
    Number = Number * 10 + (*P - '0');
  return Negative ? -Number : Number;
}

static unsigned editDistance(const char *A, unsigned M, const char *B,
                             unsigned N) {
  unsigned Row[129];
  for (unsigned J = 0; J <= N; ++J)
    Row[J] = J;
  for (unsigned I = 1; I <= M; ++I) {
    unsigned Diagonal = Row[0];
    Row[0] = I;
    for (unsigned J = 1; J <= N; ++J) {
      unsigned Above = Row[J];
      unsigned Best = Diagonal + (A[I - 1] != B[J - 1]);
      if (Above + 1 < Best)
        Best = Above + 1;
      if (Row[J - 1] + 1 < Best)
        Best = Row[J - 1] + 1;
      Row[J] = Best;
      Diagonal = Above;
    }
  }
  return Row[N];
}

uint64_t run(void) {
  static const char *const Patterns[] = {"tea", "  ", "stone", "rain, ", "0"};
  uint64_t Hash = 0, Seed = 11;
  makeText(5);
  for (unsigned I = 0; I < sizeof Patterns / sizeof *Patterns; ++I)
    Hash = mix(Hash, countPattern(Patterns[I]));
  unsigned Longest;
  Hash = mix(Hash, countWords(&Longest));
  Hash = mix(Hash, Longest);
  swapCase(Text);
  reverse(Text, Text + Size - 1);
  Hash = mix(Hash, countPattern("ONI"));
  for (int I = 0; I < 1500; ++I) {
    char Buffer[24];
    int64_t Number = (int64_t)nextRandom(&Seed) >> (I & 63);
    Hash = mix(Hash, print(Buffer, Number));
    if (parse(Buffer) != Number)
      return 0;
  }
  for (int I = 0; I < 8; ++I)
    Hash = mix(Hash, editDistance(Text + I * 300, 128, Text + I * 500, 128));
  return Hash;
}

const uint64_t Expected = 0xcdb2ea4794f44f8full;
