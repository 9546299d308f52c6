# Targets of branches by symbol, words that are no instructions, and data.
# RUN: %llvm-mc -filetype=obj %s -o %t.o
# RUN: tatami-objdump -d --no-show-raw-insn %t.o | FileCheck %s

# CHECK-LABEL: <main>:
# CHECK-NEXT: 0: call 0xc <helper>
# CHECK-NEXT: 4: beqz a0, 0x0 <main>
# CHECK-NEXT: 8: <unknown>
# CHECK-LABEL: <helper>:
# CHECK-NEXT: c: lw a0, -0x4(sp)
# CHECK-NEXT: 10: ret
main:
	call helper
	beqz a0, main
	.word 0
helper:
	lw a0, -4(sp)
	ret
