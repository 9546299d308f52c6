# The last values inside each operand's range. Those just outside are in
# operand-errors.s.
# RUN: %llvm-mc %s | FileCheck --check-prefixes=CHECK,TEXT %s
# RUN: %llvm-mc -filetype=obj %s -o %t.o
# RUN: %llvm-objdump -d --no-show-raw-insn --print-imm-hex=false %t.o | FileCheck --check-prefixes=CHECK,OBJ %s

# simm22
# CHECK: li a0, -2097152
li a0, -2097152
# CHECK: li a0, 2097151
li a0, 2097151
# simm20
# CHECK: lui a0, -524288
lui a0, -524288
# CHECK: lui a0, 524287
lui a0, 524287
# simm15
# CHECK: andi a0, a0, -16384
andi a0, a0, -16384
# CHECK: andi a0, a0, 16383
andi a0, a0, 16383
# CHECK: addi a0, a0, -16384
addi a0, a0, -16384
# CHECK: ld a0, 16383(sp)
ld a0, 16383(sp)
# simm15, multiples of 64
# CHECK: spadj -1048576
spadj -1048576
# CHECK: spadj 1048512
spadj 1048512
# simm11
# CHECK: lw.pi a0, (a1), -1024
lw.pi a0, (a1), -1024
# CHECK: vst.pi v0, (a1), 1023
vst.pi v0, (a1), 1023
# simm10
# CHECK: vli.w v0, -512
vli.w v0, -512
# CHECK: vldu.b v0, 511(a0)
vldu.b v0, 511(a0)
# uimm2
# CHECK: addsl a0, a1, a2, 0
addsl a0, a1, a2, 0
# CHECK: accget v0, acc0, 3
accget v0, acc0, 3
# uimm5, uimm6
# CHECK: slliw a0, a1, 31
slliw a0, a1, 31
# CHECK: slli a0, a1, 63
slli a0, a1, 63
# CHECK: vslli.b v0, v1, 63
vslli.b v0, v1, 63
# uimm10
# CHECK: hcall 1023
hcall 1023
# uimm16
# CHECK: insh a0, 65535, 0
insh a0, 65535, 0
# Branches, from the instruction itself.
# TEXT: beq a0, a1, -65536
# OBJ: beq a0, a1, 0xffffffffffff0054
beq a0, a1, -65536
# TEXT: beq a0, a1, 65532
# OBJ: beq a0, a1, 0x10054
beq a0, a1, 65532
# TEXT: jal t0, -2097152
# OBJ: jal t0, 0xffffffffffe0005c
jal t0, -2097152
# TEXT: jal t0, 2097148
# OBJ: jal t0, 0x20005c
jal t0, 2097148
