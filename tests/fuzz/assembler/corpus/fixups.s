back:
	beq a0, a1, back
	bne a0, a1, back
	bltu a0, a1, forward
	call forward
	j back
	j forward + 4
forward:
1:	beqz a0, 1b
	bnez a0, 1f
1:
	li a0, forward - back
	lui a0, %hi(0x12fffd)
	addi a0, a0, %lo(0x12fffd)
	lui a0, %hi(0x123456)
	lw a0, %lo(0x123456)(a0)
	.data
	.word forward - back
