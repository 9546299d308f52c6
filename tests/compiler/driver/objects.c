// From every kind of input to assembly and objects.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: tatami-clang -O2 -S %s -o - | FileCheck %s
// CHECK: .section .text.twice,"ax",@progbits
// CHECK: twice:
// CHECK: ret
// CHECK-NOT: .addrsig

// An object is the same however it was made.
// RUN: tatami-clang -O2 -c %s -o %t.direct.o
// RUN: tatami-clang -O2 -S %s -o %t.s
// RUN: tatami-clang -c %t.s -o %t.assembled.o
// RUN: llvm-readelf -x .text.twice %t.direct.o > %t.direct.txt
// RUN: llvm-readelf -x .text.twice %t.assembled.o > %t.assembled.txt
// RUN: diff %t.direct.txt %t.assembled.txt
// RUN: tatami-clang -O2 -c -emit-llvm %s -o %t.bc
// RUN: tatami-clang -O2 -c %t.bc -o %t.bitcode.o
// RUN: cmp %t.direct.o %t.bitcode.o
// RUN: tatami-clang -O2 -c -fno-integrated-cc1 %s -o %t.spawned.o
// RUN: cmp %t.direct.o %t.spawned.o

// RUN: llvm-readelf -h %t.direct.o | FileCheck %s --check-prefix=ELF
// ELF: Class: ELF64
// ELF: Data: 2's complement, little endian
// ELF: Type: REL (Relocatable file)
// ELF: Machine: 5441

// Assembly that needs the preprocessor, symbols from the command line.
// RUN: echo "#define VALUE 42" > %t.S
// RUN: echo "start: li a0, VALUE + EXTRA" >> %t.S
// RUN: tatami-clang -c %t.S -Wa,--defsym,EXTRA=1 -o %t.S.o
// RUN: llvm-readelf -s %t.S.o | FileCheck %s --check-prefix=SYMBOL
// SYMBOL: start

// Where the line is comes out with -g, of assembly too.
// RUN: tatami-clang -g -c %s -o %t.debug.o
// RUN: llvm-readelf -S %t.debug.o | FileCheck %s --check-prefix=SECTIONS
// RUN: tatami-clang -g -c %t.s -o %t.debug.s.o
// RUN: llvm-readelf -S %t.debug.s.o | FileCheck %s --check-prefix=SECTIONS
// SECTIONS: .debug_info
// SECTIONS: .debug_line

// A wrong line is an error at its place, and no object is left behind.
// RUN: echo " bogus a0" > %t.bad.s
// RUN: rm -f %t.bad.o
// RUN: not tatami-clang -c %t.bad.s -o %t.bad.o 2>&1 \
// RUN:   | FileCheck %s --check-prefix=BAD
// BAD: bad.s:1:2: error: unrecognized instruction mnemonic
// RUN: not ls %t.bad.o

int twice(int X) { return X + X; }
