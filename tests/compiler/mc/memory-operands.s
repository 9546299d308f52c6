# A memory operand may leave out a constant of zero, in every instruction that
# has one.
# RUN: %llvm-mc %s | FileCheck %s

# CHECK: lb a0, 0(sp)
lb a0, (sp)
# CHECK: lbu a0, 0(sp)
lbu a0, (sp)
# CHECK: lh a0, 0(sp)
lh a0, (sp)
# CHECK: lhu a0, 0(sp)
lhu a0, (sp)
# CHECK: lw a0, 0(sp)
lw a0, (sp)
# CHECK: lwu a0, 0(sp)
lwu a0, (sp)
# CHECK: ld a0, 0(sp)
ld a0, (sp)
# CHECK: flw v0, 0(sp)
flw v0, (sp)
# CHECK: sb a0, 0(sp)
sb a0, (sp)
# CHECK: sh a0, 0(sp)
sh a0, (sp)
# CHECK: sw a0, 0(sp)
sw a0, (sp)
# CHECK: sd a0, 0(sp)
sd a0, (sp)
# CHECK: fsw v0, 0(sp)
fsw v0, (sp)
# CHECK: mld m1, 0(sp)
mld m1, (sp)
# CHECK: mst m1, 0(sp)
mst m1, (sp)
# CHECK: vld v0, 0(sp)
vld v0, (sp)
# CHECK: vst v0, 0(sp)
vst v0, (sp)
# CHECK: accld acc1, 0(sp)
accld acc1, (sp)
# CHECK: accst acc1, 0(sp)
accst acc1, (sp)
# CHECK: vldu.b v0, 0(sp)
vldu.b v0, (sp)
# CHECK: vldu.h v0, 0(sp), m1
vldu.h v0, (sp), m1
# CHECK: vldu.w v0, 0(sp), m1, z
vldu.w v0, (sp), m1, z
# CHECK: vstu.d v0, 0(sp)
vstu.d v0, (sp)
# CHECK: vstu.w v0, 0(sp), m1
vstu.w v0, (sp), m1

# Constants may be expressions, also with parentheses of their own.
# CHECK: lw a0, 12(sp)
lw a0, 4*3(sp)
# CHECK: lw a0, 16(sp)
lw a0, (4 + 4) * 2(sp)
.set offset, 24
# CHECK: lw a0, 24(sp)
lw a0, offset(sp)
# CHECK: lw a0, -8(sp)
lw a0, 16 - offset(sp)

# Instructions that have no constant take none.
# CHECK: amoadd.w a0, a1, (a2)
amoadd.w a0, a1, (a2)
# CHECK: rvld v0, (a2)
rvld v0, (a2)
# CHECK: lw.pi a0, (a1), 4
lw.pi a0, (a1), 4
