	li a0, symbol
	la a0, symbol + 8
	li a0, symbol - 4
	beq a0, a1, symbol
	call symbol
	j symbol + 4
	li a0, %tprel(thread_local + 4)
	ld a0, %lo(symbol)(a1)
	addi a0, a0, %lo(symbol + 8)
	vst v0, %lo(symbol)(a1)
	lui a0, %hi(symbol)
	call global
	li a0, local
	.globl global
global:
local:
	nop
	.data
	.quad symbol + 16
	.word symbol
	.half symbol
	.byte symbol
	.4byte symbol - .
	.8byte symbol - .
	.quad %dtprel(thread_local)
	.word %dtprel(thread_local)
	.section .other, "aw"
	.reloc ., R_TATAMI_NONE, symbol
	.word 0
	.reloc ., R_TATAMI_LO15, symbol
	.word 0
