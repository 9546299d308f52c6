// The way back to the caller is known at every instruction: what a block behind
// an epilogue restores, what the epilogue itself leaves, frames that move.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: tatami-clang -O2 -g -c %s -o %t.o
// RUN: tatami-dwarfdump --debug-frame %t.o | FileCheck %s
// Without -g as well, for the call stacks of traps:
// RUN: tatami-clang -O2 -c %s -o %t.o
// RUN: tatami-dwarfdump --debug-frame %t.o | FileCheck %s
// RUN: tatami-clang -O2 -fno-force-dwarf-frame -c %s -o %t.o
// RUN: tatami-readelf -S %t.o | FileCheck --check-prefix=NONE %s
// RUN: tatami-clang -O0 -g -c %s -o %t.o -mllvm -verify-cfiinstrs
// NONE-NOT: .debug_frame

int callee(int);
int user(int *);

// CHECK: FDE {{.*}} pc=00000000...
// CHECK:      0x0: CFA=X2
// CHECK:      0x4: CFA=X2+64
// CHECK:      : CFA=X2+64: X1=[CFA-8]
// CHECK:      : CFA=X2+64
// CHECK-NEXT: : CFA=X2{{$}}
int plain(int a) { return callee(a) + 1; }

// CHECK: FDE
// CHECK: : CFA=X4: X1=[CFA-8], X4=[CFA-16]
// CHECK: : CFA=X2+64: X1=[CFA-8], X4=[CFA-16]
// CHECK: : CFA=X2+64
// CHECK-NEXT: : CFA=X2{{$}}
int variable(int n) {
  int values[n];
  return user(values);
}
