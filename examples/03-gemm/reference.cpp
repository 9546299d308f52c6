// Checks the C of either GEMM, bit for bit, against the arithmetic contract:
// operands widen exactly to FP32, then one fused multiply-add per k, ascending.
// usage: gemm-reference SIZE FILE
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "gemm_data.h"
#include <bit>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

static float widen(uint16_t bits) { return std::bit_cast<float>(uint32_t(bits) << 16); }

int main(int argc, char **argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: gemm-reference SIZE FILE\n");
    return 2;
  }
  const size_t n = std::strtoul(argv[1], nullptr, 10);
  std::vector<float> a(n * n), b(n * n), expected(n * n), actual(n * n);
  for (size_t i = 0; i < n; ++i)
    for (size_t j = 0; j < n; ++j) {
      a[i * n + j] = widen(gemmElement(GemmSeedA, i, j));
      b[i * n + j] = widen(gemmElement(GemmSeedB, i, j));
    }
  for (size_t i = 0; i < n; ++i)
    for (size_t k = 0; k < n; ++k)
      for (size_t j = 0; j < n; ++j)
        expected[i * n + j] = std::fmaf(a[i * n + k], b[k * n + j], expected[i * n + j]);

  std::FILE *file = std::fopen(argv[2], "rb");
  const size_t got = file ? std::fread(actual.data(), sizeof(float), n * n, file) : 0;
  if (file)
    std::fclose(file);
  if (got != n * n) {
    std::fprintf(stderr, "gemm-reference: error: '%s' has %zu floats, expected %zu\n", argv[2], got, n * n);
    return 1;
  }
  for (size_t i = 0; i < n * n; ++i)
    if (std::memcmp(&actual[i], &expected[i], sizeof(float)) != 0) {
      std::fprintf(stderr, "gemm-reference: error: C[%zu][%zu] is %a, expected %a\n", i / n, i % n,
                   double(actual[i]), double(expected[i]));
      return 1;
    }
  std::printf("gemm-reference: all %zu elements have the right bits\n", n * n);
  return 0;
}
