# The relocation of each operand that the assembler cannot fill in; the numbers
# are those of isa/abi/Relocs.td. Fields stay zero, addends are in the table.
# RUN: %llvm-mc -filetype=obj %s -o %t.o
# RUN: tatami-readelf -r %t.o | FileCheck %s
# RUN: %llvm-objdump -d %t.o | FileCheck --check-prefix=ZERO %s

# Info is the symbol's number and, in the low half, the relocation's.
# CHECK: '.rela.text'
# CHECK: 0000000000000000 {{[0-9a-f]+}}00000003 {{.*}} symbol + 0
# ZERO: 08 04 00 00 {{.*}}li
	li a0, symbol
# CHECK: 0000000000000004 {{[0-9a-f]+}}00000003 {{.*}} symbol + 8
# ZERO: 08 04 00 00 {{.*}}li
	la a0, symbol + 8
# CHECK: 0000000000000008 {{[0-9a-f]+}}00000003 {{.*}} symbol - 4
	li a0, symbol - 4
# CHECK: 000000000000000c {{[0-9a-f]+}}00000004 {{.*}} symbol + 0
# ZERO: 10 94 00 00 {{.*}}beq
	beq a0, a1, symbol
# CHECK: 0000000000000010 {{[0-9a-f]+}}00000005 {{.*}} symbol + 0
# ZERO: 8d 00 00 00 {{.*}}call
	call symbol
# CHECK: 0000000000000014 {{[0-9a-f]+}}00000005 {{.*}} symbol + 4
	j symbol + 4
# CHECK: 0000000000000018 {{[0-9a-f]+}}00000006 {{.*}} thread_local + 4
	li a0, %tprel(thread_local + 4)
# CHECK: 000000000000001c {{[0-9a-f]+}}0000000d {{.*}} symbol + 0
	ld a0, %lo(symbol)(a1)
# CHECK: 0000000000000020 {{[0-9a-f]+}}0000000d {{.*}} symbol + 8
	addi a0, a0, %lo(symbol + 8)
# CHECK: 0000000000000024 {{[0-9a-f]+}}0000000d {{.*}} symbol + 0
	vst v0, %lo(symbol)(a1)
# CHECK: 0000000000000028 {{[0-9a-f]+}}0000000e {{.*}} symbol + 0
# ZERO: 0c 04 00 00 {{.*}}lui
	lui a0, %hi(symbol)
# A global symbol may be replaced: it keeps its relocation. A local one goes by
# its section.
# CHECK: 000000000000002c {{[0-9a-f]+}}00000005 {{.*}} global + 0
	call global
# CHECK: 0000000000000030 {{[0-9a-f]+}}00000003 {{.*}} .text + 34
	li a0, local

	.globl global
global:
local:
	nop

	.data
# CHECK: '.rela.data'
# CHECK: 0000000000000000 {{[0-9a-f]+}}00000002 {{.*}} symbol + 10
	.quad symbol + 16
# CHECK: 0000000000000008 {{[0-9a-f]+}}00000001 {{.*}} symbol + 0
	.word symbol
# CHECK: 000000000000000c {{[0-9a-f]+}}00000009 {{.*}} symbol + 0
	.half symbol
# CHECK: 000000000000000e {{[0-9a-f]+}}0000000a {{.*}} symbol + 0
	.byte symbol
# CHECK: 000000000000000f {{[0-9a-f]+}}00000007 {{.*}} symbol + 0
	.4byte symbol - .
# CHECK: 0000000000000013 {{[0-9a-f]+}}00000008 {{.*}} symbol + 0
	.8byte symbol - .
# CHECK: 000000000000001b {{[0-9a-f]+}}0000000b {{.*}} thread_local + 0
	.quad %dtprel(thread_local)
# CHECK: 0000000000000023 {{[0-9a-f]+}}0000000c {{.*}} thread_local + 0
	.word %dtprel(thread_local)
# By name, for what has no operand.
# CHECK: 0000000000000000 {{[0-9a-f]+}}00000000 {{.*}} symbol + 0
	.section .other, "aw"
	.reloc ., R_TATAMI_NONE, symbol
# CHECK: 0000000000000004 {{[0-9a-f]+}}0000000d {{.*}} symbol + 0
	.word 0
	.reloc ., R_TATAMI_LO15, symbol
	.word 0
