# Assembly source with -g: line numbers for a debugger.
# RUN: %llvm-mc -g -filetype=obj %s -o %t.o
# RUN: %llvm-dwarfdump --debug-line %t.o | FileCheck %s

# CHECK: min_inst_length: 4
# CHECK: 0x0000000000000000 [[#@LINE+2]] {{.*}} is_stmt
# CHECK: 0x0000000000000004 [[#@LINE+2]] {{.*}} is_stmt
	nop
	ret
# CHECK: 0x0000000000000008 {{.*}} end_sequence
