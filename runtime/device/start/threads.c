//===- threads.c - Starting and joining the threads of a node -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Runtime.h"
#include "tatami/node.h"

unsigned __tatami_busy_threads;

/// What a thread is to do.
struct Work {
  void (*run)(void *);
  void *argument;
};

static struct Work work[TATAMI_THREADS];

static int exists(int thread) { return thread > 0 && thread < TATAMI_THREADS; }

int tatami_thread_start(int thread, void (*run)(void *), void *argument) {
  if (!exists(thread) || thread == currentThread())
    return -1;
  if (!claimThreads(1u << thread))
    return -1;
  work[thread].run = run;
  work[thread].argument = argument;
  startThread(thread, __tatami_thread_entry, &work[thread]);
  return 0;
}

void __tatami_thread_main(void *argument) {
  struct Work *mine = argument;
  __tatami_init_thread();
  mine->run(mine->argument);
  __tatami_finish_thread();
  __tatami_release_thread();
}

void __tatami_release_thread(void) {
  __atomic_fetch_and(&__tatami_busy_threads, ~(1u << currentThread()),
                     __ATOMIC_SEQ_CST);
}

int tatami_thread_join(int thread) {
  if (!exists(thread) || thread == currentThread())
    return -1;
  __asm__ volatile("twait %0" : : "r"((long)thread) : "memory");
  return 0;
}
