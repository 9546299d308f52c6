//===- threads.c - Four threads that share a node -------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Check.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <tatami.h>

static _Thread_local int initialized = 42;
static _Thread_local int zero;
static _Thread_local char aligned[64] __attribute__((aligned(64)));
static int counter;
static void *blocks[4];

static void useThreadLocals(void *argument) {
  int thread = tatami_thread();
  CHECK(argument == &blocks[thread]);
  CHECK(initialized == 42 && zero == 0);
  CHECK((unsigned long)aligned % 64 == 0);
  initialized = thread;
  zero = thread;
  errno = 100 + thread;
  for (int i = 0; i < 1000; ++i)
    __atomic_fetch_add(&counter, 1, __ATOMIC_SEQ_CST);
  blocks[thread] = aligned;
  CHECK(initialized == thread && zero == thread && errno == 100 + thread);
}

/// Every thread allocates, writes, checks and frees, all at once.
static void useHeap(void *argument) {
  int thread = tatami_thread();
  (void)argument;
  void *mine[16] = {0};
  int size[16];
  unsigned seed = thread;
  for (int round = 0; round < 400; ++round) {
    seed = seed * 1664525 + 1013904223;
    int i = seed >> 8 & 15;
    if (mine[i]) {
      unsigned char *bytes = mine[i];
      for (int k = 0; k < size[i]; ++k)
        CHECK(bytes[k] == thread * 16 + i);
      free(mine[i]);
      mine[i] = NULL;
      continue;
    }
    size[i] = 1 + (seed >> 12 & 1023);
    mine[i] = malloc(size[i]);
    CHECK(mine[i] != NULL);
    memset(mine[i], thread * 16 + i, size[i]);
  }
  for (int i = 0; i < 16; ++i)
    free(mine[i]);
}

static void speak(void *argument) {
  (void)argument;
  for (int i = 0; i < 10; ++i)
    printf("<thread %d says line %d of ten>\n", tatami_thread(), i);
}

static void onAll(void (*run)(void *)) {
  for (int thread = 1; thread < 4; ++thread)
    CHECK(tatami_thread_start(thread, run, &blocks[thread]) == 0);
  run(&blocks[0]);
  for (int thread = 1; thread < 4; ++thread)
    CHECK(tatami_thread_join(thread) == 0);
}

static volatile int go;
static void waitForGo(void *argument) {
  (void)argument;
  while (!go)
    tatami_pause();
}

int main(void) {
  errno = 7;
  onAll(useThreadLocals);
  CHECK(counter == 4000);
  CHECK(blocks[0] != blocks[1] && blocks[1] != blocks[2] &&
        blocks[2] != blocks[3]);
  CHECK(errno == 100);

  // Again: thread-local variables of a thread start anew.
  initialized = 42, zero = 0;
  onAll(useThreadLocals);
  CHECK(counter == 8000);
  onAll(useHeap);
  onAll(speak);

  CHECK(tatami_thread_start(0, waitForGo, NULL) == -1);
  CHECK(tatami_thread_start(4, waitForGo, NULL) == -1);
  CHECK(tatami_thread_start(-1, waitForGo, NULL) == -1);
  CHECK(tatami_thread_join(0) == -1);
  CHECK(tatami_thread_start(1, waitForGo, NULL) == 0);
  CHECK(tatami_thread_start(1, waitForGo, NULL) == -1);
  go = 1;
  CHECK(tatami_thread_join(1) == 0);
  CHECK(tatami_thread_start(1, waitForGo, NULL) == 0);
  CHECK(tatami_thread_join(1) == 0);
  CHECK(tatami_thread_join(1) == 0);
  return checked();
}
