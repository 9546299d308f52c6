// A kernel with more live accumulators than there are is told so, at the line
// that is stored.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: tatami-clang %tatami-include -O2 -g -c %s -o /dev/null 2>&1 | FileCheck %s --check-prefixes=WARN,LINE
// RUN: tatami-clang %tatami-include -O2 -c %s -o /dev/null 2>&1 | FileCheck %s --check-prefixes=WARN,FUNCTION
// RUN: tatami-clang %tatami-include -O2 -Wno-pass-failed -c %s -o /dev/null 2>&1 | count 0
// RUN: tatami-clang %tatami-include -O2 -DEIGHT -g -c %s -o /dev/null 2>&1 | count 0
// RUN: tatami-clang %tatami-include -O2 -g -Rpass-missed=regalloc -c %s -o /dev/null 2>&1 | FileCheck %s --check-prefix=REMARK
#include <tatami.h>

#ifdef EIGHT
enum { Count = 8 };
#else
enum { Count = 9 };
#endif

// LINE: accumulator-spills.c:[[#@LINE+8]]:3: warning:
// FUNCTION: accumulator-spills.c:[[#@LINE+2]]:6: warning
// WARN-SAME: {{.*}}too many accumulators are live in 'kernel': there are 8, and calls keep none; {{[1-9][0-9]*}} are stored and {{[1-9][0-9]*}} loaded again (-Rpass-missed=regalloc shows where) [-Wpass-failed
void kernel(tatami_v32bf16 *A, tatami_v32bf16 *B, tatami_acc *C, int N) {
  tatami_acc Sum[Count];
#pragma clang loop unroll(full)
  for (int I = 0; I < Count; ++I)
    Sum[I] = tatami_acc_zero();
  for (int K = 0; K < N; ++K) {
#pragma clang loop unroll(full)
    for (int I = 0; I < Count; ++I)
      // REMARK-DAG: accumulator-spills.c:[[#@LINE+2]]:{{[0-9]+}}: remark: an accumulator is spilled here [-Rpass-missed=regalloc]
      // REMARK-DAG: remark: a spilled accumulator is loaded here
      Sum[I] = tatami_mma_bf16(Sum[I], A[K], B[K * Count + I]);
  }
#pragma clang loop unroll(full)
  for (int I = 0; I < Count; ++I)
    C[I] = Sum[I];
}
