; Unnamed arguments: where they go, and that va_arg sees what arrived in
; registers.
; SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
; RUN: %llc -O2 %s -o - | FileCheck %s

declare void @sink(i32, ...)
declare void @llvm.va_start(ptr)

; A number of 128 bits begins at an even slot: a1 stays free.
; CHECK-LABEL: evenRegister:
; CHECK-DAG: li a2, 7
; CHECK-DAG: mv a3, zero
; CHECK: {{call|tail|j}}{{[[:space:]]+}}sink
define void @evenRegister() {
  call void (i32, ...) @sink(i32 0, i128 7)
  ret void
}

; On the stack as well: the slot at 8 stays free.
; CHECK-LABEL: evenStack:
; CHECK-NOT: 8(sp)
; CHECK-DAG: sd {{.*}}, 16(sp)
; CHECK-DAG: sd {{.*}}, 24(sp)
; CHECK: call sink
define void @evenStack() {
  call void (i32, ...) @sink(i32 0, i64 1, i64 2, i64 3, i64 4, i64 5, i64 6,
                             i64 7, i64 8, i128 9)
  ret void
}

; What is read is what was stored there from a register.
; CHECK-LABEL: third:
; CHECK: sext.w a0, a2
define i32 @third(i32 %named, ...) {
  %list = alloca ptr
  call void @llvm.va_start(ptr %list)
  %first = va_arg ptr %list, i32
  %second = va_arg ptr %list, i32
  ret i32 %second
}
