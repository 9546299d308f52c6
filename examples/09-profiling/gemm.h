// C = A * B: row-major, BF16 operands, FP32 sums.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef GEMM_H
#define GEMM_H

#include <tatami.h>

enum { M = 256, N = 256, K = 256 };

extern uint16_t A[M * K], B[K * N];
extern float C[M * N];

void gemm(void); // a step

#endif
