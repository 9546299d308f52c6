// <tatami.h> in C: every function compiles, in every standard, without noise.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: tatami-clang %tatami-include -std=c99 -Wall -Wextra -Wpedantic -Werror -fsyntax-only %s
// RUN: tatami-clang %tatami-include -std=c23 -Wall -Wextra -Werror -fsyntax-only %s
// RUN: tatami-clang++ %tatami-include -x c++ -std=c++17 -Wall -Wextra -Werror -fsyntax-only %s
// RUN: tatami-clang %tatami-include -O1 -S -emit-llvm %s -o - | FileCheck %s
// RUN: tatami-clang %tatami-include -O0 -S -emit-llvm %s -o - | FileCheck %s --check-prefix=O0
// RUN: not tatami-clang %tatami-include -DWRONG -fsyntax-only %s 2>&1 | FileCheck %s --check-prefix=WRONG

#include <tatami.h>

// CHECK-LABEL: define {{.*}}<16 x float> @kernel(
// CHECK: @__builtin_tatami_acc_zero
// CHECK: @__builtin_tatami_mma_bf16
// CHECK: @__builtin_tatami_acc_get
// At -O0 too nothing is left to call.
// O0-NOT: call {{.*}}@tatami_
tatami_v16f32 kernel(tatami_v32bf16 A, tatami_v32bf16 B) {
  return tatami_acc_get(tatami_mma_bf16(tatami_acc_zero(), A, B), 1);
}

// CHECK-LABEL: define {{.*}}float @remoteLoad(
// CHECK: shl i64 %{{.*}}, 40
// CHECK: call float @__builtin_tatami_rflw(i64
float remoteLoad(int Node, float *P) {
  return tatami_load_f32((float TATAMI_REMOTE *)tatami_remote(Node, P));
}

// CHECK-LABEL: define {{.*}}void @exchange(
// CHECK: call void @__builtin_tatami_push(ptr {{.*}}, i64 {{.*}}, i64 noundef 256)
// CHECK: call void @__builtin_tatami_ssig(i64 {{.*}}, i64 noundef 3, i64 noundef 1)
// CHECK: call void @__builtin_tatami_swait(i64 noundef 3, i64 noundef 1)
// CHECK: call void @__builtin_tatami_bar(i64
void exchange(int Node, float *P) {
  tatami_push(tatami_remote(Node, P), P, 256);
  tatami_sem_signal(Node, 3, 1);
  tatami_sem_wait(3, 1);
  tatami_barrier_all();
}

// CHECK-LABEL: define {{.*}}void @startList(
// CHECK: call void @__builtin_tatami_lstart(i64 noundef 1, ptr
// CHECK: call i64 @__builtin_tatami_ltest(i64 noundef 1)
// CHECK: call void @__builtin_tatami_lwait(i64 noundef 1)
void startList(tatami_descriptor *List, int Node, float *P) {
  List[0] = tatami_list_push(tatami_remote(Node, P), P, 256);
  tatami_list_signal_after(&List[0], 3, 1);
  List[1] = tatami_list_wait_for(4, 2);
  tatami_list_chain(List, 2);
  tatami_list_start(1, List);
  if (!tatami_list_idle(1))
    tatami_list_wait(1);
}

// CHECK-LABEL: define {{.*}}i32 @where(
// CHECK: call i64 @__builtin_tatami_csrr(i32 noundef 0)
int where(void) { return tatami_node() + tatami_thread(); }

// CHECK-LABEL: define {{.*}}void @moveAccumulator(
// CHECK: load <64 x float>, ptr %{{.*}}, align 64
// CHECK: store <64 x float> %{{.*}}, ptr %{{.*}}, align 64
void moveAccumulator(float *To, const float *From) {
  tatami_acc_store(To, tatami_acc_load(From));
}

#ifdef WRONG
float local(float *P) {
  // WRONG: :[[@LINE+1]]:26: error: passing 'float *' to parameter of type 'TATAMI_REMOTE float const *' changes address space of pointer
  return tatami_load_f32(P);
}
void wrongAccumulator(tatami_v16f32 V, tatami_v32bf16 A) {
  // WRONG: :[[@LINE+1]]:25: error: passing 'tatami_v16f32' (vector of 16 'float' values) to parameter of incompatible type 'tatami_acc'
  (void)tatami_mma_bf16(V, A, A);
  // WRONG: :[[@LINE+1]]:9: error: argument value 4 is outside the valid range [0, 3]
  (void)tatami_acc_get(tatami_acc_zero(), 4);
}
#endif
