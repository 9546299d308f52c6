//===- strlen.S -----------------------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Aligned loads reach beyond the string, never beyond the memory.
//===----------------------------------------------------------------------===//

        .cfi_sections .debug_frame
        .section .text.strlen,"ax",@progbits
        .globl  strlen
        .type   strlen,@function

// size_t strlen(const char *string)
strlen:
        .cfi_startproc
        andi    t0, a0, -64
        vli.b   v1, 0
        vld     v0, 0(t0)
        vcmpeq.b m1, v0, v1
        mmv.x.m t1, m1
        srl     t1, t1, a0              // drop the lanes before the start
        beqz    t1, 1f
        ctz     a0, t1
        ret
// One vector at a time up to a multiple of four, and where the end is near.
1:      addi    t0, t0, 64
        andi    t2, t0, 255
        beqz    t2, 3f
2:      vld     v0, 0(t0)
        vcmpeq.b m1, v0, v1
        mmv.x.m t1, m1
        beqz    t1, 1b
        ctz     t1, t1
        add     t0, t0, t1
        sub     a0, t0, a0
        ret
// Four: a byte that is zero in one of them is so in the smallest of the four.
3:      vld     v2, 0(t0)
        vld     v3, 64(t0)
        vld     v4, 128(t0)
        vld     v5, 192(t0)
        vminu.b v2, v2, v3
        vminu.b v4, v4, v5
        vminu.b v2, v2, v4
        vcmpeq.b m1, v2, v1
        mmv.x.m t1, m1
        bnez    t1, 2b
        addi    t0, t0, 256
        j       3b

        .cfi_endproc
        .size   strlen, . - strlen
