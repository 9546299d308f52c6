//===- strcmp.S - strcmp and strncmp --------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The two strings have different alignments, so loads may cross the end of the
// node's memory; masks keep them inside.
//===----------------------------------------------------------------------===//

        .cfi_sections .debug_frame
        .section .text.strcmp,"ax",@progbits
        .globl  strcmp
        .type   strcmp,@function

// int strcmp(const char *a, const char *b)
strcmp:
        .cfi_startproc
        li      t0, __stack_top         // the end of the memory
        vli.b   v2, 0
1:      mwhile.b m1, a0, t0
        mwhile.b m2, a1, t0
        vldu.b  v0, 0(a0), m1, z
        vldu.b  v1, 0(a1), m2, z
        vcmpne.b m3, v0, v1
        vcmpeq.b m4, v0, v2
        mor     m3, m3, m4
        mmv.x.m t1, m3
        addi    a0, a0, 64
        addi    a1, a1, 64
        beqz    t1, 1b
        ctz     t1, t1
        addi    t1, t1, -64
        lbu.x   a0, a0, t1, 0
        lbu.x   a1, a1, t1, 0
        sub     a0, a0, a1
        ret

        .cfi_endproc
        .size   strcmp, . - strcmp

        .section .text.strncmp,"ax",@progbits
        .globl  strncmp
        .type   strncmp,@function

// int strncmp(const char *a, const char *b, size_t limit)
strncmp:
        .cfi_startproc
        li      t0, __stack_top
        minu    a2, a2, t0              // no string is longer than the memory
        add     t3, a0, a2              // where loads of a and b end
        minu    t3, t3, t0
        add     t4, a1, a2
        minu    t4, t4, t0
        vli.b   v2, 0
        beqz    a2, 2f
1:      mwhile.b m1, a0, t3
        mwhile.b m2, a1, t4
        vldu.b  v0, 0(a0), m1, z
        vldu.b  v1, 0(a1), m2, z
        vcmpne.b m3, v0, v1
        vcmpeq.b m4, v0, v2
        mor     m3, m3, m4
        mmv.x.m t1, m3
        bnez    t1, 3f
        addi    a0, a0, 64
        addi    a1, a1, 64
        addi    a2, a2, -64
        bgtz    a2, 1b
2:      li      a0, 0
        ret
3:      ctz     t1, t1
        bgeu    t1, a2, 2b              // found only past the limit
        lbu.x   a0, a0, t1, 0
        lbu.x   a1, a1, t1, 0
        sub     a0, a0, a1
        ret

        .cfi_endproc
        .size   strncmp, . - strncmp
