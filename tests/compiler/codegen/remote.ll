; Copies of other nodes' memory are loops of its loads and stores, never calls.
; SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
; RUN: %llc -O2 -verify-machineinstrs %s -o - | FileCheck %s --implicit-check-not=call
; RUN: %llc -O0 -verify-machineinstrs %s -o - | FileCheck %s --implicit-check-not=call

declare void @llvm.memcpy.p1.p0.i64(ptr addrspace(1), ptr, i64, i1)
declare void @llvm.memcpy.p0.p1.i64(ptr, ptr addrspace(1), i64, i1)
declare void @llvm.memmove.p1.p1.i64(ptr addrspace(1), ptr addrspace(1), i64, i1)
declare void @llvm.memset.p1.i64(ptr addrspace(1), i8, i64, i1)

; CHECK-LABEL: put:
; CHECK: rsd
; CHECK: rsw
; CHECK: rsb
define void @put(ptr addrspace(1) %to, ptr %from) {
  call void @llvm.memcpy.p1.p0.i64(ptr addrspace(1) align 8 %to, ptr align 8 %from, i64 405, i1 false)
  ret void
}

; CHECK-LABEL: get:
; CHECK: rlw
define void @get(ptr %to, ptr addrspace(1) %from, i64 %n) {
  call void @llvm.memcpy.p0.p1.i64(ptr align 4 %to, ptr addrspace(1) align 4 %from, i64 %n, i1 false)
  ret void
}

; CHECK-LABEL: move:
; CHECK: rlb
; CHECK: rsb
define void @move(ptr addrspace(1) %to, ptr addrspace(1) %from, i64 %n) {
  call void @llvm.memmove.p1.p1.i64(ptr addrspace(1) %to, ptr addrspace(1) %from, i64 %n, i1 false)
  ret void
}

; CHECK-LABEL: fill:
; CHECK: rsb
define void @fill(ptr addrspace(1) %to, i64 %n) {
  call void @llvm.memset.p1.i64(ptr addrspace(1) %to, i8 0, i64 %n, i1 false)
  ret void
}
