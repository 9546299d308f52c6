// Sanitizers need no runtime: what they find is a trap.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: tatami-clang -fsanitize=undefined -O1 -S -emit-llvm %s -o - | FileCheck %s
// RUN: tatami-clang -fsanitize=signed-integer-overflow -O1 -S -emit-llvm %s -o - | FileCheck %s
// CHECK: call void @llvm.ubsantrap(i8 0)
// CHECK-NOT: __ubsan_handle

// RUN: not tatami-clang -fsanitize=address -c %s 2>&1 | FileCheck %s --check-prefix=ADDRESS
// ADDRESS: tatami-clang: error: unsupported option '-fsanitize=address' for target 'tatami-unknown-elf'

int sum(int A, int B) { return A + B; }
