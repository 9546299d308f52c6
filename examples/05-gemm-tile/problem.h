// What program and checker must agree on.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef PROBLEM_H
#define PROBLEM_H

#include "gemm_data.h"

// Rows and columns of C that are written to a file: first CheckedLines whole
// rows, then as many whole columns.
enum { CheckedLines = 4, NodeRows = 256, NodeColumns = 256, K = 2048 };

// Number i of them: a row if `column` is 0.
static inline uint32_t checkedLine(uint32_t seed, int column, uint32_t i,
                                   uint32_t lines) {
  return gemmHash(seed, column, i) % lines;
}

#endif
