// Tail calls that must be, with structures in registers.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: tatami-clang -O0 -S -emit-llvm %s -o - | FileCheck %s
// RUN: tatami-clang -O2 -S -emit-llvm %s -o - | FileCheck %s

struct Pair { long A, B; };
struct Pair other(struct Pair P);
// CHECK-LABEL: define {{.*}}{ i64, i64 } @tail(i64
// CHECK: %[[R:.*]] = musttail call { i64, i64 } @other(i64 %{{.*}}, i64 %
// CHECK-NEXT: ret { i64, i64 } %[[R]]
struct Pair tail(struct Pair P) { __attribute__((musttail)) return other(P); }
