# Call frame information: initial rule, registers by name and number.
# RUN: %llvm-mc -filetype=obj %s -o %t.o
# RUN: %llvm-dwarfdump --debug-frame %t.o | FileCheck %s

# CHECK: CIE
# CHECK: Return address column: 1
# CHECK: DW_CFA_def_cfa: {{reg2|X2|sp|SP}} +0
# CHECK: FDE
# CHECK: DW_CFA_advance_loc: 4
# CHECK-NEXT: DW_CFA_def_cfa_offset: +64
# CHECK-NEXT: DW_CFA_offset: {{.*}} -8
# CHECK-NEXT: DW_CFA_offset: {{.*}} -16
# CHECK-NEXT: DW_CFA_def_cfa: {{.*}} +64
# CHECK: DW_CFA_restore:
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
