// Inputs of the GEMM example, the same on the machine and on the host.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef GEMM_DATA_H
#define GEMM_DATA_H

#include <stdint.h>

// A hash of the position: every element differs from its neighbours, and any
// node can make any block without knowing the rest.
static inline uint32_t gemmHash(uint32_t seed, uint32_t row, uint32_t column) {
  uint32_t h = seed ^ (row * 0x9e3779b1u) ^ (column * 0x85ebca77u);
  h = (h ^ (h >> 15)) * 0x2c1b3c6du;
  h = (h ^ (h >> 12)) * 0x297a2d39u;
  return h ^ (h >> 15);
}

// The bits of a BF16 number in [-2, 2): sign, exponent 120 to 127, 7 bits.
static inline uint16_t gemmElement(uint32_t seed, uint32_t row,
                                   uint32_t column) {
  uint32_t h = gemmHash(seed, row, column);
  uint32_t sign = h >> 31, exponent = 120 + ((h >> 7) & 7), fraction = h & 0x7f;
  return (uint16_t)(sign << 15 | exponent << 7 | fraction);
}

enum { GemmSeedA = 1, GemmSeedB = 2 };

#endif
