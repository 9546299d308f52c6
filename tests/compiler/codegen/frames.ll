; A path that needs no frame has none, and an unwinder knows where it ends.
; SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
; RUN: %llc -O2 %s -o - | FileCheck %s

declare void @work(i64, i64)

; CHECK-LABEL: leaf_first:
; CHECK-NOT: spadj
; CHECK: beqz a0, [[END:\.LBB[0-9_]+]]
; CHECK: spadj -64
; CHECK: .cfi_def_cfa_offset 64
; CHECK: .cfi_offset ra
; CHECK: .cfi_restore ra
; CHECK: spadj 64
; CHECK: .cfi_def_cfa_offset 0
; CHECK: ret
define void @leaf_first(i64 %n, i64 %x) uwtable {
entry:
  %z = icmp eq i64 %n, 0
  br i1 %z, label %end, label %body
body:
  call void @work(i64 %x, i64 %n)
  call void @work(i64 %n, i64 %x)
  br label %end
end:
  ret void
}

; What follows an early return has its frame again.
; CHECK-LABEL: early:
; CHECK: .cfi_remember_state
; CHECK: ret
; CHECK: .cfi_restore_state
define i64 @early(i64 %n, i64 %x) uwtable {
entry:
  call void @work(i64 %n, i64 %x)
  %z = icmp eq i64 %n, 0
  br i1 %z, label %out, label %body, !prof !0
body:
  call void @work(i64 %x, i64 %n)
  unreachable
out:
  ret i64 %x
}
!0 = !{!"branch_weights", i32 2000, i32 1}

declare i64 @nine(i64, i64, i64, i64, i64, i64, i64, i64, i64)

; The callee's argument on the stack goes where the caller's was, after that one
; was read.
; CHECK-LABEL: sibling:
; CHECK-NOT: spadj
; CHECK: ld [[OLD:[a-z0-9]+]], 0(sp)
; CHECK: sd a0, 0(sp)
; CHECK: j nine
define i64 @sibling(i64 %a, i64 %b, i64 %c, i64 %d, i64 %e, i64 %f, i64 %g, i64 %h, i64 %i) {
  %r = tail call i64 @nine(i64 %i, i64 %b, i64 %c, i64 %d, i64 %e, i64 %f, i64 %g, i64 %h, i64 %a)
  ret i64 %r
}

; No place for it: a call.
; CHECK-LABEL: no_room:
; CHECK: call nine
define i64 @no_room(i64 %a) {
  %r = tail call i64 @nine(i64 %a, i64 %a, i64 %a, i64 %a, i64 %a, i64 %a, i64 %a, i64 %a, i64 %a)
  ret i64 %r
}
