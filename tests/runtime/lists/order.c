// Litmus programs of the list engine. What may be seen out of order is not
// tested; what must be in order is seen in order every time. Run on mesh-4x4.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "../device/Check.h"
#include <tatami.h>

enum { Flag, Second, Sent, Room, Rounds = 12, Words = 16 * 24 };

static uint32_t data[2][Words] __attribute__((aligned(64)));
static uint32_t noise[Words] __attribute__((aligned(64)));
static uint32_t source[2][Words] __attribute__((aligned(64)));
static tatami_descriptor lists[4][4];

static uint32_t value(int node, int round, int i) { return (uint32_t)(node * 1000003 + round * 4099 + i); }

static void check(int node, int round, int buffer) {
  int wrong = 0;
  for (int i = 0; i < Words; ++i)
    wrong += data[buffer][i] != value(node, round, i);
  CHECK(wrong == 0);
}

static void make(int node, int round, int buffer) {
  for (int i = 0; i < Words; ++i)
    source[buffer][i] = value(node, round, i);
}

// Message passing: the signal is seen behind the list's data, though two other
// lists and a thread send to the same node at the same time.
static void messagePassing(int node, int next, int previous) {
  for (int round = 0; round < Rounds; ++round) {
    make(node, round, 0);
    lists[0][0] = tatami_list_push(tatami_remote(next, data[0]), source[0], sizeof data[0]);
    if (round % 2) {
      tatami_list_signal_after(&lists[0][0], Flag, 1);
    } else {
      lists[0][1] = tatami_list_signal(next, Flag, 1);
      lists[0][0].next = &lists[0][1];
      lists[0][1].next = 0;
    }
    for (int l = 1; l < 3; ++l) {
      lists[l][0] = tatami_list_push(tatami_remote(next, noise), noise, sizeof noise);
      tatami_list_start(l, lists[l]);
    }
    tatami_list_start(0, lists[0]);
    tatami_push(tatami_remote(next, noise), noise, 64 * (round % 5));
    tatami_sem_wait(Flag, 1);
    check(previous, round, 0);
    for (int l = 0; l < 3; ++l)
      tatami_list_wait(l);
    tatami_barrier_all();
  }
}

// A multicast's data are covered by the list's multicast signal, at every node
// of the rectangle, also those that are far.
static void multicast(int node) {
  for (int round = 0; round < Rounds; ++round) {
    const int sender = round * 5 % 16;
    if (node == sender) {
      make(node, round, 1);
      lists[0][0] = tatami_list_multicast(tatami_all_nodes(), data[1], source[1], sizeof data[1]);
      tatami_list_signal_after(&lists[0][0], Flag, 1);
      tatami_list_start(0, lists[0]);
    } else {
      // Traffic across its paths.
      tatami_push(tatami_remote((node + 5) % 16, noise), noise, 640);
    }
    tatami_sem_wait(Flag, 1);
    check(sender, round, 1);
    tatami_list_wait(0);
    tatami_barrier_all();
  }
}

// Two buffers: a list sends what is there whenever the neighbour has room and
// the thread has filled a buffer, while the thread fills the other one.
static void doubleBuffering(int node, int next, int previous) {
  for (int b = 0; b < 2; ++b) {
    lists[0][2 * b] = tatami_list_wait_for(Room, 1);
    lists[0][2 * b + 1] = tatami_list_push(tatami_remote(next, data[b]), source[b], sizeof data[b]);
    tatami_list_when(&lists[0][2 * b + 1], Second, 1);
    tatami_list_signal_after(&lists[0][2 * b + 1], Flag, 1);
    tatami_list_done(&lists[0][2 * b + 1], Sent, 1);
  }
  static tatami_descriptor loop;
  tatami_list_chain(lists[0], 4);
  loop = tatami_list_loop(lists[0], Rounds / 2 - 1);
  lists[0][3].next = &loop;
  tatami_barrier_all();
  tatami_sem_signal(previous, Room, 2);
  tatami_sem_post(Sent, 2); // Both buffers are free.
  tatami_list_start(0, lists[0]);
  for (int round = 0; round < Rounds + 1; ++round) {
    if (round < Rounds) {
      tatami_sem_wait(Sent, 1);
      make(node, round, round % 2);
      tatami_sem_post(Second, 1);
    }
    if (round > 0) {
      tatami_sem_wait(Flag, 1);
      check(previous, round - 1, (round - 1) % 2);
      if (round - 1 < Rounds - 2)
        tatami_sem_signal(previous, Room, 1);
    }
  }
  tatami_list_wait(0);
  tatami_barrier_all();
  for (int s = Flag; s <= Room; ++s)
    CHECK(tatami_sem_value(s) == (s == Sent ? 2 : 0));
}

int main(void) {
  const int node = tatami_node(), count = tatami_node_count();
  const int next = (node + 1) % count, previous = (node + count - 1) % count;
  messagePassing(node, next, previous);
  multicast(node);
  doubleBuffering(node, next, previous);
  return checked();
}
