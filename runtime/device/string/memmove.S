//===- memmove.S - memcpy and memmove -------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Up to 64 bytes are one masked load and one masked store. Longer copies load
// their first and last 64 bytes before anything is stored, move what lies
// between in aligned stores, and store the two ends at the end: so every length
// and alignment, and every overlap, needs no loop over single bytes.
//===----------------------------------------------------------------------===//

        .cfi_sections .debug_frame
        .section .text.memmove,"ax",@progbits
        .globl  memmove
        .type   memmove,@function
        .globl  memcpy
        .type   memcpy,@function

// void *memmove(void *to, const void *from, size_t bytes)
memmove:
        .cfi_startproc
        sub     t0, a0, a1
        bltu    t0, a2, .Lbackward      // `to` lies within the source

// void *memcpy(void *to, const void *from, size_t bytes)
memcpy:
        li      t0, 64
        bgtu    a2, t0, .Lforward
.Lshort:
        mwhile.b m1, zero, a2
        vldu.b  v0, 0(a1), m1, z
        vstu.b  v0, 0(a0), m1
        ret

// t3: cursor, the next aligned address of the target; t4: the source's.
// t1: where the last 64 bytes go; what is before it is done by the loops.
.Lforward:
        add     t2, a1, a2
        vldu.b  v0, 0(a1)
        vldu.b  v1, -64(t2)
        add     t1, a0, a2
        addi    t1, t1, -64
        addi    t3, a0, 64
        andi    t3, t3, -64
        sub     t4, t3, a0
        add     t4, a1, t4
        addi    t2, t1, -448            // last start of a block of 512
        bgt     t3, t2, .Lhalf
        andi    t5, t4, 63
        bnez    t5, .Lunaligned

// A block is loaded while the one before it is stored: nothing waits for a load.
.macro  copy_blocks load
        \load   v2, 0(t4)
        \load   v3, 64(t4)
        \load   v4, 128(t4)
        \load   v5, 192(t4)
        \load   v6, 256(t4)
        \load   v7, 320(t4)
        \load   v8, 384(t4)
        \load   v9, 448(t4)
        addi    t4, t4, 512
        addi    t2, t2, -512            // last start with a block behind it
        bgt     t3, t2, 2f
1:      vst     v2, 0(t3)
        \load   v2, 0(t4)
        vst     v3, 64(t3)
        \load   v3, 64(t4)
        vst     v4, 128(t3)
        \load   v4, 128(t4)
        vst     v5, 192(t3)
        \load   v5, 192(t4)
        vst     v6, 256(t3)
        \load   v6, 256(t4)
        vst     v7, 320(t3)
        \load   v7, 320(t4)
        vst     v8, 384(t3)
        \load   v8, 384(t4)
        vst     v9, 448(t3)
        \load   v9, 448(t4)
        addi    t4, t4, 512
        addi    t3, t3, 512
        ble     t3, t2, 1b
2:      vst     v2, 0(t3)
        vst     v3, 64(t3)
        vst     v4, 128(t3)
        vst     v5, 192(t3)
        vst     v6, 256(t3)
        vst     v7, 320(t3)
        vst     v8, 384(t3)
        vst     v9, 448(t3)
        addi    t3, t3, 512
.endm

        copy_blocks vld
        j       .Lhalf
.Lunaligned:
        copy_blocks vldu.b

// Less than 512 bytes are left.
.Lhalf:
        addi    t2, t1, -192            // last start of a block of 256
        bgt     t3, t2, .Lsingles
        vldu.b  v2, 0(t4)
        vldu.b  v3, 64(t4)
        vldu.b  v4, 128(t4)
        vldu.b  v5, 192(t4)
        vst     v2, 0(t3)
        vst     v3, 64(t3)
        vst     v4, 128(t3)
        vst     v5, 192(t3)
        addi    t4, t4, 256
        addi    t3, t3, 256

.Lsingles:
        bge     t3, t1, .Lends
1:      vldu.b  v2, 0(t4)
        vst     v2, 0(t3)
        addi    t4, t4, 64
        addi    t3, t3, 64
        blt     t3, t1, 1b

.Lends:
        vstu.b  v0, 0(a0)
        vstu.b  v1, 0(t1)
        ret

// The same from the end: t3 and t4 are the ends of what is left to do.
.Lbackward:
        li      t0, 64
        bleu    a2, t0, .Lshort
        add     t2, a1, a2
        vldu.b  v0, 0(a1)
        vldu.b  v1, -64(t2)
        add     t1, a0, a2
        addi    t3, t1, -1
        andi    t3, t3, -64
        addi    t1, t1, -64
        sub     t4, t3, a0
        add     t4, a1, t4
        addi    t2, a0, 64
        ble     t3, t2, .Lends
2:      vldu.b  v2, -64(t4)
        vst     v2, -64(t3)
        addi    t4, t4, -64
        addi    t3, t3, -64
        bgt     t3, t2, 2b
        j       .Lends

        .cfi_endproc
        .size   memmove, . - memmove
        .size   memcpy, . - memcpy
