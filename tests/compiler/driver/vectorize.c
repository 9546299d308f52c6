// The vectoriser's remarks, in words and in a file, and arrays of this module
// on whole registers.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: tatami-clang -O3 -Rpass=loop-vectorize -Rpass-missed=loop-vectorize -Rpass-analysis=loop-vectorize -c %s -o /dev/null 2>&1 | FileCheck %s --check-prefix=REMARK
// RUN: tatami-clang -O3 -fsave-optimization-record -foptimization-record-file=%t.yaml -c %s -o /dev/null
// RUN: FileCheck %s --check-prefix=RECORD < %t.yaml
// RUN: tatami-clang -O3 -S %s -o - | FileCheck %s

float X[1024], Y[1024];

// RECORD: !Passed
// RECORD: Pass: loop-vectorize
// RECORD: Name: Vectorized
// RECORD: Function: saxpy

// CHECK-LABEL: saxpy:
// CHECK-NOT: vldu
// CHECK: vld v
// CHECK: vfmadd.s
// CHECK-NOT: vstu
// CHECK: bnez
void saxpy(float A) {
  // REMARK: vectorize.c:[[#@LINE+1]]:3: remark: vectorized loop (vectorization width: 16, interleaved count: 4) [-Rpass=loop-vectorize]
  for (int I = 0; I < 1024; ++I)
    Y[I] += A * X[I];
}

float sum(const float *P, int N) {
  float S = 0;
  // REMARK: vectorize.c:[[#@LINE+2]]:7: remark: loop not vectorized: cannot prove it is safe to reorder floating-point operations; {{.*}} [-Rpass-analysis=loop-vectorize]
  for (int I = 0; I < N; ++I)
    S += P[I];
  return S;
}

// Storing to 64 elements of a local array is left to the vectoriser too.
void use(int *);
void local(int N) {
  int A[64];
  // REMARK: vectorize.c:[[#@LINE+1]]:3: remark: vectorized loop (vectorization width: 16
  for (int I = 0; I < 64; ++I)
    A[I] = N;
  use(A);
}

// A structure's members come in whole registers.
struct Pair { int A, B; } Pairs[1024];
int First[1024];
// CHECK-LABEL: members:
// CHECK: vuzp
void members(void) {
  // REMARK: vectorize.c:[[#@LINE+1]]:3: remark: vectorized loop
  for (int I = 0; I < 1024; ++I)
    First[I] = Pairs[I].A - Pairs[I].B;
}
