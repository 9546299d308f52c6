// Registers and constraints of inline assembly.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: tatami-clang -O1 -S -emit-llvm %s -o - | FileCheck %s
// RUN: not tatami-clang -DWRONG -fsyntax-only %s 2>&1 | FileCheck %s --check-prefix=WRONG

typedef float V16 __attribute__((vector_size(64)));
typedef float Acc __attribute__((vector_size(256)));

long f(V16 V, float S, Acc *A, unsigned long M, long X) {
  V16 R;
  float T;
  // CHECK: asm "vfadd.s $0, $1, $1", "=v,v"(<16 x float>
  __asm__("vfadd.s %0, %1, %1" : "=v"(R) : "v"(V));
  // CHECK: asm "fadd.s $0, $1, $1", "=v,v"(float
  __asm__("fadd.s %0, %1, %1" : "=v"(T) : "v"(S));
  // CHECK: asm sideeffect "", "a"(<64 x float>
  __asm__ volatile("" ::"a"(*A));
  // CHECK: asm sideeffect "", "k"(i64
  __asm__ volatile("" ::"k"(M));
  // CHECK: asm "addi $0, $0, $1", "=r,I,0"(i32 -16384, i64
  __asm__("addi %0, %0, %1" : "+r"(X) : "I"(-16384));
  // CHECK: asm sideeffect "", "J,K,L,*m"(i32 0, i32 63, i32 2097151, ptr
  __asm__ volatile("" ::"J"(0), "K"(63), "L"(2097151), "m"(X));
  // CHECK: asm sideeffect "", "{x8},~{x5},~{x31},~{v31},~{m3},~{acc7},~{memory}"
  register long Q __asm__("a0") = X;
  __asm__ volatile("" ::"r"(Q) : "t0", "s9", "v31", "m3", "acc7", "memory");
  __asm__ volatile("" ::"v"(R), "v"(T));
  return X;
}

#ifdef WRONG
void g(V16 V) {
  // WRONG: error: value '20000' out of range for constraint 'I'
  __asm__("" ::"I"(20000));
  // WRONG: error: value '1' out of range for constraint 'J'
  __asm__("" ::"J"(1));
  // WRONG: error: invalid input size for constraint 'r'
  __asm__("" ::"r"(V));
  // WRONG: error: unknown register name 'x32' in asm
  __asm__("" ::: "x32");
  // WRONG: error: invalid input constraint 'q' in asm
  __asm__("" ::"q"(1));
}
#endif
