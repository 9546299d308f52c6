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
