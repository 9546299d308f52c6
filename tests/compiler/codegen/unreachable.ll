; What cannot be reached does not run on into the next function.
; SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
; RUN: %llc -O2 %s -o - | FileCheck %s --check-prefixes=CHECK,FAST
; RUN: %llc -O0 %s -o - | FileCheck %s --check-prefixes=CHECK,SLOW

declare void @stop() noreturn

; CHECK-LABEL: never:
; CHECK: brk 1
define void @never() {
  unreachable
}

; Optimised code trusts what is said not to return.
; CHECK-LABEL: last:
; CHECK: call stop
; FAST-NOT: brk
; SLOW-NEXT: brk 1
; CHECK: .size last
define void @last() {
  call void @stop()
  unreachable
}
