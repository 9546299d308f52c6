; Integers of both widths, calls, constants, addresses.
; SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
; RUN: %llc -O2 %s -o - | FileCheck %s
; RUN: %llc -O0 -filetype=obj %s -o /dev/null

@g = global i32 0
@tl = thread_local global i32 0

; CHECK-LABEL: add32:
; CHECK: addw a0, a0, a1
define i32 @add32(i32 %a, i32 %b) {
  %s = add i32 %a, %b
  ret i32 %s
}

; A `w` result is sign-extended already.
; CHECK-LABEL: index:
; CHECK: addw [[I:[a-z0-9]+]], a1, a2
; CHECK-NOT: sext.w
; CHECK: lw.x a0, a0, [[I]], 2
define i32 @index(ptr %p, i32 %a, i32 %b) {
  %i = add i32 %a, %b
  %x = sext i32 %i to i64
  %q = getelementptr i32, ptr %p, i64 %x
  %v = load i32, ptr %q
  ret i32 %v
}

; CHECK-LABEL: wide:
; CHECK: mulhu
; CHECK: madd
; CHECK: madd
define i128 @wide(i128 %a, i128 %b) {
  %p = mul i128 %a, %b
  ret i128 %p
}

; CHECK-LABEL: choose:
; CHECK: slt [[C:[a-z0-9]+]], a0, a1
; CHECK: sel a0, [[C]], a2, a3
define i64 @choose(i64 %a, i64 %b, i64 %x, i64 %y) {
  %c = icmp slt i64 %a, %b
  %r = select i1 %c, i64 %x, i64 %y
  ret i64 %r
}

; CHECK-LABEL: global:
; CHECK: li [[P:[a-z0-9]+]], g
; CHECK: lw a0, 0([[P]])
define i32 @global() {
  %v = load i32, ptr @g
  ret i32 %v
}

; CHECK-LABEL: thread:
; CHECK: li [[O:[a-z0-9]+]], %tprel(tl)
; CHECK: lw.x a0, tp, [[O]], 0
define i32 @thread() {
  %v = load i32, ptr @tl
  ret i32 %v
}

; The frame is a multiple of 64 and moves with its limit checked.
; CHECK-LABEL: calls:
; CHECK: spadj -64
; CHECK: sd ra, 56(sp)
; CHECK: call add32
; CHECK: ld ra, 56(sp)
; CHECK: spadj 64
; CHECK: ret
define i32 @calls(i32 %a) {
  %r = call i32 @add32(i32 %a, i32 3)
  %s = add i32 %r, 1
  ret i32 %s
}

; CHECK-LABEL: tail:
; CHECK-NOT: spadj
; CHECK: j add32
define i32 @tail(i32 %a) {
  %r = tail call i32 @add32(i32 %a, i32 3)
  ret i32 %r
}

; CHECK-LABEL: swap:
; CHECK: cas.w
define i32 @swap(ptr %p, i32 %e, i32 %d) {
  %r = cmpxchg ptr %p, i32 %e, i32 %d seq_cst seq_cst
  %v = extractvalue { i32, i1 } %r, 0
  ret i32 %v
}

; CHECK-LABEL: remote:
; CHECK: rsw a1, (a0)
; CHECK: rlw a0, ({{.*}})
define i32 @remote(ptr addrspace(1) %p, i32 %v) {
  store i32 %v, ptr addrspace(1) %p
  %q = getelementptr i32, ptr addrspace(1) %p, i64 4
  %r = load i32, ptr addrspace(1) %q
  ret i32 %r
}

; A constant of 22 bits is as good as a small one for a branch: no shift.
; CHECK-LABEL: bound:
; CHECK-NOT: srli
; CHECK: li [[C:[a-z0-9]+]], 59999
; CHECK: bltu [[C]], a0
define i64 @bound(i64 %n, ptr %p) {
  %c = icmp ult i64 %n, 60000
  br i1 %c, label %in, label %out
in:
  store i64 %n, ptr %p
  br label %out
out:
  ret i64 %n
}

; A choice by a bit of an i32 wants no comparison: andi clears the upper half.
; CHECK-LABEL: by_bit:
; CHECK: andi [[C:[a-z0-9]+]], a0, 4
; CHECK-NEXT: sel a0, [[C]], a2, a1
define i64 @by_bit(i32 %x, i64 %a, i64 %b) {
  %m = and i32 %x, 4
  %c = icmp eq i32 %m, 0
  %r = select i1 %c, i64 %a, i64 %b
  ret i64 %r
}

; The upper half of a sum of registers may be anything.
; CHECK-LABEL: by_word:
; CHECK: s{{eqz|nez}}w
define i64 @by_word(i64 %w, i64 %a, i64 %b) {
  %x = trunc i64 %w to i32
  %c = icmp eq i32 %x, 0
  %r = select i1 %c, i64 %a, i64 %b
  ret i64 %r
}
