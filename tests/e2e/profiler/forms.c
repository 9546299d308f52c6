// Loops and message patterns whose cycles are known: FORM says which, N how
// often. What surrounds the loop costs the same for every N.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <stdint.h>
#include <tatami.h>

#define REPEAT4(X) X X X X
#define REPEAT16(X) REPEAT4(REPEAT4(X))

#define LOADS 1
#define GUESSES 2
#define ALUS 3
#define STORES 4
#define PINGPONG 5
#define BARRIERS 6
#define PUSH 7
#define UNEVEN 8

enum { Arrived = 0, Most = 512 };

static char Block[64 * Most] __attribute__((aligned(64)));

static inline uint64_t remote(uint64_t node, const void *address) {
  return 1ull << 61 | node << 40 | (uint64_t)address;
}

static __attribute__((unused)) void loads(uint64_t rounds) {
  static void *self;
  self = &self;
  register void *at __asm__("x20") = &self;
  __asm__ volatile("1:\n" REPEAT16("ld x20, 0(x20)\n") "addi %0, %0, -1\nbne %0, x0, 1b"
                   : "+r"(rounds), "+r"(at)::"memory");
}

// The branch that leads forward is guessed not to be taken.
static __attribute__((unused)) void guesses(uint64_t rounds) {
  __asm__ volatile("1:\naddi %0, %0, -1\nbeq x0, x0, 2f\nnop\n2:\nbne %0, x0, 1b" : "+r"(rounds));
}

static __attribute__((unused)) void alus(uint64_t rounds) {
  __asm__ volatile("1:\n" REPEAT16("addi x20, x0, 1\n") "addi %0, %0, -1\nbne %0, x0, 1b"
                   : "+r"(rounds)::"x20");
}

static __attribute__((unused)) void stores(uint64_t rounds) {
  register char *at __asm__("x20") = Block;
  __asm__ volatile("1:\n" REPEAT16("sd x0, 0(x20)\n") "addi %0, %0, -1\nbne %0, x0, 1b"
                   : "+r"(rounds), "+r"(at)::"memory");
}

// Nodes 0 and DISTANCE of the first row send a signal to and fro.
static __attribute__((unused)) void pingPong(uint64_t rounds) {
  const uint64_t node = tatami_node();
  if (node != 0 && node != DISTANCE)
    return;
  const uint64_t other = remote(node ? 0 : DISTANCE, 0);
  if (node)
    __builtin_tatami_swait(Arrived, 1);
#pragma clang loop unroll(disable)
  for (; rounds; --rounds) {
    __builtin_tatami_ssig(other, Arrived, 1);
    __builtin_tatami_swait(Arrived, 1);
  }
  if (!node)
    __builtin_tatami_ssig(other, Arrived, 1);
}

static __attribute__((unused)) void barriers(uint64_t rounds) {
  const tatami_nodes all = tatami_all_nodes();
  __asm__ volatile("1:\nbar %1\naddi %0, %0, -1\nbne %0, x0, 1b" : "+r"(rounds) : "r"(all) : "memory");
}

// Nodes 0 and 1 push n packets each to 2 and 3: both over the link between 1 and 2.
static __attribute__((unused)) void push(uint64_t packets) {
  const uint64_t node = tatami_node();
  if (node >= 4)
    return;
  if (node < 2) {
    const uint64_t to = remote(node + 2, Block);
    __builtin_tatami_push(Block, to, packets * 64);
    __builtin_tatami_ssig(to, Arrived, 1);
  } else {
    __builtin_tatami_swait(Arrived, 1);
  }
}

// Node 5 has work, all others wait for it.
static __attribute__((unused)) void uneven(uint64_t rounds) {
  if (tatami_node() == 5)
    alus(rounds);
  tatami_barrier_all();
}

int main(void) {
  tatami_barrier_all();
#if FORM == LOADS
  loads(N);
#elif FORM == GUESSES
  guesses(N);
#elif FORM == ALUS
  alus(N);
#elif FORM == STORES
  stores(N);
#elif FORM == PINGPONG
  pingPong(N);
#elif FORM == BARRIERS
  barriers(N);
#elif FORM == PUSH
  push(N);
#elif FORM == UNEVEN
  uneven(N);
#endif
}
