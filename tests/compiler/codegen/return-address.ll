; ra is stored by the prologue and, behind that, read again: the store must not
; end its life. The machine verifier, which every llc here runs, looks.
; SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
; RUN: %llc -O0 %s -o - | FileCheck %s
; RUN: %llc -O2 %s -o - | FileCheck %s

declare ptr @llvm.returnaddress(i32)
declare void @g()

; CHECK-LABEL: f:
; CHECK: sd ra, [[SAVED:[0-9]+]](sp)
; CHECK: call g
; CHECK: ld ra, [[SAVED]](sp)
define ptr @f() {
  call void @g()
  %r = call ptr @llvm.returnaddress(i32 0)
  ret ptr %r
}
