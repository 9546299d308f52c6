# Data, alignment and symbols, as in every ELF assembler.
# RUN: %llvm-mc -filetype=obj %s -o %t.o
# RUN: tatami-objdump -s -t %t.o | FileCheck %s
# RUN: %llvm-mc %s | %llvm-mc -filetype=obj -o %t2.o
# RUN: tatami-objdump -s -t %t2.o | FileCheck %s

# CHECK: {{^}}000000000000002a l *ABS* {{0+}} answer
# CHECK: {{^}}0000000000000040 l O .bss {{0+}}8 local_object
# CHECK: {{^}}0000000000000000 l .tbss {{0+}} per_thread
# CHECK: {{^}}0000000000000000 g F .text {{0+}}10 function
# CHECK: {{^}}0000000000000000 w O .bss {{0+}}40 weak_object

# Padding in code is nops.
# CHECK: section .text:
# CHECK-NEXT: 0000 0e100000 07000801 07000801 07000801
	.text
	.globl function
	.type function, @function
function:
	ret
	.p2align 4
	.size function, . - function

# CHECK: section .data:
# CHECK-NEXT: 0000 01020304 05060708 090a0b0c 0d0e0f10
# CHECK-NEXT: 0010 f0debc9a 78563412 ffff6869 00002a00
# CHECK-NEXT: 0020 00000000 00000000 0000803f 00000000
# CHECK-NEXT: 0030 0000f83f 81018001 7f
	.data
	.byte 1, 2
	.half 0x0403
	.hword 0x0605
	.short 0x0807
	.word 0x0c0b0a09
	.long 0x100f0e0d
	.dword 0x123456789abcdef0
	.2byte -1
	.asciz "hi"
	.zero 1
	.set answer, 42
	.word answer
	.p2align 2
	.float 0.0, 1.0
	.double 1.5
	.uleb128 129, 128
	.sleb128 -1

	.bss
	.weak weak_object
	.type weak_object, @object
	.size weak_object, 64
weak_object:
	.zero 64
	.type local_object, @object
	.size local_object, 8
local_object:
	.zero 8

	.section .tbss, "awT", @nobits
per_thread:
	.zero 4
