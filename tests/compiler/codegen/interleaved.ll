; Arrays of structures: one load a register, and shuffles of two registers.
; SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
; RUN: %llc -O2 %s -o - | FileCheck %s

; CHECK-LABEL: load2:
; CHECK-DAG: vldu.w [[A:v[0-9]+]], 0(a0)
; CHECK-DAG: vldu.w [[B:v[0-9]+]], 64(a0)
; CHECK-DAG: vuzpe.w {{v[0-9]+}}, [[A]], [[B]]
; CHECK-DAG: vuzpo.w {{v[0-9]+}}, [[A]], [[B]]
; CHECK-NOT: vextract
; CHECK: ret
define void @load2(ptr %p, ptr %q) {
  %wide = load <32 x i32>, ptr %p, align 4
  %even = shufflevector <32 x i32> %wide, <32 x i32> poison, <16 x i32> <i32 0, i32 2, i32 4, i32 6, i32 8, i32 10, i32 12, i32 14, i32 16, i32 18, i32 20, i32 22, i32 24, i32 26, i32 28, i32 30>
  %odd = shufflevector <32 x i32> %wide, <32 x i32> poison, <16 x i32> <i32 1, i32 3, i32 5, i32 7, i32 9, i32 11, i32 13, i32 15, i32 17, i32 19, i32 21, i32 23, i32 25, i32 27, i32 29, i32 31>
  %s = mul <16 x i32> %even, %odd
  store <16 x i32> %s, ptr %q, align 64
  ret void
}

; Three bytes of which 16 of each are wanted: nothing beyond the 48 is read, and
; one table does it.
; CHECK-LABEL: load3:
; CHECK: vldu.b [[V:v[0-9]+]], 0(a0), m{{[1-7]}}, z
; CHECK: vperm.b {{v[0-9]+}}, [[V]]
; CHECK-NOT: vextract
; CHECK: ret
define void @load3(ptr %p, ptr %q) {
  %wide = load <48 x i8>, ptr %p, align 1
  %second = shufflevector <48 x i8> %wide, <48 x i8> poison, <16 x i32> <i32 1, i32 4, i32 7, i32 10, i32 13, i32 16, i32 19, i32 22, i32 25, i32 28, i32 31, i32 34, i32 37, i32 40, i32 43, i32 46>
  store <16 x i8> %second, ptr %q, align 16
  ret void
}

; Four floats are not an accumulator here, in memory or anywhere.
; CHECK-LABEL: store4:
; CHECK-NOT: acc
; CHECK-COUNT-4: vzip{{[lh]}}.w
; CHECK-COUNT-4: vstu.
; CHECK-NOT: acc
; CHECK: ret
define void @store4(ptr %r, <16 x float> %a, <16 x float> %b, <16 x float> %c, <16 x float> %d) {
  %ab = shufflevector <16 x float> %a, <16 x float> %b, <32 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7, i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15, i32 16, i32 17, i32 18, i32 19, i32 20, i32 21, i32 22, i32 23, i32 24, i32 25, i32 26, i32 27, i32 28, i32 29, i32 30, i32 31>
  %cd = shufflevector <16 x float> %c, <16 x float> %d, <32 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7, i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15, i32 16, i32 17, i32 18, i32 19, i32 20, i32 21, i32 22, i32 23, i32 24, i32 25, i32 26, i32 27, i32 28, i32 29, i32 30, i32 31>
  %all = shufflevector <32 x float> %ab, <32 x float> %cd, <64 x i32> <i32 0, i32 16, i32 32, i32 48, i32 1, i32 17, i32 33, i32 49, i32 2, i32 18, i32 34, i32 50, i32 3, i32 19, i32 35, i32 51, i32 4, i32 20, i32 36, i32 52, i32 5, i32 21, i32 37, i32 53, i32 6, i32 22, i32 38, i32 54, i32 7, i32 23, i32 39, i32 55, i32 8, i32 24, i32 40, i32 56, i32 9, i32 25, i32 41, i32 57, i32 10, i32 26, i32 42, i32 58, i32 11, i32 27, i32 43, i32 59, i32 12, i32 28, i32 44, i32 60, i32 13, i32 29, i32 45, i32 61, i32 14, i32 30, i32 46, i32 62, i32 15, i32 31, i32 47, i32 63>
  store <64 x float> %all, ptr %r, align 4
  ret void
}
