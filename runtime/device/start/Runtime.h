//===- Runtime.h - What the parts of the runtime know of each other -*- C -*-=//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TATAMI_RUNTIME_H
#define TATAMI_RUNTIME_H

#include <stddef.h>
#include <stdint.h>
#include <sys/reent.h>

#ifdef __cplusplus
extern "C" {
#endif

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
  HostIsATty = 12,
  HostCounter = 13
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

/// Which threads have been claimed and not released, a bit each.
extern unsigned __tatami_busy_threads;

/// Claims those of \p threads that nobody has; returns them.
static inline unsigned claimThreads(unsigned threads) {
  return threads & ~__atomic_fetch_or(&__tatami_busy_threads, threads,
                                      __ATOMIC_SEQ_CST);
}

/// Starts a thread that the caller has claimed at \p entry. It ends with
/// __tatami_release_thread() and a halt.
static inline void startThread(int thread, void (*entry)(void),
                               void *argument) {
  // It may have released itself and not yet halted; that takes no time to
  // speak of.
  __asm__ volatile("twait %0\n"
                   "tstart %0, %1, %2"
                   :
                   : "r"((long)thread), "r"(entry), "r"(argument)
                   : "memory");
}
void __tatami_release_thread(void);

/// Where threads 1 to 3 begin: crt0.S, then threads.c with \p work in a0.
void __tatami_thread_entry(void);
void __tatami_thread_main(void *work);

#ifdef __cplusplus
}
#endif

#endif // TATAMI_RUNTIME_H
