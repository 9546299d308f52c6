//===- Runtime.h - What the parts of the runtime know of each other -*- C -*-=//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TATAMI_RUNTIME_H
#define TATAMI_RUNTIME_H

#include <stddef.h>
#include <stdint.h>
#include <sys/reent.h>

/// Threads of a node. Thread 0 runs main.
#define TATAMI_THREADS 4

/// Host calls, as isa/abi/HostCalls.td numbers them.
enum HostCall {
  HostExit = 0,
  HostWrite = 1,
  HostRead = 2,
  HostOpen = 3,
  HostClose = 4,
  HostSeek = 5,
  HostStat = 6,
  HostTime = 7,
  HostRegionBegin = 8,
  HostRegionEnd = 9,
  HostArguments = 10,
  HostUnlink = 11,
  HostIsATty = 12
};

/// Asks the host; the call's number is part of the instruction, so this is a
/// macro around one. A negative result is -errno.
#define hostCall(call, first, second, third)                                   \
  ({                                                                           \
    register long a0 __asm__("a0") = (long)(first);                            \
    register long a1 __asm__("a1") = (long)(second);                           \
    register long a2 __asm__("a2") = (long)(third);                            \
    __asm__ volatile("hcall %1"                                                \
                     : "+r"(a0)                                                \
                     : "i"(call), "r"(a1), "r"(a2)                             \
                     : "memory");                                              \
    a0;                                                                        \
  })

/// The number of the thread that asks, 0 to 3.
static inline int currentThread(void) {
  long thread;
  __asm__("csrr %0, thread" : "=r"(thread));
  return (int)thread;
}

/// Makes the calling thread's thread-local variables what their initialisers
/// say, and gives it a state of its own for the C library.
void __tatami_init_thread(void);

/// What the calling thread does at its end: what it printed must reach the
/// output when the program exits, even if no other thread prints.
void __tatami_finish_thread(void);

/// Where threads 1 to 3 begin: crt0.S, then threads.c with \p work in a0.
void __tatami_thread_entry(void);
void __tatami_thread_main(void *work);

#endif // TATAMI_RUNTIME_H
