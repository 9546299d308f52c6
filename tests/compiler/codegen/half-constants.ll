; Vectors of different _Float16 or __bf16 constants come from memory. As integers
; they were made halves again by the combiner, without end.
; SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
; RUN: %llc -O2 %s -o - | FileCheck %s

; CHECK-LABEL: halves:
; CHECK: vld v0
define <32 x half> @halves() {
  ret <32 x half> <half 1.0, half 2.0, half 3.0, half 5.0, half 1.0, half 2.0, half 3.0, half 4.0, half 1.0, half 2.0, half 3.0, half 4.0, half 1.0, half 2.0, half 3.0, half 4.0, half 1.0, half 2.0, half 3.0, half 4.0, half 1.0, half 2.0, half 3.0, half 4.0, half 1.0, half 2.0, half 3.0, half 4.0, half 1.0, half 2.0, half 3.0, half 4.0>
}

; CHECK-LABEL: few:
; CHECK: vldu.h [[V:v[0-9]+]]
; CHECK: vstu.h [[V]]
define void @few(ptr %p) {
  store <4 x bfloat> <bfloat 1.0, bfloat 2.0, bfloat poison, bfloat 5.0>, ptr %p
  ret void
}

; CHECK-LABEL: splat:
; CHECK: vsplat.h
define <32 x half> @splat() {
  ret <32 x half> splat (half 1.0)
}
