# The identity of our object files.
# RUN: %llvm-mc -filetype=obj %s -o %t.o
# RUN: tatami-readelf -h %t.o | FileCheck %s

# CHECK: Magic: 7f 45 4c 46 02 01 01 00
# CHECK: Class: ELF64
# CHECK: Data: 2's complement, little endian
# CHECK: Type: REL (Relocatable file)
# CHECK: Machine: {{(0x)?}}5441
# CHECK: Flags: 0x0
	nop
