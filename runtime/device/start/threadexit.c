//===- threadexit.c - Destructors of thread-local C++ objects -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Runtime.h"
#include <stdlib.h>

struct Destructor {
  void (*run)(void *);
  void *object;
  struct Destructor *next;
};

static _Thread_local struct Destructor *destructors;

void __tatami_run_thread_destructors(void) {
  while (destructors) {
    struct Destructor *first = destructors;
    destructors = first->next;
    first->run(first->object);
    free(first);
  }
}

/// The compiler calls this when a thread has constructed an object of its own.
int __cxa_thread_atexit(void (*run)(void *), void *object, void *image) {
  (void)image;
  struct Destructor *entry = malloc(sizeof *entry);
  if (!entry)
    abort();
  // Thread 0 does not end but exits.
  if (!destructors && currentThread() == 0)
    atexit(__tatami_run_thread_destructors);
  *entry = (struct Destructor){run, object, destructors};
  destructors = entry;
  return 0;
}
