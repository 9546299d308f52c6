# What is not accepted, with the column of the operand and what would be right.
# RUN: not %llvm-mc %s -o /dev/null 2>&1 | FileCheck %s

#===-- Just outside the range ----------------------------------------------===#

# CHECK: :[[#@LINE+1]]:9: error: immediate must be in [-524288, 524287] or %hi(symbol)
lui a0, -524289
# CHECK: :[[#@LINE+1]]:9: error: immediate must be in [-524288, 524287] or %hi(symbol)
lui a0, 524288
# CHECK: :[[#@LINE+1]]:14: error: immediate must be in [-16384, 16383]{{$}}
andi a0, a0, -16385
# CHECK: :[[#@LINE+1]]:14: error: immediate must be in [-16384, 16383]{{$}}
andi a0, a0, 16384
# CHECK: :[[#@LINE+1]]:15: error: immediate must be in [-16384, 16383] or %lo(symbol)
addi  a0, a0, 16384
# CHECK: :[[#@LINE+1]]:8: error: immediate must be in [-16384, 16383] or %lo(symbol)
ld a0, 16384(sp)
# CHECK: :[[#@LINE+1]]:13: error: immediate must be in [-16384, 16383] or %lo(symbol)
accld acc0, -16385(sp)
# CHECK: :[[#@LINE+1]]:7: error: immediate must be a multiple of 64 in [-1048576, 1048512]
spadj 32
# CHECK: :[[#@LINE+1]]:7: error: immediate must be a multiple of 64 in [-1048576, 1048512]
spadj 1048576
# CHECK: :[[#@LINE+1]]:7: error: immediate must be a multiple of 64 in [-1048576, 1048512]
spadj -1048640
# CHECK: :[[#@LINE+1]]:17: error: immediate must be in [-1024, 1023]
lw.pi a0, (a1), -1025
# CHECK: :[[#@LINE+1]]:17: error: immediate must be in [-1024, 1023]
lw.pi a0, (a1), 1024
# CHECK: :[[#@LINE+1]]:11: error: immediate must be in [-512, 511]
vli.w v0, 512
# CHECK: :[[#@LINE+1]]:12: error: immediate must be in [-512, 511]
vldu.b v0, -513(a0)
# CHECK: :[[#@LINE+1]]:19: error: immediate must be in [0, 3]
addsl a0, a1, a2, 4
# CHECK: :[[#@LINE+1]]:19: error: immediate must be in [0, 3]
addsl a0, a1, a2, -1
# CHECK: :[[#@LINE+1]]:15: error: immediate must be in [0, 31]
slliw a0, a1, 32
# CHECK: :[[#@LINE+1]]:14: error: immediate must be in [0, 63]
slli a0, a1, 64
# CHECK: :[[#@LINE+1]]:7: error: immediate must be in [0, 1023]
hcall 1024
# CHECK: :[[#@LINE+1]]:10: error: immediate must be in [0, 65535]
insh a0, 65536, 0
# CHECK: :[[#@LINE+1]]:13: error: immediate must be a symbol, or a multiple of 4 in [-65536, 65532]
beq a0, a1, 65536
# CHECK: :[[#@LINE+1]]:13: error: immediate must be a symbol, or a multiple of 4 in [-65536, 65532]
beq a0, a1, -65540
# CHECK: :[[#@LINE+1]]:13: error: immediate must be a symbol, or a multiple of 4 in [-65536, 65532]
beq a0, a1, 2
# CHECK: :[[#@LINE+1]]:9: error: immediate must be a symbol, or a multiple of 4 in [-2097152, 2097148]
jal t0, 2097152
# CHECK: :[[#@LINE+1]]:6: error: immediate must be a symbol, or a multiple of 4 in [-2097152, 2097148]
call 6
# CHECK: :[[#@LINE+1]]:10: error: immediate must be a control register's name or a number in [0, 1023]
csrr a0, 1024
# CHECK: :[[#@LINE+1]]:10: error: immediate must be a control register's name or a number in [0, 1023]
csrr a0, nonesuch

#===-- Symbols where the linker could not fill them in ---------------------===#

# CHECK: :[[#@LINE+1]]:14: error: immediate must be in [-16384, 16383]{{$}}
andi a0, a0, symbol
# CHECK: :[[#@LINE+1]]:14: error: immediate must be in [-16384, 16383] or %lo(symbol)
addi a0, a0, symbol
# CHECK: :[[#@LINE+1]]:8: error: immediate must be in [-16384, 16383] or %lo(symbol)
ld a0, %hi(symbol)(a1)
# CHECK: :[[#@LINE+1]]:9: error: immediate must be in [-524288, 524287] or %hi(symbol)
lui a0, %lo(symbol)
# CHECK: :[[#@LINE+1]]:8: error: immediate must be a symbol, %tprel(symbol), or in [-2097152, 2097151]
li a0, %lo(symbol)
# CHECK: :[[#@LINE+1]]:13: error: immediate must be a symbol, or a multiple of 4 in [-65536, 65532]
beq a0, a1, %lo(symbol)
# CHECK: :[[#@LINE+1]]:8: error: expected %lo, %hi, %tprel or %dtprel
li a0, %got(symbol)
# CHECK: :[[#@LINE+1]]:12: error: expected '('
li a0, %lo symbol

#===-- Registers -----------------------------------------------------------===#

# CHECK: :[[#@LINE+1]]:5: error: operand must be a scalar register, x0 to x31
add v0, a1, a2
# CHECK: :[[#@LINE+1]]:13: error: operand must be a scalar register, x0 to x31
add a0, a1, 4
# CHECK: :[[#@LINE+1]]:12: error: operand must be a vector register, v0 to v31
vadd.w v0, a1, v2
# CHECK: :[[#@LINE+1]]:20: error: operand must be a mask register, m0 to m7
vadd.w v0, v1, v2, v3
# CHECK: :[[#@LINE+1]]:10: error: operand must be an accumulator, acc0 to acc7
mma.bf16 v0, v1, v2
# CHECK: :[[#@LINE+1]]:16: error: expected a register as the base of the address
lw a0, 8 + (4)(8)
# CHECK: :[[#@LINE+1]]:5: error: operand must be a scalar register, x0 to x31
add x32, a0, a0

#===-- Shape ---------------------------------------------------------------===#

# CHECK: :[[#@LINE+1]]:1: error: unrecognized instruction mnemonic, did you mean: add
addd a0, a1, a2
# CHECK: :[[#@LINE+1]]:1: error: unrecognized instruction mnemonic{{$}}
frobnicate a0
# CHECK: :[[#@LINE+1]]:11: error: too few operands for instruction
add a0, a1
# CHECK: :[[#@LINE+1]]:17: error: too many operands for instruction
add a0, a1, a2, a3
# CHECK: :[[#@LINE+1]]:24: error: too many operands for instruction
vadd.w v0, v1, v2, m1, y
# CHECK: :[[#@LINE+1]]:8: error: expected ',' or end of line
add a0 a1, a2
# CHECK: :[[#@LINE+1]]:12: error: expected ')'
lw a0, 4(a1
# CHECK: :[[#@LINE+1]]:10: error: invalid operand for instruction
rvld v0, 8(a0)
# CHECK: :[[#@LINE+1]]:5: error: too many operands for instruction
ret a0
# CHECK: :[[#@LINE+1]]:1: error: too few operands for instruction
li
