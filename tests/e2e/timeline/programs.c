// Programs whose critical path is known: -DRING, -DIMBALANCE, -DPIPELINE,
// -DPOLL, -DPARTS.
// What a timeline has: -DRANGES, with counters too; -DLISTS; -DEVENTS, many.
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
    work(300); // Longer than some samples.
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

#ifdef POLL
// Node 1 asks again and again for what node 0 sends late.
__attribute__((noinline)) static void poll(void) {
  while (!tatami_sem_test(1, 1))
    ;
}
int main(void) {
  if (tatami_node() == 0) {
    work(5000);
    tatami_sem_signal(1, 1, 1);
  } else if (tatami_node() == 1) {
    poll();
    work(50);
  }
  return 0;
}
#endif

#ifdef PARTS
__attribute__((noinline)) static void other(int count) {
  for (volatile int i = 0; i < count; ++i)
    ;
}
__attribute__((noinline)) static void both(void) {
  tatami_barrier_all();
  for (int i = 0; i < 20; ++i) {
    work(100);
    other(100);
  }
  tatami_barrier_all();
}
int main(void) {
  both();
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

#ifdef LISTS
// Node 0's list 2 waits for its thread, then sends a block and a signal to node 1,
// whose list 1 has waited for that and fetches a block.
#include <tatami/list.h>
static _Alignas(64) char block[2048], copy[2048];
static tatami_descriptor list[2];

int main(void) {
  if (tatami_node() == 0) {
    list[0] = tatami_list_wait_for(2, 1);
    list[1] = tatami_list_push(tatami_remote(1, block), block, sizeof block);
    tatami_list_signal_after(&list[1], 3, 1);
    tatami_list_chain(list, 2);
    tatami_list_start(2, list);
    work(500);
    tatami_sem_post(2, 1);
    tatami_list_wait(2);
  } else if (tatami_node() == 1) {
    list[0] = tatami_list_pull(copy, tatami_remote(2, block), 1024, 4);
    tatami_list_when(&list[0], 3, 1);
    tatami_list_chain(list, 1);
    tatami_list_start(1, list);
    tatami_list_wait(1);
    tatami_sem_wait(4, 1);
  }
  return 0;
}
#endif

#ifdef EVENTS
// Each node signals itself with pauses that nobody foresees, so that events do
// not pack well.
int main(void) {
  unsigned random = (unsigned)tatami_node() + 1;
  for (int i = 0; i < 30000; ++i) {
    random = random * 1664525 + 1013904223;
    tatami_sem_post((int)(random >> 8) % 60, 1 + (random >> 16) % 50);
    for (volatile unsigned pause = random >> 28; pause > 0; --pause)
      ;
  }
  return 0;
}
#endif
