//===- memcmp.S -----------------------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

        .section .text.memcmp,"ax",@progbits
        .globl  memcmp
        .type   memcmp,@function
        .globl  bcmp
        .type   bcmp,@function

// int memcmp(const void *a, const void *b, size_t bytes)
memcmp:
bcmp:
        li      t0, 0
        beqz    a2, 2f
1:      mwhile.b m1, t0, a2             // the lanes that are not past the end
        add     t1, a0, t0
        add     t2, a1, t0
        vldu.b  v0, 0(t1), m1, z
        vldu.b  v1, 0(t2), m1, z
        vcmpne.b m2, v0, v1
        mmv.x.m t3, m2
        bnez    t3, 3f
        addi    t0, t0, 64
        bltu    t0, a2, 1b
2:      li      a0, 0
        ret
3:      ctz     t3, t3
        lbu.x   a0, t1, t3, 0
        lbu.x   a1, t2, t3, 0
        sub     a0, a0, a1
        ret

        .size   memcmp, . - memcmp
        .size   bcmp, . - bcmp
