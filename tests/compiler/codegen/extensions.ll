; Extensions of what is extended already, also from another block.
; SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
; RUN: %llc -O2 %s -o - | FileCheck %s

declare i32 @narrow(i32)
declare i64 @wide(i64)

; Callers extend arguments of 32 bits, and functions their results.
; CHECK-LABEL: argument:
; CHECK-NOT: sext.w
; CHECK: ret
define i32 @argument(i32 %n, i32 %x, i1 %c) {
entry:
  br i1 %c, label %then, label %else
then:
  %r = call i32 @narrow(i32 %x)
  br label %else
else:
  %p = phi i32 [ %n, %entry ], [ %r, %then ]
  %q = call i32 @narrow(i32 %p)
  ret i32 %q
}

; A result of 64 bits has all of them.
; CHECK-LABEL: cut:
; CHECK: sext.w
define i32 @cut(i64 %x, i1 %c) {
entry:
  br i1 %c, label %then, label %else
then:
  %r = call i64 @wide(i64 %x)
  %t = trunc i64 %r to i32
  br label %else
else:
  %p = phi i32 [ 0, %entry ], [ %t, %then ]
  %q = call i32 @narrow(i32 %p)
  ret i32 %q
}

; A bit is zero-extended as well as sign-extended.
; CHECK-LABEL: bit:
; CHECK-NOT: zext.w
; CHECK: ret
define i64 @bit(i32 %a, i1 %c, ptr %p) {
entry:
  %k = icmp ult i32 %a, 9
  %b = zext i1 %k to i32
  br i1 %c, label %then, label %else
then:
  store i32 %b, ptr %p
  br label %else
else:
  %z = zext i32 %b to i64
  ret i64 %z
}
