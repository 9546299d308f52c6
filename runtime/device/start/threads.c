//===- threads.c - Starting and joining the threads of a node -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Runtime.h"
#include "tatami/node.h"

/// What a thread is to do. One that runs has `run` set, until it is joined or
/// has returned.
struct Work {
  void (*run)(void *);
  void *argument;
};

static struct Work work[TATAMI_THREADS];

static int exists(int thread) { return thread > 0 && thread < TATAMI_THREADS; }

int tatami_thread_start(int thread, void (*run)(void *), void *argument) {
  if (!exists(thread) || thread == currentThread())
    return -1;
  // Whoever gets hold of the thread first, starts it.
  void (*none)(void *) = 0;
  if (!__atomic_compare_exchange_n(&work[thread].run, &none, run, 0,
                                   __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
    return -1;
  // It may have cleared `run` and not yet halted; that takes no time to speak
  // of.
  __asm__ volatile("twait %0" : : "r"((long)thread) : "memory");
  work[thread].argument = argument;
  __asm__ volatile("tstart %0, %1, %2"
                   :
                   : "r"((long)thread), "r"(__tatami_thread_entry),
                     "r"(&work[thread])
                   : "memory");
  return 0;
}

void __tatami_thread_main(void *argument) {
  struct Work *mine = argument;
  __tatami_init_thread();
  mine->run(mine->argument);
  __tatami_finish_thread();
  __atomic_store_n(&mine->run, 0, __ATOMIC_SEQ_CST);
}

int tatami_thread_join(int thread) {
  if (!exists(thread) || thread == currentThread())
    return -1;
  __asm__ volatile("twait %0" : : "r"((long)thread) : "memory");
  return 0;
}
