; Vectors whose number of lanes is no power of two are widened in two steps.
; SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
; RUN: %llc -O2 %s -o - | FileCheck %s

; CHECK-LABEL: frozen:
; CHECK: vldu.w v0, 0(a0), m1, z
; CHECK: vstu.w v0, 0(a1), m1
define void @frozen(ptr %p, ptr %q) {
  %x = load <3 x i32>, ptr %p, align 4
  %f = freeze <3 x i32> %x
  store <3 x i32> %f, ptr %q, align 4
  ret void
}

; CHECK-LABEL: everyOther:
; CHECK: vuzpe.w
define <4 x i32> @everyOther(ptr %p) {
  %x = load <7 x i32>, ptr %p, align 4
  %e = shufflevector <7 x i32> %x, <7 x i32> poison, <4 x i32> <i32 0, i32 2, i32 4, i32 6>
  %f = freeze <4 x i32> %e
  ret <4 x i32> %f
}
