# Values that no relocation can express.
# RUN: not %llvm-mc -filetype=obj %s -o /dev/null 2>&1 | FileCheck %s

	.data
# Names are looked up while reading, sizes when all is laid out, the rest when
# the file is written.
# CHECK: :[[#@LINE+1]]:12: error: unknown relocation name
	.reloc ., R_TATAMI_NONESUCH, symbol
# CHECK: :[[#@LINE+1]]:24: error: size of 'object' is not known to the assembler
	.size object, nowhere - object
object:
# CHECK: :[[#@LINE+1]]:8: error: only %dtprel can stand in data
	.word %lo(symbol)
# CHECK: :[[#@LINE+1]]:15: error: no relocation expresses this value: use 32 or 64 bits
	.half symbol - .
# CHECK: :[[#@LINE+1]]:8: error: no relocation expresses this value: use 32 or 64 bits
	.byte %dtprel(symbol)
# CHECK: :[[#@LINE+1]]:10: error: symbol 'a' can not be undefined in a subtraction expression
	.word b - a
