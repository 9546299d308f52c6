; Conversions between floating point and integers of more than 128 bits are
; expanded: no library has them.
; SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
; RUN: %llc -O2 %s -o - | FileCheck %s

; CHECK-LABEL: toFloat:
; CHECK-NOT: call
define float @toFloat(i200 %x) {
  %r = sitofp i200 %x to float
  ret float %r
}

; CHECK-LABEL: fromFloat:
; CHECK-NOT: call
define i200 @fromFloat(float %x) {
  %r = fptoui float %x to i200
  ret i200 %r
}
