; The vectoriser may choose 64 lanes of 32 bits, which is the type of an
; accumulator: masked and indexed accesses are then four on 16 lanes, and what
; only passes through does not visit the matrix unit.
; SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
; RUN: %llc -O2 %s -o - | FileCheck %s --implicit-check-not=accget

; CHECK-LABEL: loadStore:
; CHECK-COUNT-4: vldu.w {{.*}}, m
; CHECK-COUNT-4: vstu.w {{.*}}, m
define void @loadStore(ptr %p, ptr %q, <64 x i1> %m) {
  %v = call <64 x i32> @llvm.masked.load.v64i32.p0(ptr align 4 %p, <64 x i1> %m, <64 x i32> zeroinitializer)
  call void @llvm.masked.store.v64i32.p0(<64 x i32> %v, ptr align 4 %q, <64 x i1> %m)
  ret void
}

; CHECK-LABEL: gather:
; CHECK-COUNT-4: vgather.w {{.*}}, a0, {{.*}}, 2, m
; CHECK-COUNT-4: vstu.w
define void @gather(ptr %p, ptr %q, <64 x i1> %m) {
  %i = load <64 x i32>, ptr %q, align 4
  %a = getelementptr float, ptr %p, <64 x i32> %i
  %v = call <64 x float> @llvm.masked.gather.v64f32.v64p0(<64 x ptr> align 4 %a, <64 x i1> %m, <64 x float> zeroinitializer)
  store <64 x float> %v, ptr %q, align 4
  ret void
}

; CHECK-LABEL: scatter:
; CHECK-COUNT-4: vscatter.w {{.*}}, a0, {{.*}}, 2, m
define void @scatter(ptr %p, ptr %q, <64 x i1> %m) {
  %i = load <64 x i32>, ptr %q, align 4
  %v = load <64 x i32>, ptr %p, align 4
  %a = getelementptr i32, ptr %p, <64 x i32> %i
  call void @llvm.masked.scatter.v64i32.v64p0(<64 x i32> %v, <64 x ptr> align 4 %a, <64 x i1> %m)
  ret void
}
