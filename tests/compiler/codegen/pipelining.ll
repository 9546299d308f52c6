; Loops of the vector side are pipelined: the next iteration's load comes before
; this one's result is stored. Scalar loops are at -O3 only: it costs moves.
; SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
; RUN: %llc -O2 %s -o - | FileCheck %s --check-prefixes=CHECK,O2
; RUN: %llc -O3 %s -o - | FileCheck %s --check-prefixes=CHECK,O3

; CHECK-LABEL: scale:
; CHECK: vld
; CHECK: [[LOOP:\.LBB0_[0-9]+]]:{{.*}}
; CHECK-NEXT: =>This Inner Loop
; CHECK-DAG: vfmul.s
; CHECK-DAG: vld
; CHECK-DAG: vst
; CHECK: bltu {{.*}}, [[LOOP]]
; The iterations that have begun are finished behind the loop.
; CHECK: vfmul.s
; CHECK: vst
; CHECK: ret
define void @scale(ptr noalias %from, ptr noalias %to, <16 x float> %by, i64 %n) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %p = getelementptr <16 x float>, ptr %from, i64 %i
  %q = getelementptr <16 x float>, ptr %to, i64 %i
  %x = load <16 x float>, ptr %p, align 64
  %y = fmul <16 x float> %x, %by
  store <16 x float> %y, ptr %q, align 64
  %next = add i64 %i, 1
  %more = icmp ult i64 %next, %n
  br i1 %more, label %loop, label %end
end:
  ret void
}

; What the next iteration loads this one may have stored: nothing moves.
; CHECK-LABEL: recurrence:
; CHECK-NOT: vld
; CHECK: =>This Inner Loop
; CHECK: vld
; CHECK: vfmul.s
; CHECK: vst
; CHECK: bltu
; CHECK-NOT: vst
; CHECK: ret
define void @recurrence(ptr %p, <16 x float> %by, i64 %n) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %from = getelementptr <16 x float>, ptr %p, i64 %i
  %x = load <16 x float>, ptr %from, align 64
  %y = fmul <16 x float> %x, %by
  %next = add i64 %i, 1
  %to = getelementptr <16 x float>, ptr %p, i64 %next
  store <16 x float> %y, ptr %to, align 64
  %more = icmp ult i64 %next, %n
  br i1 %more, label %loop, label %end
end:
  ret void
}

; CHECK-LABEL: walk:
; O2-NOT: ld.pi
; O3: ld.pi
; CHECK: =>This Inner Loop
; CHECK: madd
; CHECK: bltu
; O2-NOT: madd
; O3: madd
; CHECK: ret
define i64 @walk(ptr %p, i64 %n) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %s = phi i64 [ 0, %entry ], [ %sum, %loop ]
  %q = getelementptr i64, ptr %p, i64 %i
  %x = load i64, ptr %q
  %y = mul i64 %x, %x
  %sum = add i64 %s, %y
  %next = add i64 %i, 1
  %more = icmp ult i64 %next, %n
  br i1 %more, label %loop, label %end
end:
  ret i64 %sum
}
