//===- strlen.S -----------------------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Aligned loads reach beyond the string, never beyond the memory.
//===----------------------------------------------------------------------===//

        .section .text.strlen,"ax",@progbits
        .globl  strlen
        .type   strlen,@function

// size_t strlen(const char *string)
strlen:
        andi    t0, a0, -64
        vli.b   v1, 0
        vld     v0, 0(t0)
        vcmpeq.b m1, v0, v1
        mmv.x.m t1, m1
        srl     t1, t1, a0              // drop the lanes before the start
        beqz    t1, 1f
        ctz     a0, t1
        ret
1:      addi    t0, t0, 64
        vld     v0, 0(t0)
        vcmpeq.b m1, v0, v1
        mmv.x.m t1, m1
        beqz    t1, 1b
        ctz     t1, t1
        add     t0, t0, t1
        sub     a0, t0, a0
        ret

        .size   strlen, . - strlen
