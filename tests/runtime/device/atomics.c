//===- atomics.c - C11 atomics of every size, from four threads -----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Check.h"
#include <stdatomic.h>
#include <string.h>
#include <tatami.h>

enum { Rounds = 500 };

static _Atomic signed char byte;
static _Atomic short half;
static _Atomic int word;
static _Atomic long doubleWord;
static _Atomic __int128 wide;
static _Atomic int smallest, largest;
static _Atomic double real;
static struct {
  char text[24];
} object, seen;
static _Atomic unsigned char neighbours[4];

static void run(void *argument) {
  (void)argument;
  int thread = tatami_thread();
  for (int i = 0; i < Rounds; ++i) {
    atomic_fetch_add(&byte, 1);
    half += 3;
    atomic_fetch_sub(&word, 1);
    ++doubleWord;
    wide += (__int128)1 << 70;
    real += 0.25;
    // Each thread has its own byte of one word.
    ++neighbours[thread];
    int value = thread * Rounds + i;
    for (int old = smallest; -value < old;)
      if (atomic_compare_exchange_weak(&smallest, &old, -value))
        break;
    for (int old = largest; value > old;)
      if (atomic_compare_exchange_strong(&largest, &old, value))
        break;
  }
}

int main(void) {
  for (int thread = 1; thread < 4; ++thread)
    tatami_thread_start(thread, run, NULL);
  run(NULL);
  for (int thread = 1; thread < 4; ++thread)
    tatami_thread_join(thread);
  CHECK(byte == (signed char)(4 * Rounds));
  CHECK(half == 12 * Rounds);
  CHECK(word == -4 * Rounds);
  CHECK(doubleWord == 4 * Rounds);
  CHECK((__int128)wide == (__int128)(4 * Rounds) << 70);
  CHECK(real == Rounds);
  CHECK(smallest == -(4 * Rounds - 1) && largest == 4 * Rounds - 1);
  for (int thread = 0; thread < 4; ++thread)
    CHECK(neighbours[thread] == (unsigned char)Rounds);

  CHECK(atomic_exchange(&word, 5) == -4 * Rounds && word == 5);
  CHECK(atomic_fetch_or(&word, 2) == 5 && atomic_fetch_and(&word, 6) == 7 &&
        atomic_fetch_xor(&word, 3) == 6 && word == 5);
  CHECK(atomic_is_lock_free(&doubleWord) && !atomic_is_lock_free(&wide));

  // clang says that this is slow, and it is.
#pragma clang diagnostic ignored "-Watomic-alignment"
  strcpy(object.text, "sixteen and a bit more");
  __atomic_load(&object, &seen, __ATOMIC_SEQ_CST);
  CHECK(strcmp(seen.text, object.text) == 0);
  return checked();
}
