// A builtin that is unknown or misused is a diagnostic at its place.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: not tatami-clang -fsyntax-only %s 2>&1 | FileCheck %s --implicit-check-not=error:
// RUN: not tatami-clang -c -o /dev/null %s 2>&1 | FileCheck %s --implicit-check-not=error:
// RUN: not tatami-clang++ -x c++ -fsyntax-only %s 2>&1 | FileCheck %s --check-prefix=CXX

typedef float V16 __attribute__((vector_size(64)));
typedef float Acc __attribute__((vector_size(256)));

V16 range(Acc A) {
  // CHECK: :[[@LINE+2]]:38: error: argument value 4 is outside the valid range [0, 3]
  // CXX: :[[@LINE+1]]:38: error: argument value 4 is outside the valid range [0, 3]
  return __builtin_tatami_acc_get(A, 4);
}
V16 constant(Acc A, int I) {
  // CHECK: :[[@LINE+1]]:10: error: argument to '__builtin_tatami_acc_get' must be a constant integer
  return __builtin_tatami_acc_get(A, I);
}
V16 type(V16 V) {
  // CHECK: :[[@LINE+1]]:35: error: passing 'V16' (vector of 16 'float' values) to parameter of incompatible type
  return __builtin_tatami_acc_get(V, 0);
}
V16 count(V16 V) {
  // CHECK: :[[@LINE+1]]:34: error: too many arguments to function call, expected 1, have 2
  return __builtin_tatami_rcp(V, V);
}
void unknown(void) {
  // CHECK: :[[@LINE+1]]:3: error: use of unknown builtin '__builtin_tatami_nosuch'
  __builtin_tatami_nosuch(1);
}
void *address(void) {
  // CHECK: :[[@LINE+1]]:19: error: builtin functions must be directly called
  return (void *)&__builtin_tatami_bar;
}
