// Programs whose critical path is known: -DRING, -DIMBALANCE, -DPIPELINE.
// Also with ranges and counters: -DRANGES.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <tatami.h>

/// Takes about 2 * count cycles.
__attribute__((noinline)) static void work(int count) {
  for (volatile int i = 0; i < count; ++i)
    ;
}

#ifdef RING
// A token goes round twice; its holder works, all others wait for it.
enum { Rounds = 2 };
int main(void) {
  int node = tatami_node(), last = tatami_node_count() - 1;
  for (int round = 0; round < Rounds; ++round) {
    if (node > 0 || round > 0)
      tatami_sem_wait(1, 1);
    work(100);
    if (node < last || round < Rounds - 1)
      tatami_sem_signal(node < last ? node + 1 : 0, 1, 1);
  }
  return 0;
}
#endif

#ifdef IMBALANCE
// All meet at a barrier, to which node 5 comes much later.
int main(void) {
  work(tatami_node() == 5 ? 5000 : 100);
  tatami_barrier_all();
  return 0;
}
#endif

#ifdef PIPELINE
// Four stages; the third is the slowest. Each tells the next one when it has an
// item, and the one before when it has room again (two items at a time).
enum { Items = 20, Ready = 1, Room = 2 };
int main(void) {
  int stage = tatami_node();
  if (stage > 3)
    return 0;
  for (int item = 0; item < Items; ++item) {
    if (stage > 0)
      tatami_sem_wait(Ready, 1);
    if (stage < 3 && item >= 2)
      tatami_sem_wait(Room, 1);
    work(stage == 2 ? 1000 : 100);
    if (stage > 0)
      tatami_sem_signal(stage - 1, Room, 1);
    if (stage < 3)
      tatami_sem_signal(stage + 1, Ready, 1);
  }
  return 0;
}
#endif

#ifdef RANGES
// Ranges on two threads, counters, a push, a semaphore between threads.
static _Alignas(64) char block[512];

static void other(void *unused) {
  (void)unused;
  tatami_range_push("other");
  work(200);
  tatami_sem_post(3, 1);
  tatami_range_pop();
}

int main(void) {
  tatami_range_push("step");
  for (int i = 0; i < 3; ++i) {
    tatami_range_push("softmax \"quoted\"");
    work(50);
    tatami_counter("loss", 1.0 / (i + 1));
    tatami_range_pop();
  }
  if (tatami_node() == 0) {
    tatami_thread_start(1, other, 0);
    tatami_sem_wait(3, 1);
    tatami_thread_join(1);
    tatami_push(tatami_remote(1, block), block, sizeof(block));
    tatami_sem_signal(1, 4, 1);
  }
  if (tatami_node() == 1)
    tatami_sem_wait(4, 1);
  tatami_barrier_all();
  return 0; // The range "step" is open: it ends with the program.
}
#endif
