; What is wrong with a builtin is said at once, not by the linker.
; SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
; RUN: not %llc -O2 %s -o /dev/null 2>&1 | FileCheck %s

declare <64 x float> @__builtin_tatami_nothing()
declare <16 x float> @__builtin_tatami_acc_get(<64 x float>, i32)

; CHECK: there is no builtin '__builtin_tatami_nothing'
; CHECK: argument 2 of '__builtin_tatami_acc_get' must be in [0, 3]
define <16 x float> @f() {
  %z = call <64 x float> @__builtin_tatami_nothing()
  %r = call <16 x float> @__builtin_tatami_acc_get(<64 x float> %z, i32 4)
  ret <16 x float> %r
}

; CHECK: an accumulator (64 lanes of 32 bits) cannot be a parameter
define void @g(<64 x float> %a) {
  ret void
}
