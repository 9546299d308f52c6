//===- strchr.S - strchr and strchrnul ------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

        .cfi_sections .debug_frame
        .section .text.strchr,"ax",@progbits
        .globl  strchr
        .type   strchr,@function
        .globl  strchrnul
        .type   strchrnul,@function

// char *strchr(const char *string, int character)
strchr:
        .cfi_startproc
        mv      t5, ra
        .cfi_register ra, t5
        call    strchrnul
        lbu     t0, 0(a0)
        zext.b  a1, a1
        beq     t0, a1, 1f
        li      a0, 0
1:      jr      t5
        .cfi_endproc

// char *strchrnul(const char *string, int character): keeps a1 and t5
strchrnul:
        .cfi_startproc
        .cfi_same_value t5
        vsplat.b v1, a1
        vli.b   v2, 0
        andi    t0, a0, -64
        vld     v0, 0(t0)
        vcmpeq.b m1, v0, v1
        vcmpeq.b m2, v0, v2
        mor     m1, m1, m2
        mmv.x.m t1, m1
        srl     t1, t1, a0              // drop the lanes before the start
        sll     t1, t1, a0
        bnez    t1, 2f
1:      addi    t0, t0, 64
        vld     v0, 0(t0)
        vcmpeq.b m1, v0, v1
        vcmpeq.b m2, v0, v2
        mor     m1, m1, m2
        mmv.x.m t1, m1
        beqz    t1, 1b
2:      ctz     t1, t1
        add     a0, t0, t1
        ret

        .cfi_endproc
        .size   strchr, strchrnul - strchr
        .size   strchrnul, . - strchrnul
