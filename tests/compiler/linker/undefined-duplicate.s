# Undefined and duplicate symbols name the object and, with -g, the line.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

# RUN: %llvm-mc -g -filetype=obj %s -o %t.o
# RUN: %llvm-mc -filetype=obj %s -o %t2.o
# RUN: not tatami-ld %t.o -o %t.elf 2>&1 | FileCheck %s --check-prefix=UNDEF
# RUN: not tatami-ld %t.o %t2.o -o %t.elf 2>&1 | FileCheck %s --check-prefix=DUP
# RUN: rm -f %t.a && llvm-ar rc %t.a %t.o
# RUN: not tatami-ld -u _start %t.a -o %t.elf 2>&1 | FileCheck %s --check-prefix=ARCHIVE
# RUN: not ls %t.elf

# UNDEF:      tatami-ld: error: undefined symbol: nowhere(int)
# UNDEF-NEXT: >>> referenced by undefined-duplicate.s:[[#@LINE+16]] ({{.*}}undefined-duplicate.s:[[#@LINE+16]])
# UNDEF-NEXT: >>>               {{.*}}.o:(function _start: .text+0x0)
# UNDEF-NOT:  error:

# DUP:      tatami-ld: error: duplicate symbol: _start
# DUP-NEXT: >>> defined at undefined-duplicate.s:[[#@LINE+11]] (
# DUP-NEXT: >>>            {{.*}}.tmp.o:(function _start: .text+0x0)
# DUP-NEXT: >>> defined at {{.*}}.tmp2.o:(function _start: .text+0x0)

# ARCHIVE: undefined symbol: nowhere(int)
# ARCHIVE: >>> {{.*}}.tmp.a({{.*}}.tmp.o):(function _start: .text+0x0)

	.text
	.globl _start
	.type _start,@function
_start:
	call _Z7nowherei
	.size _start, .-_start
