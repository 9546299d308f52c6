//===- memset.S -----------------------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

        .cfi_sections .debug_frame
        .section .text.memset,"ax",@progbits
        .globl  memset
        .type   memset,@function

// void *memset(void *to, int byte, size_t bytes)
memset:
        .cfi_startproc
        vsplat.b v0, a1
        li      t0, 64
        bgtu    a2, t0, .Llong
        mwhile.b m1, zero, a2
        vstu.b  v0, 0(a0), m1
        ret

// Both ends unaligned, and aligned stores for what lies between.
.Llong:
        add     t1, a0, a2
        addi    t1, t1, -64
        vstu.b  v0, 0(a0)
        vstu.b  v0, 0(t1)
        addi    t3, a0, 64
        andi    t3, t3, -64
        addi    t2, t1, -192            // last start of a block of 256
        bgt     t3, t2, 2f
1:      vst     v0, 0(t3)
        vst     v0, 64(t3)
        vst     v0, 128(t3)
        vst     v0, 192(t3)
        addi    t3, t3, 256
        ble     t3, t2, 1b
2:      bge     t3, t1, 4f
3:      vst     v0, 0(t3)
        addi    t3, t3, 64
        blt     t3, t1, 3b
4:      ret

        .cfi_endproc
        .size   memset, . - memset
