# What does not fit says by how much; what is out of reach says what and where.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

# RUN: %llvm-mc -g -filetype=obj %s -o %t.o
# RUN: not tatami-ld %t.o -o %t.elf 2>&1 | FileCheck %s
# RUN: not tatami-ld %t.o -o %t.elf --sram-size=2M 2>&1 | FileCheck %s --check-prefix=RANGE

# CHECK:      error: the image does not fit in the node's memory: it is {{[0-9,]+}} bytes too large
# CHECK:      >>> memory of the node {{ *}}1,310,720
# CHECK:      >>> stacks {{ *}}229,376
# CHECK:      >>> largest symbols:
# CHECK-NEXT: >>> {{ *}}1,500,000  big  ({{.*}}.o)
# CHECK-NEXT: >>> {{ *}}70,000  medium  ({{.*}}.o)

# RANGE:      error: {{.*}}.o:(.text+0x0): relocation R_TATAMI_BRANCH15 out of range: {{[0-9]+}} is not in [-65536, 65532]; references 'far'
# RANGE-NEXT: >>> referenced by too-large.s:[[#@LINE+7]] (
# RANGE-NEXT: >>>               {{.*}}.o:(.text+0x0)
# RANGE-NEXT: >>> defined at {{.*}}.o:(.far+0x0)

	.text
	.globl _start
_start:
	beq a0, a1, far

	.section .middle,"ax",@progbits
	.type medium,@object
medium:
	.zero 70000
	.size medium, 70000

	.section .far,"ax",@progbits
	.globl far
far:

	.bss
	.type big,@object
big:
	.zero 1500000
	.size big, 1500000
