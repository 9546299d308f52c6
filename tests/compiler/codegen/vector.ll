; 512-bit vectors, smaller ones, masks.
; SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
; RUN: %llc -O2 %s -o - | FileCheck %s
; RUN: %llc -O0 -filetype=obj %s -o /dev/null

; CHECK-LABEL: fma:
; CHECK: vfmadd.s v2, v0, v1
define <16 x float> @fma(<16 x float> %a, <16 x float> %b, <16 x float> %c) {
  %r = call <16 x float> @llvm.fma.v16f32(<16 x float> %a, <16 x float> %b, <16 x float> %c)
  ret <16 x float> %r
}

; Aligned to 64: one slot. Aligned to a lane: two.
; CHECK-LABEL: memory:
; CHECK-DAG: vld v{{[0-9]+}}, 0(a0)
; CHECK-DAG: vldu.w v{{[0-9]+}}, 0(a1)
define <16 x i32> @memory(ptr %p, ptr %q) {
  %a = load <16 x i32>, ptr %p, align 64
  %b = load <16 x i32>, ptr %q, align 4
  %r = add <16 x i32> %a, %b
  ret <16 x i32> %r
}

; Nothing beyond a small vector is touched.
; CHECK-LABEL: small:
; CHECK: li [[M:[a-z0-9]+]], 15
; CHECK: mmv.m.x [[K:m[0-9]]], [[M]]
; CHECK: vldu.w v{{[0-9]+}}, 0(a0), [[K]], z
; CHECK: vstu.w v{{[0-9]+}}, 0(a0), [[K]]
define void @small(ptr %p) {
  %a = load <4 x float>, ptr %p, align 4
  %r = fadd <4 x float> %a, %a
  store <4 x float> %r, ptr %p, align 4
  ret void
}

; CHECK-LABEL: masked:
; CHECK: vcmplt.w [[K:m[0-9]]], v0, v1
; CHECK: vadd.w v2, v0, v1, [[K]]
define <16 x i32> @masked(<16 x i32> %a, <16 x i32> %b, <16 x i32> %c) {
  %m = icmp slt <16 x i32> %a, %b
  %s = add <16 x i32> %a, %b
  %r = select <16 x i1> %m, <16 x i32> %s, <16 x i32> %c
  ret <16 x i32> %r
}

; CHECK-LABEL: reverse:
; CHECK: viota.w
; CHECK: vperm.w v0, v0
define <16 x i32> @reverse(<16 x i32> %a) {
  %r = shufflevector <16 x i32> %a, <16 x i32> poison, <16 x i32> <i32 15, i32 14, i32 13, i32 12, i32 11, i32 10, i32 9, i32 8, i32 7, i32 6, i32 5, i32 4, i32 3, i32 2, i32 1, i32 0>
  ret <16 x i32> %r
}

; CHECK-LABEL: widen:
; CHECK: vsextl.bw v0, v0
define <16 x i32> @widen(<16 x i8> %a) {
  %r = sext <16 x i8> %a to <16 x i32>
  ret <16 x i32> %r
}

; CHECK-LABEL: sum:
; CHECK: vredsum.w a0, v0
define i32 @sum(<16 x i32> %a) {
  %r = call i32 @llvm.vector.reduce.add.v16i32(<16 x i32> %a)
  ret i32 %r
}
