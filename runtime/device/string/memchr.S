//===- memchr.S -----------------------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Aligned loads reach beyond the bytes in question, never beyond the memory.
//===----------------------------------------------------------------------===//

        .cfi_sections .debug_frame
        .section .text.memchr,"ax",@progbits
        .globl  memchr
        .type   memchr,@function

// void *memchr(const void *from, int byte, size_t bytes)
memchr:
        .cfi_startproc
        beqz    a2, 3f
        vsplat.b v1, a1
        add     a2, a0, a2              // the end
        bgeu    a2, a0, 1f
        li      a2, -1                  // it wrapped around: "no limit"
1:      andi    t0, a0, -64
        vld     v0, 0(t0)
        vcmpeq.b m1, v0, v1
        mmv.x.m t1, m1
        srl     t1, t1, a0              // drop the lanes before the start
        sll     t1, t1, a0
        bnez    t1, 4f
2:      addi    t0, t0, 64
        bgeu    t0, a2, 3f
        vld     v0, 0(t0)
        vcmpeq.b m1, v0, v1
        mmv.x.m t1, m1
        beqz    t1, 2b
        j       4f
3:      li      a0, 0
        ret
4:      ctz     t1, t1
        add     a0, t0, t1
        bgeu    a0, a2, 3b
        ret

        .cfi_endproc
        .size   memchr, . - memchr
