//===- sha256.c - SHA-256 of a message in pieces --------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "../bench.h"

static const uint32_t K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1,
    0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
    0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
    0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
    0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
    0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
    0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
    0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t rotate(uint32_t X, int N) { return X >> N | X << (32 - N); }

static void block(uint32_t *State, const uint8_t *P) {
  uint32_t W[64];
  for (int I = 0; I < 16; ++I, P += 4)
    W[I] = (uint32_t)P[0] << 24 | (uint32_t)P[1] << 16 | (uint32_t)P[2] << 8 |
           P[3];
  for (int I = 16; I < 64; ++I) {
    const uint32_t X = W[I - 15], Y = W[I - 2];
    W[I] = W[I - 16] + W[I - 7] +
           (rotate(X, 7) ^ rotate(X, 18) ^ X >> 3) +
           (rotate(Y, 17) ^ rotate(Y, 19) ^ Y >> 10);
  }
  uint32_t A = State[0], B = State[1], C = State[2], D = State[3],
           E = State[4], F = State[5], G = State[6], H = State[7];
  for (int I = 0; I < 64; ++I) {
    const uint32_t S1 = rotate(E, 6) ^ rotate(E, 11) ^ rotate(E, 25);
    const uint32_t T1 = H + S1 + ((E & F) ^ (~E & G)) + K[I] + W[I];
    const uint32_t S0 = rotate(A, 2) ^ rotate(A, 13) ^ rotate(A, 22);
    const uint32_t T2 = S0 + ((A & B) ^ (A & C) ^ (B & C));
    H = G; G = F; F = E; E = D + T1;
    D = C; C = B; B = A; A = T1 + T2;
  }
  State[0] += A; State[1] += B; State[2] += C; State[3] += D;
  State[4] += E; State[5] += F; State[6] += G; State[7] += H;
}

static uint8_t Message[20000];

uint64_t run(void) {
  uint64_t Seed = 2;
  for (unsigned I = 0; I < sizeof Message; ++I)
    Message[I] = (uint8_t)(nextRandom(&Seed) >> 24);
  uint32_t State[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                       0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  uint8_t Last[64] = {0};
  unsigned At = 0;
  for (; At + 64 <= sizeof Message; At += 64)
    block(State, Message + At);
  unsigned Rest = 0;
  for (; At < sizeof Message; ++At)
    Last[Rest++] = Message[At];
  Last[Rest] = 0x80;
  for (int I = 0; I < 8; ++I)
    Last[63 - I] = (uint8_t)(sizeof Message * 8ull >> (8 * I));
  block(State, Last);
  uint64_t Hash = 0;
  for (int I = 0; I < 8; ++I)
    Hash = mix(Hash, State[I]);
  return Hash;
}

const uint64_t Expected = 0xdce1f2b82ab035adull;
