//===- compression.c - LZ77 with a hash chain, then Huffman; and back -----===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "../bench.h"

enum { Size = 16384, Window = 4096, HashSize = 1024, MinMatch = 3,
       MaxMatch = 66, Symbols = 256 };

static uint8_t Input[Size], Packed[2 * Size], Coded[4 * Size], Output[Size];
static int16_t Head[HashSize], Previous[Size];

static void makeInput(uint64_t Seed) {
  int At = 0;
  while (At < Size) {
    const uint64_t R = nextRandom(&Seed);
    if (At > 64 && (R >> 60) < 9) {
      int Back = 1 + (int)((R >> 20) % 60), Length = 3 + (int)((R >> 40) & 31);
      for (; Length && At < Size; --Length, ++At)
        Input[At] = Input[At - Back];
    } else {
      Input[At++] = (uint8_t)(64 + ((R >> 30) & (R >> 36) & 31));
    }
  }
}

static unsigned hashAt(const uint8_t *P) {
  return ((P[0] | P[1] << 8 | (unsigned)P[2] << 16) * 2654435761u) >> 22;
}

// A byte below 128 says how many literals follow, one above how long a match
// is; its distance has two bytes.
static unsigned packBytes(void) {
  unsigned Out = 0, Literals = 0, Token = 0;
  for (int I = 0; I < HashSize; ++I)
    Head[I] = -1;
  for (int At = 0; At < Size;) {
    int BestLength = 0, BestAt = 0;
    if (At + MinMatch < Size) {
      const unsigned Hash = hashAt(Input + At);
      int Tries = 16;
      for (int Old = Head[Hash]; Old >= 0 && At - Old < Window && Tries--;
           Old = Previous[Old]) {
        int Length = 0;
        while (Length < MaxMatch && At + Length < Size &&
               Input[Old + Length] == Input[At + Length])
          ++Length;
        if (Length > BestLength) {
          BestLength = Length;
          BestAt = Old;
        }
      }
    }
    int Step = 1;
    if (BestLength >= MinMatch) {
      Packed[Out++] = (uint8_t)(128 + BestLength - MinMatch);
      Packed[Out++] = (uint8_t)(At - BestAt);
      Packed[Out++] = (uint8_t)((At - BestAt) >> 8);
      Step = BestLength;
      Literals = 0;
    } else {
      if (Literals == 0)
        Token = Out++;
      Packed[Token] = (uint8_t)++Literals;
      Packed[Out++] = Input[At];
      if (Literals == 127)
        Literals = 0;
    }
    for (; Step; --Step, ++At)
      if (At + MinMatch < Size) {
        const unsigned Hash = hashAt(Input + At);
        Previous[At] = Head[Hash];
        Head[Hash] = (int16_t)At;
      }
  }
  return Out;
}

static unsigned unpackBytes(const uint8_t *P, const uint8_t *End) {
  unsigned Out = 0;
  while (P < End) {
    unsigned Token = *P++;
    if (Token < 128) {
      while (Token--)
        Output[Out++] = *P++;
    } else {
      const unsigned Back = P[0] | P[1] << 8;
      P += 2;
      for (unsigned Length = Token - 128 + MinMatch; Length; --Length, ++Out)
        Output[Out] = Output[Out - Back];
    }
  }
  return Out;
}

static uint32_t Weight[2 * Symbols];
static uint16_t Left[2 * Symbols], Right[2 * Symbols];
static uint32_t CodeOf[Symbols];
static uint8_t LengthOf[Symbols];

static void assign(unsigned Node, uint32_t Code, unsigned Length) {
  if (Node < Symbols) {
    CodeOf[Node] = Code;
    LengthOf[Node] = (uint8_t)Length;
    return;
  }
  assign(Left[Node], Code << 1, Length + 1);
  assign(Right[Node], Code << 1 | 1, Length + 1);
}

static unsigned buildTree(unsigned Length) {
  for (int I = 0; I < 2 * Symbols; ++I)
    Weight[I] = 0;
  for (unsigned I = 0; I < Length; ++I)
    ++Weight[Packed[I]];
  unsigned Next = Symbols;
  for (;;) {
    int First = -1, Second = -1;
    for (int I = 0; I < (int)Next; ++I) {
      if (!Weight[I])
        continue;
      if (First < 0 || Weight[I] < Weight[First]) {
        Second = First;
        First = I;
      } else if (Second < 0 || Weight[I] < Weight[Second]) {
        Second = I;
      }
    }
    if (Second < 0) {
      assign((unsigned)First, 0, 0);
      return (unsigned)First;
    }
    Left[Next] = (uint16_t)First;
    Right[Next] = (uint16_t)Second;
    Weight[Next++] = Weight[First] + Weight[Second];
    Weight[First] = Weight[Second] = 0;
  }
}

static unsigned encode(unsigned Length) {
  uint64_t Bits = 0;
  unsigned Have = 0, Out = 0;
  for (unsigned I = 0; I < Length; ++I) {
    Bits = Bits << LengthOf[Packed[I]] | CodeOf[Packed[I]];
    for (Have += LengthOf[Packed[I]]; Have >= 8; Have -= 8)
      Coded[Out++] = (uint8_t)(Bits >> (Have - 8));
  }
  Coded[Out++] = (uint8_t)(Bits << (8 - Have));
  return Out;
}

static void decode(unsigned Top, unsigned Length) {
  unsigned Bit = 0;
  for (unsigned I = 0; I < Length; ++I) {
    unsigned Node = Top;
    for (; Node >= Symbols; ++Bit)
      Node = Coded[Bit >> 3] >> (~Bit & 7) & 1 ? Right[Node] : Left[Node];
    Packed[I] = (uint8_t)Node;
  }
}

uint64_t run(void) {
  makeInput(99);
  const unsigned Length = packBytes();
  const unsigned Top = buildTree(Length);
  uint64_t Hash = mix(Length, encode(Length));
  for (unsigned I = 0; I < Length; ++I)
    Packed[I] = 0;
  decode(Top, Length);
  if (unpackBytes(Packed, Packed + Length) != Size)
    return 0;
  for (int I = 0; I < Size; ++I) {
    if (Input[I] != Output[I])
      return 0;
    Hash = mix(Hash, Output[I]);
  }
  return Hash;
}

const uint64_t Expected = 0xba797c48d84df629ull;
