// Builtins become calls of functions whose names no program can have.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: tatami-clang -O1 -S -emit-llvm %s -o - | FileCheck %s

typedef float V16 __attribute__((vector_size(64)));
typedef __bf16 V32 __attribute__((vector_size(64)));
typedef float Acc __attribute__((vector_size(256)));

// CHECK-LABEL: define {{.*}}@product(
// CHECK: %[[Z:.*]] = tail call <64 x float> @__builtin_tatami_acc_zero()
// CHECK: %[[M:.*]] = tail call <64 x float> @__builtin_tatami_mma_bf16(<64 x float> noundef %[[Z]], <32 x bfloat> noundef %{{.*}}, <32 x bfloat> noundef %
// CHECK: tail call <16 x float> @__builtin_tatami_acc_get(<64 x float> noundef %[[M]], i32 noundef 3)
V16 product(V32 A, V32 B) {
  Acc Sum = __builtin_tatami_acc_zero();
  Sum = __builtin_tatami_mma_bf16(Sum, A, B);
  return __builtin_tatami_acc_get(Sum, 3);
}
// CHECK: declare {{.*}}<64 x float> @__builtin_tatami_mma_bf16({{.*}}) {{.*}}#[[PURE:[0-9]+]]

// What has no name for the linker cannot be mistaken for a builtin.
// CHECK-LABEL: define {{.*}}@tatami_rlw()
long tatami_rlw(void) { return 3; }
// CHECK-LABEL: define {{.*}}@load()
// CHECK: call i64 @__builtin_tatami_rlw(i64 noundef 5)
// CHECK: add {{.*}}3
long load(void) { return __builtin_tatami_rlw(5) + tatami_rlw(); }
// CHECK: declare {{.*}}i64 @__builtin_tatami_rlw({{.*}}) {{.*}}#[[STATE:[0-9]+]]

// A pure builtin whose result nobody wants is gone; others stay.
// CHECK-LABEL: define {{.*}}void @unused(
// CHECK-NOT: @__builtin_tatami_rcp
// CHECK: call void @__builtin_tatami_bar(
// CHECK: ret void
void unused(V16 V) {
  (void)__builtin_tatami_rcp(V);
  __builtin_tatami_bar(0);
}

// CHECK: attributes #[[PURE]] = {{.*}}memory(none)
