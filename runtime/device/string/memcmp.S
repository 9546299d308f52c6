//===- memcmp.S -----------------------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

        .cfi_sections .debug_frame
        .section .text.memcmp,"ax",@progbits
        .globl  memcmp
        .type   memcmp,@function
        .globl  bcmp
        .type   bcmp,@function

// int memcmp(const void *a, const void *b, size_t bytes)
memcmp:
        .cfi_startproc
bcmp:
        li      t0, 0
        addi    t4, a2, -256            // last start of a block of 256
        bltz    t4, 2f
        vli.b   v16, 0
1:      vldu.b  v0, 0(a0)
        vldu.b  v1, 0(a1)
        vldu.b  v2, 64(a0)
        vldu.b  v3, 64(a1)
        vldu.b  v4, 128(a0)
        vldu.b  v5, 128(a1)
        vldu.b  v6, 192(a0)
        vldu.b  v7, 192(a1)
        vxor.b  v0, v0, v1
        vxor.b  v2, v2, v3
        vxor.b  v4, v4, v5
        vxor.b  v6, v6, v7
        vor.b   v0, v0, v2
        vor.b   v4, v4, v6
        vor.b   v0, v0, v4
        vcmpne.b m1, v0, v16
        mmv.x.m t3, m1
        bnez    t3, 2f                  // below it is found again
        addi    a0, a0, 256
        addi    a1, a1, 256
        addi    a2, a2, -256
        addi    t4, t4, -256
        bgez    t4, 1b
2:      bgeu    t0, a2, 3f
        mwhile.b m1, t0, a2             // the lanes that are not past the end
        add     t1, a0, t0
        add     t2, a1, t0
        vldu.b  v0, 0(t1), m1, z
        vldu.b  v1, 0(t2), m1, z
        vcmpne.b m2, v0, v1
        mmv.x.m t3, m2
        addi    t0, t0, 64
        beqz    t3, 2b
        ctz     t3, t3
        lbu.x   a0, t1, t3, 0
        lbu.x   a1, t2, t3, 0
        sub     a0, a0, a1
        ret
3:      li      a0, 0
        ret

        .cfi_endproc
        .size   memcmp, . - memcmp
        .size   bcmp, . - bcmp
