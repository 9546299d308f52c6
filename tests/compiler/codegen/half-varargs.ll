; _Float16 travels to "..." as its bits, __bf16 as the float it is widened to, both
; in integer registers.
; SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
; RUN: %llc -O2 %s -o - | FileCheck %s

declare void @variable(i32, ...)

; CHECK-LABEL: pass:
; CHECK-DAG: fmv.x.w a1, v0
; CHECK-DAG: sext.h a2, a0
; CHECK: variable
define void @pass(bfloat %b, half %h) {
  call void (i32, ...) @variable(i32 2, bfloat %b, half %h)
  ret void
}

; CHECK-LABEL: take:
; CHECK: lhu a0, 2(
; CHECK: fcvt.s.bf v0, a0
define bfloat @take(ptr %list) {
  %r = va_arg ptr %list, bfloat
  ret bfloat %r
}

; CHECK-LABEL: takeHalf:
; CHECK: lh a0, 0(
define half @takeHalf(ptr %list) {
  %r = va_arg ptr %list, half
  ret half %r
}
