# From assembly to an image that LLVM's tools understand.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

# RUN: %llvm-mc -g -filetype=obj %s -o %t.o
# RUN: tatami-ld %t.o -o %t.elf -Map %t.map
# RUN: %llvm-objdump -d -l --no-show-raw-insn %t.elf | FileCheck %s
# RUN: llvm-readelf -hl %t.elf | FileCheck %s --check-prefix=ELF
# RUN: llvm-dwarfdump --verify %t.elf | FileCheck %s --check-prefix=DWARF
# RUN: FileCheck %s --check-prefix=MAP < %t.map

# CHECK-LABEL: <_start>:
# CHECK:       image.s:[[#@LINE+22]]
# CHECK-NEXT:  1000: li a0, 0x1041
# CHECK:       call 0x1010 <callee>
# CHECK:       beq a0, a1, 0x1000 <_start>
# CHECK-LABEL: <callee>:

# ELF: Type: EXEC (Executable file)
# ELF: Machine: 5441
# ELF: Entry point address: 0x1000
# ELF: LOAD 0x{{[0-9a-f]+}} 0x0000000000001000 {{.*}} R E 0x40
# ELF: LOAD 0x{{[0-9a-f]+}} 0x0000000000001040 {{.*}} RW  0x40

# DWARF: No errors.

# MAP: code 1000 1014 20
# MAP: 1010 {{.*}} callee
# MAP: 140000 __stack_top

	.text
	.globl _start
	.type _start,@function
_start:
	li a0, message+1
	call callee
	beq a0, a1, _start
	nop
	.size _start, .-_start

	.section .text.callee,"ax",@progbits
	.globl callee
callee:
	ret

	.data
message:
	.asciz "hello"
