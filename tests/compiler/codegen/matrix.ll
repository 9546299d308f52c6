; Accumulators and builtins.
; SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
; RUN: %llc -O2 %s -o - | FileCheck %s

declare <64 x float> @__builtin_tatami_acc_zero() memory(none)
declare <64 x float> @__builtin_tatami_mma_bf16(<64 x float>, <32 x bfloat>, <32 x bfloat>) memory(none)
declare <16 x float> @__builtin_tatami_acc_get(<64 x float>, i32) memory(none)

; CHECK-LABEL: product:
; CHECK: acczero acc0
; CHECK: mma.bf16 acc0, v0, v1
; CHECK: accget v0, acc0, 3
define <16 x float> @product(<32 x bfloat> %a, <32 x bfloat> %b) {
  %z = call <64 x float> @__builtin_tatami_acc_zero()
  %m = call <64 x float> @__builtin_tatami_mma_bf16(<64 x float> %z, <32 x bfloat> %a, <32 x bfloat> %b)
  %r = call <16 x float> @__builtin_tatami_acc_get(<64 x float> %m, i32 3)
  ret <16 x float> %r
}

; CHECK-LABEL: move:
; CHECK: accld acc0, 0(a0)
; CHECK: accst acc0, 0(a1)
define void @move(ptr %p, ptr %q) {
  %v = load <64 x float>, ptr %p, align 64
  store <64 x float> %v, ptr %q, align 64
  ret void
}
