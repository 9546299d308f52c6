//===- stack.c - A stack that overflows is a trap -------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Every way to use too much of it, on each of the four threads. The trap comes
// when the stack pointer is moved, before anything is written: below lies
// another thread's stack, or the heap. "TRAP kind: words" says what the report
// must say. usage: stack KIND THREAD
//===----------------------------------------------------------------------===//

#include <alloca.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tatami.h>

typedef float Vector __attribute__((vector_size(64)));

static volatile int sink;
static volatile int bytes = 200000;

__attribute__((noinline)) static int recursion(int depth) {
  // TRAP recursion: stack-overflow
  volatile char frame[40];
  frame[depth % 40] = (char)depth;
  int below = recursion(depth + 1);
  return below + frame[depth % 40];
}

__attribute__((noinline)) static void bigFrame(void) {
  // TRAP bigFrame: stack-overflow
  volatile char frame[300000];
  memset((void *)frame, 1, sizeof frame);
  sink = frame[bytes];
}

// Calls nothing and needs no return address, but needs room.
__attribute__((noinline)) static int leaf(int i) {
  // TRAP leaf: stack-overflow
  volatile int frame[40000];
  frame[i] = i;
  frame[0] = 5;
  return frame[i] + frame[0];
}

__attribute__((noinline)) static void useAlloca(void) {
  // TRAP alloca: stack-overflow
  volatile char *block = alloca((size_t)bytes);
  block[0] = 1;
  sink = block[0];
}

__attribute__((noinline)) static void variableLength(void) {
  // TRAP vla: stack-overflow
  volatile char block[bytes];
  block[0] = 1;
  sink = block[0];
}

// More than the address space: must not wrap around.
__attribute__((noinline)) static void hugeAlloca(void) {
  // TRAP huge: stack-overflow
  volatile char *block = alloca((size_t)bytes << 45);
  block[0] = 1;
  sink = block[0];
}

__attribute__((noinline)) static Vector vectors(int depth, Vector v) {
  // TRAP vectors: stack-overflow
  Vector saved = v * 2.0f;
  Vector below = vectors(depth + 1, v + 1.0f);
  return below + saved + v;
}

__attribute__((noinline)) static int alignedFrame(int depth) {
  // TRAP aligned: stack-overflow
  _Alignas(1024) volatile char frame[1024];
  frame[depth % 1024] = 1;
  return alignedFrame(depth + 1) + frame[depth % 1024];
}

static void run(void *kind) {
  const char *name = kind;
  if (strcmp(name, "recursion") == 0)
    sink = recursion(0);
  if (strcmp(name, "bigFrame") == 0)
    bigFrame();
  if (strcmp(name, "leaf") == 0)
    sink = leaf(bytes / 100);
  if (strcmp(name, "alloca") == 0)
    useAlloca();
  if (strcmp(name, "vla") == 0)
    variableLength();
  if (strcmp(name, "huge") == 0)
    hugeAlloca();
  if (strcmp(name, "vectors") == 0)
    sink = (int)vectors(0, (Vector){1})[0];
  if (strcmp(name, "aligned") == 0)
    sink = alignedFrame(0);
}

int main(int argc, char **argv) {
  if (argc != 3)
    return 2;
  int thread = atoi(argv[2]);
  if (thread == 0) {
    run(argv[1]);
  } else {
    tatami_thread_start(thread, run, argv[1]);
    tatami_thread_join(thread);
  }
  return 0;
}
