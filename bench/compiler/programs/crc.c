//===- crc.c - CRC-32 by bits and by tables, Adler-32, CRC-16 -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "../bench.h"

enum { Size = 60000 };

static uint8_t Data[Size];
static uint32_t Tables[4][256];

static uint32_t crcByBits(const uint8_t *P, size_t Length) {
  uint32_t Crc = ~0u;
  while (Length--) {
    Crc ^= *P++;
    for (int Bit = 0; Bit < 8; ++Bit)
      Crc = Crc & 1 ? (Crc >> 1) ^ 0xedb88320u : Crc >> 1;
  }
  return ~Crc;
}

static void makeTables(void) {
  for (uint32_t I = 0; I < 256; ++I) {
    uint32_t Crc = I;
    for (int Bit = 0; Bit < 8; ++Bit)
      Crc = (Crc >> 1) ^ (0xedb88320u & -(Crc & 1));
    Tables[0][I] = Crc;
  }
  for (int T = 1; T < 4; ++T)
    for (uint32_t I = 0; I < 256; ++I)
      Tables[T][I] =
          (Tables[T - 1][I] >> 8) ^ Tables[0][Tables[T - 1][I] & 0xff];
}

static uint32_t crcByTable(const uint8_t *P, size_t Length) {
  uint32_t Crc = ~0u;
  while (Length--)
    Crc = (Crc >> 8) ^ Tables[0][(Crc ^ *P++) & 0xff];
  return ~Crc;
}

static uint32_t crcByFour(const uint8_t *P, size_t Length) {
  uint32_t Crc = ~0u;
  for (; Length >= 4; Length -= 4, P += 4) {
    Crc ^= *(const uint32_t *)P;
    Crc = Tables[3][Crc & 0xff] ^ Tables[2][(Crc >> 8) & 0xff] ^
          Tables[1][(Crc >> 16) & 0xff] ^ Tables[0][Crc >> 24];
  }
  while (Length--)
    Crc = (Crc >> 8) ^ Tables[0][(Crc ^ *P++) & 0xff];
  return ~Crc;
}

static uint16_t crc16(const uint8_t *P, size_t Length) {
  uint16_t Crc = 0xffff;
  while (Length--) {
    uint8_t X = (uint8_t)(Crc >> 8) ^ *P++;
    X ^= X >> 4;
    Crc = (uint16_t)((Crc << 8) ^ (X << 12) ^ (X << 5) ^ X);
  }
  return Crc;
}

static uint32_t adler32(const uint8_t *P, size_t Length) {
  uint32_t A = 1, B = 0;
  while (Length--) {
    A = (A + *P++) % 65521;
    B = (B + A) % 65521;
  }
  return B << 16 | A;
}

uint64_t run(void) {
  uint64_t Seed = 7;
  for (int I = 0; I < Size; ++I)
    Data[I] = (uint8_t)(nextRandom(&Seed) >> 33);
  makeTables();
  const uint32_t ByTable = crcByTable(Data, Size);
  if (ByTable != crcByFour(Data, Size))
    return 0;
  uint64_t Hash = mix(ByTable, crcByBits(Data, Size / 8));
  Hash = mix(Hash, crc16(Data, Size));
  return mix(Hash, adler32(Data, Size));
}

const uint64_t Expected = 0xb93adee55fb223f7ull;
