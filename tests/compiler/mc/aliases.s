# Every second spelling and what it stands for.
# RUN: %llvm-mc %s | FileCheck %s
# RUN: %llvm-mc -filetype=obj %s -o %t.o
# RUN: %llvm-objdump -d --no-show-raw-insn -M no-aliases --print-imm-hex=false %t.o | FileCheck --check-prefix=MACHINE %s

# CHECK: mv a0, a1
# MACHINE: addi a0, a1, 0
mv a0, a1
# CHECK: not a0, a1
# MACHINE: xori a0, a1, -1
not a0, a1
# CHECK: neg a0, a1
# MACHINE: sub a0, zero, a1
neg a0, a1
# CHECK: negw a0, a1
# MACHINE: subw a0, zero, a1
negw a0, a1
# CHECK: seqz a0, a1
# MACHINE: seqi a0, a1, 0
seqz a0, a1
# CHECK: snez a0, a1
# MACHINE: snei a0, a1, 0
snez a0, a1
# CHECK: seqzw a0, a1
# MACHINE: seqiw a0, a1, 0
seqzw a0, a1
# CHECK: snezw a0, a1
# MACHINE: sneiw a0, a1, 0
snezw a0, a1
# CHECK: sltz a0, a1
# MACHINE: slt a0, a1, zero
sltz a0, a1
# CHECK: sgtz a0, a1
# MACHINE: slt a0, zero, a1
sgtz a0, a1
# CHECK: slt a0, a2, a1
# MACHINE: slt a0, a2, a1
sgt a0, a1, a2
# CHECK: sltu a0, a2, a1
# MACHINE: sltu a0, a2, a1
sgtu a0, a1, a2
# CHECK: zext.b a0, a1
# MACHINE: andi a0, a1, 255
zext.b a0, a1
# CHECK: nop
# MACHINE: nop
nop
# CHECK: li a0, 4096
# MACHINE: li a0, 4096
la a0, 4096

# CHECK: j 8
# MACHINE: jal zero,
j 8
# CHECK: j 8
# MACHINE: jal zero,
tail 8
# CHECK: call 8
# MACHINE: jal ra,
call 8
# CHECK: call 8
# MACHINE: jal ra,
jal 8
# CHECK: ret
# MACHINE: jalr zero, 0(ra)
ret
# CHECK: jr a0
# MACHINE: jalr zero, 0(a0)
jr a0
# CHECK: jalr a0
# MACHINE: jalr ra, 0(a0)
jalr a0
# CHECK: jalr zero, 8(a0)
# MACHINE: jalr zero, 8(a0)
jr 8(a0)
# CHECK: jalr ra, 8(a0)
# MACHINE: jalr ra, 8(a0)
jalr 8(a0)
# CHECK: jalr t0, 0(a0)
# MACHINE: jalr t0, 0(a0)
jalr t0, (a0)

# CHECK: beqz a0, 8
# MACHINE: beq a0, zero,
beqz a0, 8
# CHECK: bnez a0, 8
# MACHINE: bne a0, zero,
bnez a0, 8
# CHECK: bltz a0, 8
# MACHINE: blt a0, zero,
bltz a0, 8
# CHECK: bgez a0, 8
# MACHINE: bge a0, zero,
bgez a0, 8
# CHECK: blez a0, 8
# MACHINE: bge zero, a0,
blez a0, 8
# CHECK: bgtz a0, 8
# MACHINE: blt zero, a0,
bgtz a0, 8
# CHECK: blt a1, a0, 8
# MACHINE: blt a1, a0,
bgt a0, a1, 8
# CHECK: bge a1, a0, 8
# MACHINE: bge a1, a0,
ble a0, a1, 8
# CHECK: bltu a1, a0, 8
# MACHINE: bltu a1, a0,
bgtu a0, a1, 8
# CHECK: bgeu a1, a0, 8
# MACHINE: bgeu a1, a0,
bleu a0, a1, 8
# CHECK: beqzw a0, 8
# MACHINE: beqw a0, zero,
beqzw a0, 8
# CHECK: bnezw a0, 8
# MACHINE: bnew a0, zero,
bnezw a0, 8
# CHECK: bltzw a0, 8
# MACHINE: bltw a0, zero,
bltzw a0, 8
# CHECK: bgezw a0, 8
# MACHINE: bgew a0, zero,
bgezw a0, 8
# CHECK: blezw a0, 8
# MACHINE: bgew zero, a0,
blezw a0, 8
# CHECK: bgtzw a0, 8
# MACHINE: bltw zero, a0,
bgtzw a0, 8
# CHECK: bltw a1, a0, 8
# MACHINE: bltw a1, a0,
bgtw a0, a1, 8
# CHECK: bgew a1, a0, 8
# MACHINE: bgew a1, a0,
blew a0, a1, 8
# CHECK: bltuw a1, a0, 8
# MACHINE: bltuw a1, a0,
bgtuw a0, a1, 8
# CHECK: bgeuw a1, a0, 8
# MACHINE: bgeuw a1, a0,
bleuw a0, a1, 8

# CHECK: fneg.s v0, v1
# MACHINE: fsgnjn.s v0, v1, v1
fneg.s v0, v1
# CHECK: fabs.s v0, v1
# MACHINE: fsgnjx.s v0, v1, v1
fabs.s v0, v1
# CHECK: vmov.b v0, v1
# MACHINE: vmov.b v0, v1
vmv v0, v1
# Two different operands are no negation.
# CHECK: fsgnjn.s v0, v1, v2
# MACHINE: fsgnjn.s v0, v1, v2
fsgnjn.s v0, v1, v2
