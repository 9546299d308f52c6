	li a0, %tprel(elsewhere)
	add a0, a0, tp
	.data
	.quad %dtprel(debugged)
