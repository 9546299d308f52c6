# A symbol that is used as thread-local is one, also where it is not defined.
# RUN: %llvm-mc -filetype=obj %s -o %t.o
# RUN: tatami-readelf -s %t.o | FileCheck %s

# CHECK: TLS GLOBAL DEFAULT UND elsewhere
# CHECK: TLS GLOBAL DEFAULT UND debugged
	li a0, %tprel(elsewhere)
	add a0, a0, tp
	.data
	.quad %dtprel(debugged)
