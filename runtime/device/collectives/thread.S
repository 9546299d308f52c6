//===- thread.S - Where the threads of a collective begin -----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Only a stack: what runs here uses no thread-local variable, so that it begins
// some hundred cycles sooner than what tatami_thread_start() runs.
//===----------------------------------------------------------------------===//

        .cfi_sections .debug_frame
        .section .text.__tatami_stream_entry,"ax",@progbits
        .globl  __tatami_stream_entry
        .type   __tatami_stream_entry,@function
__tatami_stream_entry:
        .cfi_startproc
        .cfi_undefined ra
        csrr    t0, thread
        li      t1, __thread_stack_size
        mul     t0, t0, t1
        li      t2, __stack_top
        li      t3, __stack_size
        sub     t2, t2, t3
        sub     t0, t2, t0              // below the threads before
        csrw    stacklimit, t0
        add     t0, t0, t1
        spset   t0
        call    __tatami_stream_main
        halt
        .cfi_endproc
        .size   __tatami_stream_entry, . - __tatami_stream_entry
