// The mistakes that a kernel's author makes are found when it is compiled, and
// the message names the argument.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: not tatami-clang %tatami-include -fsyntax-only %s 2>&1 | FileCheck %s --implicit-check-not=error:
// RUN: tatami-clang %tatami-include -flax-vector-conversions=all -DLAX -fsyntax-only %s

#include <tatami.h>

tatami_acc operandType(tatami_acc C, tatami_v16f32 A, tatami_v32bf16 B) {
  // CHECK: :[[@LINE+1]]:29: error: passing 'tatami_v16f32' (vector of 16 'float' values) to parameter of incompatible type 'tatami_v32bf16' (vector of 32 '__bf16' values)
  return tatami_mma_bf16(C, A, B);
}

#ifndef LAX
tatami_acc operandOrder(tatami_acc C, tatami_v32bf16 A, tatami_v32bf16 B) {
  // CHECK: :[[@LINE+1]]:26: error: passing 'tatami_v32bf16' (vector of 32 '__bf16' values) to parameter of incompatible type 'tatami_acc' (vector of 64 'float' values)
  return tatami_mma_bf16(A, B, C);
}

tatami_v16f32 accumulatorAsVector(tatami_acc C, tatami_v16f32 B) {
  // CHECK: :[[@LINE+1]]:12: error: cannot convert between vector type 'tatami_v16f32' (vector of 16 'float' values) and vector type 'tatami_acc' (vector of 64 'float' values)
  return C + B;
}

void slice(int I, tatami_acc C, tatami_v16f32 *Out) {
  // CHECK: :[[@LINE+1]]:12: error: argument to '__builtin_tatami_acc_get' must be a constant integer
  Out[0] = tatami_acc_get(C, I);
}

float localForRemote(const float *P) {
  // CHECK: :[[@LINE+1]]:26: error: passing 'const float *' to parameter of type 'TATAMI_REMOTE float const *' changes address space of pointer
  return tatami_load_f32(P);
}

void remoteForLocal(float TATAMI_REMOTE *P, float *Q) {
  // CHECK: :[[@LINE+1]]:5: error: assigning 'TATAMI_REMOTE float *' to 'float *' changes address space of pointer
  Q = P;
  // CHECK: :[[@LINE+1]]:18: error: passing 'TATAMI_REMOTE float *' to parameter of type 'const void *' changes address space of pointer
  tatami_push(P, P, 64);
}

int TATAMI_REMOTE *RemoteNull = (int TATAMI_REMOTE *)0;
int Local;
// CHECK: :[[@LINE+1]]:29: error: a cast cannot make 'TATAMI_REMOTE int *' of the local pointer 'int *', which names no node; use tatami_remote(node, pointer)
int TATAMI_REMOTE *Remote = (int TATAMI_REMOTE *)&Local;

int *castToLocal(int TATAMI_REMOTE *P) {
  // CHECK: :[[@LINE+1]]:10: error: a cast cannot make 'int *' of the global pointer 'TATAMI_REMOTE int *'; its address within its node is tatami_remote_local(pointer)
  return (int *)P;
}

void blockSize(float TATAMI_REMOTE *P, float *Q) {
  // CHECK: :[[@LINE+1]]:24: error: a block is a multiple of 64 bytes
  tatami_push(P, Q, 100);
}

void semaphoreNumber(int Node) {
  // CHECK: :[[@LINE+1]]:32: error: a node has semaphores 0 to 63
  tatami_sem_signal(Node, 64, 1);
  // CHECK: :[[@LINE+1]]:24: error: a node has semaphores 0 to 63
  tatami_sem_wait(-1, 1);
}
#endif
