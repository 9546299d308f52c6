// Response files, dependencies and -### behave as clang's; assembly that the
// assembler cannot encode is an error with a line, not a crash.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: split-file %s %t && cd %t
// RUN: echo "-DVALUE=3 -c main.c -o 'a file.o'" > arguments
// RUN: tatami-clang @arguments && tatami-nm "a file.o" | FileCheck --check-prefix=NM %s
// NM: T three
// RUN: not tatami-clang @missing -c main.c 2>&1 | FileCheck --check-prefix=MISSING %s
// MISSING: error: {{.*}}@missing
// RUN: tatami-clang '-###' @arguments 2>&1 | FileCheck --check-prefix=JOBS %s
// JOBS: Tatami clang version
// JOBS: "-cc1"
// JOBS-SAME: "-D" "VALUE=3"
// RUN: tatami-clang -MD -MP -DVALUE=3 -c main.c -o other.o
// RUN: FileCheck --check-prefix=DEPS %s < other.d
// DEPS: other.o: main.c
// DEPS: header.h
// DEPS: header.h:
// RUN: tatami-clang -DVALUE=3 -MMD -MF deps -MT target -c main.c
// RUN: FileCheck --check-prefix=TARGET %s < deps
// TARGET: target: main.c

// RUN: not tatami-clang -c bad.s 2>&1 | FileCheck --check-prefix=BAD --implicit-check-not="Stack dump" %s
// BAD: bad.s:1:{{[0-9]+}}: error:
// RUN: not tatami-clang -c cfi.s 2>&1 | FileCheck --check-prefix=CFI --implicit-check-not="Stack dump" %s
// CFI: error:
// RUN: not tatami-clang -c size.s 2>&1 | FileCheck --check-prefix=SIZE --implicit-check-not="Stack dump" %s
// SIZE: error:

//--- main.c
#include "header.h"
int three(void) { return VALUE; }
//--- header.h
//--- bad.s
	addi a0
//--- cfi.s
	.cfi_startproc
	nop
//--- size.s
	.space undefined_symbol - other_symbol
