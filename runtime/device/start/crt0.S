//===- crt0.S - The first instructions of a program and of a thread -------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Memory is zero at the start, so there is no .bss to clear. At the top of each
// thread's stack lies its block of thread-local variables:
//
//     stack limit                 sp           tp              top
//     | ... stack, growing down    | (padding)  | thread-locals |
//
// The linker defines the symbols that start with two underscores.
//===----------------------------------------------------------------------===//

// Sets up stack limit, tp and sp. \top and \size are registers; both are lost.
.macro  set_up_stack top, size
        sub     \size, \top, \size
        csrw    stacklimit, \size
        li      t2, __tls_size
        sub     \top, \top, t2
        li      t2, __tls_align
        neg     t2, t2
        and     tp, \top, t2
        andi    \top, tp, -64
        spset   \top                    // traps if the block does not fit
.endm

        .cfi_sections .debug_frame
        .section .text._start,"ax",@progbits
        .globl  _start
        .type   _start,@function
// Thread 0 of every node begins here; every register is zero.
_start:
        .cfi_startproc
        .cfi_undefined ra               // nobody has called it
        li      t0, __stack_top
        li      t1, __stack_size
        set_up_stack t0, t1
        li      ra, 0                   // the outermost frame
        li      fp, 0
        tail    __tatami_start
        .cfi_endproc
        .size   _start, . - _start

        .section .text.__tatami_thread_entry,"ax",@progbits
        .globl  __tatami_thread_entry
        .type   __tatami_thread_entry,@function
// Threads 1 to 3 begin here, with their work in a0. Their stacks lie below
// that of thread 0, one below the other.
__tatami_thread_entry:
        .cfi_startproc
        .cfi_undefined ra
        csrr    t0, thread
        addi    t0, t0, -1
        li      t1, __thread_stack_size
        mul     t0, t0, t1
        li      t2, __stack_top
        li      t3, __stack_size
        sub     t2, t2, t3
        sub     t0, t2, t0
        set_up_stack t0, t1
        call    __tatami_thread_main
        halt
        .cfi_endproc
        .size   __tatami_thread_entry, . - __tatami_thread_entry
