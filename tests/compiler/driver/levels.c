// Every optimisation level, and IR and bitcode as input.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: tatami-clang -O0 -S -emit-llvm %s -o - | FileCheck %s --check-prefixes=CHECK,NONE
// RUN: tatami-clang -O1 -S -emit-llvm %s -o - | FileCheck %s --check-prefixes=CHECK,SOME
// RUN: tatami-clang -O2 -S -emit-llvm %s -o - | FileCheck %s --check-prefixes=CHECK,SOME
// RUN: tatami-clang -O3 -S -emit-llvm %s -o - | FileCheck %s --check-prefixes=CHECK,SOME
// RUN: tatami-clang -Os -S -emit-llvm %s -o - | FileCheck %s --check-prefixes=CHECK,SIZE
// RUN: tatami-clang -Oz -S -emit-llvm %s -o - | FileCheck %s --check-prefixes=CHECK,SIZE
// RUN: tatami-clang -g -S -emit-llvm %s -o - | FileCheck %s --check-prefixes=CHECK,DEBUG
// RUN: tatami-clang -O1 -c -emit-llvm %s -o %t.bc
// RUN: tatami-clang -O1 -S -emit-llvm %t.bc -o %t.ll
// RUN: tatami-clang -O1 -S -emit-llvm -x ir %t.ll -o - 2>&1 \
// RUN:   | FileCheck %s --check-prefixes=CHECK,SOME --implicit-check-not=warning

// CHECK: define {{.*}}i32 @twice(i32
// NONE: alloca
// SOME-NOT: alloca
// SIZE-NOT: alloca
// CHECK: ret i32
// SIZE: optsize
// DEBUG: distinct !DISubprogram(name: "twice"
int twice(int X) { return X + X; }
