; A step behind the last use of what it steps from wants no copy.
; SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
; RUN: %llc -O2 %s -o - | FileCheck %s

; CHECK-LABEL: push:
; CHECK: [[LOOP:\.LBB[0-9_]+]]:
; CHECK-NOT: mv
; CHECK: bnez {{.*}}, [[LOOP]]
define ptr @push(ptr %stack, i64 %n) {
entry:
  br label %loop
loop:
  %p = phi ptr [ %stack, %entry ], [ %next, %loop ]
  %i = phi i64 [ %n, %entry ], [ %j, %loop ]
  %next = getelementptr i8, ptr %p, i64 24
  store i64 %i, ptr %next
  %j = add i64 %i, -1
  %c = icmp eq i64 %j, 0
  br i1 %c, label %end, label %loop
end:
  ret ptr %next
}

; Other blocks may look at the old value: it is dead behind this one.
; CHECK-LABEL: machine:
; CHECK: addi [[P:[a-z0-9]+]], [[P]], 8
; CHECK-LABEL: .size machine
define i64 @machine(ptr %stack, ptr %code) {
entry:
  br label %loop
loop:
  %p = phi ptr [ %stack, %entry ], [ %p1, %push ], [ %p, %set ]
  %pc = phi ptr [ %code, %entry ], [ %pc1, %push ], [ %pc1, %set ]
  %op = load i8, ptr %pc
  %pc1 = getelementptr i8, ptr %pc, i64 1
  switch i8 %op, label %end [ i8 1, label %push
                              i8 2, label %set ]
push:
  %p1 = getelementptr i8, ptr %p, i64 8
  store i64 7, ptr %p1
  br label %loop
set:
  store i64 9, ptr %p
  br label %loop
end:
  %r = load i64, ptr %p
  ret i64 %r
}
