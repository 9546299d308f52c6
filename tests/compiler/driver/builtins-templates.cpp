// Constant arguments are checked in templates, methods, lambdas, namespaces.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: not tatami-clang++ -fsyntax-only %s 2>&1 | FileCheck %s

typedef float V16 __attribute__((vector_size(64)));
typedef float Acc __attribute__((vector_size(256)));

template <int I> V16 row(Acc A) {
  // CHECK-DAG: :[[@LINE+1]]:38: error: argument value 7 is outside the valid range [0, 3]
  return __builtin_tatami_acc_get(A, I);
}
V16 good(Acc A) { return row<3>(A); }

namespace inner {
struct Kernel {
  Acc Sum;
  // CHECK-DAG: :[[@LINE+1]]:55: error: argument value 5 is outside the valid range [0, 3]
  V16 method() { return __builtin_tatami_acc_get(Sum, 1 + 4); }
};
// CHECK-DAG: :[[@LINE+2]]:51: error: argument value -1 is outside the valid range [0, 3]
V16 lambda(Acc A) {
  return [&] { return __builtin_tatami_acc_get(A, (int) -1); }();
}
} // namespace inner

V16 bad(Acc A) { return row<7>(A); }
