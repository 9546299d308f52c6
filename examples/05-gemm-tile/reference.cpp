// Checks rows and columns of C, bit for bit, against the arithmetic contract:
// operands widen exactly to FP32, then one fused multiply-add per k, ascending.
// usage: gemm-tile-reference WIDTH HEIGHT SEED FILE   (nodes that take part)
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "problem.h"

#include <bit>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

static float widen(uint16_t bits) { return std::bit_cast<float>(uint32_t(bits) << 16); }

int main(int argc, char **argv) {
  if (argc != 5) {
    std::fprintf(stderr, "usage: gemm-tile-reference WIDTH HEIGHT SEED FILE\n");
    return 2;
  }
  const size_t columns = std::strtoul(argv[1], nullptr, 10) * NodeColumns;
  const size_t rows = std::strtoul(argv[2], nullptr, 10) * NodeRows;
  const uint32_t seed = uint32_t(std::strtoul(argv[3], nullptr, 10));
  std::vector<float> actual(CheckedLines * (rows + columns) + 1);
  std::FILE *file = std::fopen(argv[4], "rb");
  const size_t got = file ? std::fread(actual.data(), sizeof(float), actual.size(), file) : 0;
  if (file)
    std::fclose(file);
  if (got != actual.size() - 1) {
    std::fprintf(stderr, "gemm-tile-reference: error: '%s' has %zu floats, expected %zu\n", argv[4], got,
                 actual.size() - 1);
    return 1;
  }
  const float *line = actual.data();
  for (int column = 0; column < 2; ++column)
    for (int n = 0; n < CheckedLines; ++n) {
      const size_t length = column ? rows : columns;
      const uint32_t chosen = checkedLine(seed, column, n, uint32_t(column ? columns : rows));
      std::vector<float> expected(length);
      for (uint32_t k = 0; k < K; ++k) {
        const float fixed = column ? widen(gemmElement(GemmSeedB, k, chosen))
                                   : widen(gemmElement(GemmSeedA, chosen, k));
        for (uint32_t i = 0; i < length; ++i)
          expected[i] = std::fmaf(fixed, column ? widen(gemmElement(GemmSeedA, i, k))
                                                : widen(gemmElement(GemmSeedB, k, i)),
                                  expected[i]);
      }
      for (size_t i = 0; i < length; ++i)
        if (std::memcmp(&line[i], &expected[i], sizeof(float)) != 0) {
          std::fprintf(stderr, "gemm-tile-reference: error: C[%zu][%zu] is %a, expected %a\n",
                       column ? i : size_t(chosen), column ? size_t(chosen) : i, double(line[i]),
                       double(expected[i]));
          return 1;
        }
      line += length;
    }
  std::printf("gemm-tile-reference: %d rows and %d columns, %zu elements, have the right bits\n",
              int(CheckedLines), int(CheckedLines), actual.size() - 1);
  return 0;
}
