# Every register by both of its names, and names of registers as symbols.
# RUN: %llvm-mc %s | FileCheck %s
# RUN: %llvm-mc -filetype=obj %s -o %t.o
# RUN: %llvm-objdump -d --no-show-raw-insn -M numeric %t.o | FileCheck --check-prefix=NUMERIC %s

# CHECK: add zero, ra, sp
# NUMERIC: add x0, x1, x2
add x0, x1, x2
# CHECK: add tp, fp, t0
# NUMERIC: add x3, x4, x5
add x3, x4, x5
# CHECK: add t1, t2, a0
# NUMERIC: add x6, x7, x8
add x6, x7, x8
# CHECK: add a1, a2, a3
# NUMERIC: add x9, x10, x11
add x9, x10, x11
# CHECK: add a4, a5, a6
# NUMERIC: add x12, x13, x14
add x12, x13, x14
# CHECK: add a7, t3, t4
# NUMERIC: add x15, x16, x17
add x15, x16, x17
# CHECK: add t5, t6, t7
# NUMERIC: add x18, x19, x20
add x18, x19, x20
# CHECK: add t8, s0, s1
# NUMERIC: add x21, x22, x23
add x21, x22, x23
# CHECK: add s2, s3, s4
# NUMERIC: add x24, x25, x26
add x24, x25, x26
# CHECK: add s5, s6, s7
# NUMERIC: add x27, x28, x29
add x27, x28, x29
# CHECK: add s8, s9, zero
# NUMERIC: add x30, x31, x0
add x30, x31, x0

# NUMERIC: add x0, x1, x2
add zero, ra, sp
# NUMERIC: add x3, x4, x5
add tp, fp, t0
# NUMERIC: add x6, x7, x8
add t1, t2, a0
# NUMERIC: add x9, x10, x11
add a1, a2, a3
# NUMERIC: add x12, x13, x14
add a4, a5, a6
# NUMERIC: add x15, x16, x17
add a7, t3, t4
# NUMERIC: add x18, x19, x20
add t5, t6, t7
# NUMERIC: add x21, x22, x23
add t8, s0, s1
# NUMERIC: add x24, x25, x26
add s2, s3, s4
# NUMERIC: add x27, x28, x29
add s5, s6, s7
# NUMERIC: add x30, x31, x0
add s8, s9, x0

# CHECK: mand m0, m7, m3
mand m0, m7, m3
# CHECK: accmv acc0, acc7
accmv acc0, acc7

# Where only a symbol makes sense, it is one: C may call its functions v1 or sp.
# CHECK: call v1
call v1
# CHECK: li a0, m3
li a0, m3
# CHECK: bnez a0, acc0
bnez a0, acc0
# CHECK: call ra
jal ra
# CHECK: jal t0, sp
jal t0, sp
# CHECK: li a0, z
li a0, z
