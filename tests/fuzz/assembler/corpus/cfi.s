	.cfi_sections .debug_frame
	.globl f
	.type f, @function
f:
	.cfi_startproc
	addi sp, sp, -64
	.cfi_def_cfa_offset 64
	.cfi_offset ra, -8
	.cfi_offset 22, -16
	.cfi_def_cfa fp, 64
	sd ra, 56(sp)
	ld ra, 56(sp)
	.cfi_restore ra
	ret
	.cfi_endproc
	.size f, . - f
