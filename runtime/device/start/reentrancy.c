//===- reentrancy.c - The C library's state, once per thread --------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// errno, strtok's position and the like live in newlib's struct _reent. Thread
// 0 uses the one that newlib defines; open files belong to it too and are
// shared by all threads.
//===----------------------------------------------------------------------===//

#include "Runtime.h"
#include <string.h>

extern const char __tdata_start[], __tdata_end[];
// Symbols whose address is the number.
extern const char __tls_size[];

static struct _reent threadState[TATAMI_THREADS - 1];
static _Thread_local struct _reent *state;

struct _reent *__getreent(void) { return state; }

void __tatami_init_thread(void) {
  char *block;
  __asm__("mv %0, tp" : "=r"(block));
  size_t size = (size_t)__tls_size;
  size_t initialized = (size_t)(__tdata_end - __tdata_start);
  memcpy(block, __tdata_start, initialized);
  memset(block + initialized, 0, size - initialized);

  int thread = currentThread();
  if (thread == 0) {
    state = _GLOBAL_REENT;
    return;
  }
  state = &threadState[thread - 1];
  _REENT_INIT_PTR(state);
}

// Linked only into programs that have such objects.
__attribute__((weak)) void __tatami_run_thread_destructors(void);

void __tatami_finish_thread(void) {
  if (__tatami_run_thread_destructors)
    __tatami_run_thread_destructors();
  // exit() closes the files if thread 0's state says that there are any.
  if (state->__cleanup && !_GLOBAL_REENT->__cleanup)
    _GLOBAL_REENT->__cleanup = state->__cleanup;
}
