# What the assembler knows it fills in, and leaves nothing to the linker.
# RUN: %llvm-mc -filetype=obj %s -o %t.o
# RUN: tatami-readelf -r %t.o | FileCheck --check-prefix=NONE %s
# RUN: %llvm-objdump -d --print-imm-hex=false %t.o | FileCheck %s

# NONE: There are no relocations

back:
# CHECK: 0: {{.*}} beq a0, a1, 0x0 <back>
	beq a0, a1, back
# CHECK: 4: {{.*}} bne a0, a1, 0x0 <back>
	bne a0, a1, back
# CHECK: 8: {{.*}} bltu a0, a1, 0x18 <forward>
	bltu a0, a1, forward
# CHECK: c: {{.*}} call 0x18 <forward>
	call forward
# CHECK: 10: {{.*}} j 0x0 <back>
	j back
# CHECK: 14: {{.*}} j 0x1c <forward+0x4>
	j forward + 4
forward:
# CHECK: 18: {{.*}} beqz a0, 0x18 <forward>
1:	beqz a0, 1b
# CHECK: 1c: {{.*}} bnez a0, 0x20 <forward+0x8>
	bnez a0, 1f
1:
# Differences within a section are constants.
# CHECK: 20: {{.*}} li a0, 24
	li a0, forward - back
# Parts of a constant.
# CHECK: 24: {{.*}} lui a0, 38
	lui a0, %hi(0x12fffd)
# CHECK: 28: {{.*}} addi a0, a0, -3
	addi a0, a0, %lo(0x12fffd)
# CHECK: 2c: {{.*}} lui a0, 36
	lui a0, %hi(0x123456)
# CHECK: 30: {{.*}} lw a0, 13398(a0)
	lw a0, %lo(0x123456)(a0)

	.data
	.word forward - back
