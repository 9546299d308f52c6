; Operations on more lanes than a register has, and on 64 lanes of 32 bits,
; which are an accumulator where no vector instruction needs them.
; SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
; RUN: %llc -O2 %s -o - | FileCheck %s

; The lowest bits of two registers are two masks.
; CHECK-LABEL: truncated_mask:
; CHECK-COUNT-2: vand.w
; CHECK: ret
define void @truncated_mask(ptr %p, ptr %q) {
  %v = load <32 x i32>, ptr %p, align 64
  %w = load <32 x i32>, ptr %q, align 64
  %m = trunc <32 x i32> %v to <32 x i1>
  %n = icmp ne <32 x i32> %w, zeroinitializer
  %b = and <32 x i1> %m, %n
  %s = sext <32 x i1> %b to <32 x i32>
  store <32 x i32> %s, ptr %q, align 64
  ret void
}

; CHECK-LABEL: narrowed:
; CHECK-COUNT-4: accget
; CHECK-NOT: vextract
; CHECK: vst
define void @narrowed(ptr %p, ptr %q) {
  %v = load <64 x i32>, ptr %p, align 64
  %b = trunc <64 x i32> %v to <64 x i8>
  store <64 x i8> %b, ptr %q, align 64
  ret void
}

; CHECK-LABEL: masked:
; CHECK-COUNT-4: vgather.w {{.*}}, m
; CHECK-COUNT-4: vstu.w {{.*}}, m
define void @masked(ptr %p, ptr %q, <64 x i1> %m, <64 x i8> %i) {
  %x = zext <64 x i8> %i to <64 x i32>
  %a = getelementptr i32, ptr %p, <64 x i32> %x
  %v = call <64 x i32> @llvm.masked.gather.v64i32.v64p0(<64 x ptr> align 4 %a, <64 x i1> %m, <64 x i32> zeroinitializer)
  call void @llvm.masked.store.v64i32.p0(<64 x i32> %v, ptr align 4 %q, <64 x i1> %m)
  ret void
}

; CHECK-LABEL: sum:
; CHECK-COUNT-3: vadd.w
; CHECK: vredsum.w
define i32 @sum(ptr %p) {
  %v = load <64 x i32>, ptr %p, align 64
  %s = call i32 @llvm.vector.reduce.add.v64i32(<64 x i32> %v)
  ret i32 %s
}

; Scalars of 16 bits become lanes also where the legaliser makes them.
; CHECK-LABEL: three_halves:
; CHECK: vcvt.h.s
; CHECK: ret
define void @three_halves(ptr %p, ptr %q) {
  %v = load <3 x float>, ptr %p, align 16
  %h = fptrunc <3 x float> %v to <3 x half>
  store <3 x half> %h, ptr %q, align 8
  ret void
}

; Division by a constant of a vector that was split: its splats come late.
; CHECK-LABEL: divide:
; CHECK: vmulh
define <64 x i16> @divide(<64 x i16> %a) {
  %r = sdiv <64 x i16> %a, splat (i16 7)
  ret <64 x i16> %r
}
