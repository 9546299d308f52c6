//===- setjmp.S - setjmp and longjmp --------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A jmp_buf holds what a call preserves: ra, sp, fp, s0 to s9, m6, m7 and v24 to
// v31. It need only be aligned to 8 bytes, since it may live in a structure from
// malloc; so vectors are stored by elements of 8.
//===----------------------------------------------------------------------===//

        .cfi_sections .debug_frame
        .section .text.setjmp,"ax",@progbits
        .globl  setjmp
        .type   setjmp,@function
        .globl  _setjmp
        .type   _setjmp,@function

// int setjmp(jmp_buf)
setjmp:
        .cfi_startproc
_setjmp:
        sd      ra, 0(a0)
        sd      sp, 8(a0)
        sd      fp, 16(a0)
        sd      s0, 24(a0)
        sd      s1, 32(a0)
        sd      s2, 40(a0)
        sd      s3, 48(a0)
        sd      s4, 56(a0)
        sd      s5, 64(a0)
        sd      s6, 72(a0)
        sd      s7, 80(a0)
        sd      s8, 88(a0)
        sd      s9, 96(a0)
        mst     m6, 104(a0)
        mst     m7, 112(a0)
        addi    a0, a0, 120
        vstu.d  v24, 0(a0)
        vstu.d  v25, 64(a0)
        vstu.d  v26, 128(a0)
        vstu.d  v27, 192(a0)
        vstu.d  v28, 256(a0)
        vstu.d  v29, 320(a0)
        vstu.d  v30, 384(a0)
        vstu.d  v31, 448(a0)
        li      a0, 0
        ret
        .cfi_endproc
        .size   setjmp, . - setjmp
        .size   _setjmp, . - _setjmp

        .section .text.longjmp,"ax",@progbits
        .globl  longjmp
        .type   longjmp,@function
        .globl  _longjmp
        .type   _longjmp,@function

// void longjmp(jmp_buf, int)
longjmp:
        .cfi_startproc
_longjmp:
        ld      t0, 8(a0)
        ld      ra, 0(a0)
        .cfi_def_cfa t0, 0              // from here on, the caller of setjmp
        spset   t0
        .cfi_def_cfa sp, 0
        ld      fp, 16(a0)
        ld      s0, 24(a0)
        ld      s1, 32(a0)
        ld      s2, 40(a0)
        ld      s3, 48(a0)
        ld      s4, 56(a0)
        ld      s5, 64(a0)
        ld      s6, 72(a0)
        ld      s7, 80(a0)
        ld      s8, 88(a0)
        ld      s9, 96(a0)
        mld     m6, 104(a0)
        mld     m7, 112(a0)
        addi    a0, a0, 120
        vldu.d  v24, 0(a0)
        vldu.d  v25, 64(a0)
        vldu.d  v26, 128(a0)
        vldu.d  v27, 192(a0)
        vldu.d  v28, 256(a0)
        vldu.d  v29, 320(a0)
        vldu.d  v30, 384(a0)
        vldu.d  v31, 448(a0)
        seqzw   t0, a1                  // 0 becomes 1
        addw    a0, a1, t0
        ret
        .cfi_endproc
        .size   longjmp, . - longjmp
        .size   _longjmp, . - _longjmp
