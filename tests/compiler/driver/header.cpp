// <tatami.h> in C++: remote_ptr moves any object by the widest instructions,
// and is not to be mixed up with a local pointer.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: tatami-clang++ %tatami-include -std=c++17 -O2 -Wall -Wextra -Werror -S -emit-llvm %s -o - | FileCheck %s
// RUN: tatami-clang++ %tatami-include -std=c++20 -fsyntax-only -Wall -Wextra -Werror %s
// RUN: not tatami-clang++ %tatami-include -DWRONG -fsyntax-only %s 2>&1 | FileCheck %s --check-prefix=WRONG

#include <tatami.h>

// CHECK-LABEL: define {{.*}}float @_Z6second
// CHECK: add i64 %{{.*}}, 12
// CHECK: call void @__builtin_tatami_rsw(i64 noundef 1065353216, i64
// CHECK: call i64 @__builtin_tatami_rlwu(i64
float second(tatami::remote_ptr<float> P) {
  P[3].put(1.0f);
  return (P + 1).get();
}

struct Record {
  double A;
  int B;
};
// CHECK-LABEL: define {{.*}}@_Z6record
// CHECK: call {{.*}}i64 @__builtin_tatami_rld(i64
// CHECK: call {{.*}}i64 @__builtin_tatami_rld(i64
// CHECK-NOT: @__builtin_tatami_rl
// CHECK: ret
Record record(tatami::remote_ptr<Record> P) { return P.get(); }

struct alignas(64) Block {
  float V[32];
};
// CHECK-LABEL: define {{.*}}@_Z5block
// CHECK-COUNT-2: call void @__builtin_tatami_rvst(<64 x i8>
// CHECK-NOT: @__builtin_tatami_r
// CHECK: ret
void block(tatami::remote_ptr<Block> P, const Block &B) { P.put(B); }

// CHECK-LABEL: define {{.*}}i32 @_Z4node
int node(tatami::remote_ptr<int> P) { return P.node(); }

#ifdef WRONG
// WRONG: :[[@LINE+1]]:57: error: conversion function from 'float *' to 'tatami::remote_ptr<float>' invokes a deleted function: a local pointer does not name a node; write remote_ptr(node, pointer)
float fromLocal(float *P) { { tatami::remote_ptr<float> Q = P; } return 0; }
// WRONG: :[[@LINE+1]]:52: error: no viable conversion from {{.*}}'tatami::remote_ptr<float>'{{.*}} to 'float *'
void toLocal(tatami::remote_ptr<float> P) { float *Q = P; }
struct Owner { Owner(const Owner &); int *P; };
// WRONG: static assertion failed{{.*}}only objects that may be copied byte by byte can be transferred
void owner(tatami::remote_ptr<Owner> P) { (void)P.get(); }
#endif
