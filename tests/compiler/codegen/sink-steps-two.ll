; Two steps from one register, both wanted at the end of the block only, do not
; pass each other for ever.
; SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
; RUN: %llc -O2 %s -o - | FileCheck %s
; CHECK-LABEL: two:
; CHECK: ret
define i64 @two(i64 %n) {
entry:
  br label %loop
loop:
  %a = phi i64 [ 0, %entry ], [ %next, %loop ]
  %b = phi i64 [ 1, %entry ], [ %other, %loop ]
  %c = phi i64 [ 2, %entry ], [ %b, %loop ]
  %next = add i64 %a, 8
  %other = add i64 %a, 24
  %sum = add i64 %c, %a
  %more = icmp ult i64 %sum, %n
  br i1 %more, label %loop, label %exit
exit:
  ret i64 %sum
}
