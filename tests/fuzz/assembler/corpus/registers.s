add x0, x1, x2
add x3, x4, x5
add x6, x7, x8
add x9, x10, x11
add x12, x13, x14
add x15, x16, x17
add x18, x19, x20
add x21, x22, x23
add x24, x25, x26
add x27, x28, x29
add x30, x31, x0
add zero, ra, sp
add tp, fp, t0
add t1, t2, a0
add a1, a2, a3
add a4, a5, a6
add a7, t3, t4
add t5, t6, t7
add t8, s0, s1
add s2, s3, s4
add s5, s6, s7
add s8, s9, x0
mand m0, m7, m3
accmv acc0, acc7
call v1
li a0, m3
bnez a0, acc0
jal ra
jal t0, sp
li a0, z
