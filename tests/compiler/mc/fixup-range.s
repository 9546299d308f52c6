# A target too far away is an error at the branch, with the distance.
# RUN: not %llvm-mc -filetype=obj %s -o /dev/null 2>&1 | FileCheck --implicit-check-not=error: %s

start:
# CHECK: :[[#@LINE+1]]:14: error: target is 65536 bytes away: a branch reaches -65536 to 65532
	beq a0, a1, far
	beq a0, a1, far
# CHECK: :[[#@LINE+1]]:7: error: target is 2097152 bytes away: a jump reaches -2097152 to 2097148
	call further
	call further
# CHECK: :[[#@LINE+1]]:20: error: distance -14 to the target is not a multiple of 4
	beq a0, a1, start + 2
	.zero 65536 - 20
far:
	.zero 65536
	beq a0, a1, far
# CHECK: :[[#@LINE+1]]:14: error: target is -65540 bytes away: a branch reaches -65536 to 65532
	beq a0, a1, far
	.zero 2097160 - 131080
further:
	call start + 8
# CHECK: :[[#@LINE+1]]:13: error: target is -2097156 bytes away: a jump reaches -2097152 to 2097148
	call start + 8
	li a0, further - start - 9
# CHECK: :[[#@LINE+1]]:17: error: value 2097152 is out of range: li holds -2097152 to 2097151
	li a0, further - start - 8
# The linker puts both parts together again.
	lui a0, %hi(0x3ffffbfff)
# CHECK: :[[#@LINE+1]]:10: error: value 17179852800 is out of range: lui and a low part hold 35 bits
	lui a0, %hi(0x3ffffc000)
