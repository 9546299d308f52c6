// A random program of many nodes without a race: its result depends on its seed
// only, not on latencies, the timing model or the threads of the host.
// usage: traffic.elf SEED
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// All nodes draw the same plan from the seed: a row of rounds, each of one kind
// of communication, with work of uneven length between. What arrives is folded
// into what is sent later, so that a wrong byte shows in the end.
#include <stdio.h>
#include <stdlib.h>
#include <tatami.h>

enum {
  Words = 512, // of 64 bits, that a node owns and others only read
  MaxNodes = 64,
  Arrived = 1,
  Token = 2,
  ThreadSem = 3,
  Pulled = 4,
  Polled = 5,
  Go = 6,
};

static uint64_t Data[Words] __attribute__((aligned(64)));
static uint64_t Inbox[Words] __attribute__((aligned(64)));
static uint64_t Table[MaxNodes * 4] __attribute__((aligned(64)));
static uint64_t Sum;
static int Me, Nodes, Columns, Rows;

//===-- The plan -----------------------------------------------------------===//

static uint64_t Plan;
static uint64_t mix(uint64_t x) {
  x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
  x = (x ^ x >> 27) * 0x94d049bb133111ebu;
  return x ^ x >> 31;
}
// The next number of the plan, below `limit`: the same on every node.
static unsigned draw(unsigned limit) {
  Plan += 0x9e3779b97f4a7c15u;
  return (unsigned)(mix(Plan) % limit);
}

static void absorb(const uint64_t *words, unsigned count) {
  for (unsigned i = 0; i < count; ++i)
    Sum = mix(Sum ^ words[i]);
}
// Only where nobody reads this node's Data in the same round.
static void fold(const uint64_t *words, unsigned count) {
  absorb(words, count);
  Data[Sum % Words] ^= Sum;
}

// Work that takes every node another time.
static void work(void) {
  unsigned steps = (unsigned)(mix(Plan ^ (uint64_t)Me << 32) % 400);
  uint64_t x = Sum;
  for (unsigned i = 0; i < steps; ++i)
    x = mix(x + i);
  Sum = x;
}

#define AT(NODE, LOCAL) ((uint64_t TATAMI_REMOTE *)tatami_remote(NODE, LOCAL))

//===-- Rounds: all end with everybody having what was sent to it -----------===//

static void pushRound(void) {
  int shift = 1 + (int)draw((unsigned)Nodes);
  unsigned packets = 1 + draw(40), from = draw(Words / 8 - 40) * 8;
  work();
  tatami_push(AT((Me + shift) % Nodes, Inbox), Data + from, packets * 64);
  tatami_sem_signal((Me + shift) % Nodes, Arrived, 1);
  tatami_sem_wait(Arrived, 1);
  fold(Inbox, packets * 8);
}

static tatami_nodes drawRect(void) {
  int x0 = (int)draw((unsigned)Columns), y0 = (int)draw((unsigned)Rows);
  int x1 = x0 + (int)draw((unsigned)(Columns - x0));
  int y1 = y0 + (int)draw((unsigned)(Rows - y0));
  return tatami_rect(x0, y0, x1, y1);
}
static int inside(tatami_nodes r) {
  int x = tatami_x(), y = tatami_y();
  return x >= (int)(r & 0xffff) && y >= (int)(r >> 16 & 0xffff) &&
         x <= (int)(r >> 32 & 0xffff) && y <= (int)(r >> 48);
}

static void multicastRound(void) {
  int root = (int)draw((unsigned)Nodes);
  tatami_nodes to = drawRect();
  unsigned packets = 1 + draw(30);
  work();
  if (Me == root) {
    tatami_multicast(to, Inbox, Data, packets * 64);
    tatami_multicast_signal(to, Arrived, 1);
  }
  if (inside(to)) {
    tatami_sem_wait(Arrived, 1);
    fold(Inbox, packets * 8);
  }
}

static void loadRound(void) {
  unsigned loads = 1 + draw(6);
  work();
  for (unsigned i = 0; i < loads; ++i) {
    uint64_t r = mix(Plan + i + (uint64_t)Me * 77);
    uint64_t word = tatami_load_u64(AT((int)(r % (unsigned)Nodes), Data + r / 64 % Words));
    Sum = mix(Sum ^ word);
  }
}

static void pullRound(void) {
  int from = (Me + (int)draw((unsigned)Nodes)) % Nodes;
  unsigned packets = 1 + draw(30);
  work();
  tatami_pull(Inbox, AT(from, Data), packets * 64, Pulled);
  tatami_sem_wait(Pulled, 1);
  absorb(Inbox, packets * 8);
}

// A number goes from node to node in steps of `stride` and grows on its way.
static void chainRound(void) {
  int first = (int)draw((unsigned)Nodes);
  int place = (Me - first + Nodes) % Nodes;
  work();
  if (place > 0)
    tatami_sem_wait(Token, 1);
  else
    Table[0] = Sum;
  Table[0] = mix(Table[0] + Sum);
  if (place + 1 < Nodes) {
    tatami_store_u64(AT((Me + 1) % Nodes, Table), Table[0]);
    tatami_sem_signal((Me + 1) % Nodes, Token, 1);
  }
  Sum = mix(Sum ^ Table[0]);
}

static unsigned ThreadShift;
static void threadWork(void *unused) {
  (void)unused;
  int t = tatami_thread();
  int to = (Me + (int)ThreadShift + t) % Nodes;
  uint64_t x = Sum;
  for (int i = 0; i < 50 * t; ++i)
    x = mix(x + (uint64_t)i);
  tatami_store_u64(AT(to, Table + MaxNodes + t), x);
  tatami_sem_signal(to, ThreadSem, 1);
}
static void threadRound(void) {
  int threads = 1 + (int)draw(3);
  ThreadShift = draw((unsigned)Nodes);
  work();
  for (int t = 1; t <= threads; ++t)
    tatami_thread_start(t, threadWork, 0);
  for (int t = 1; t <= threads; ++t)
    tatami_thread_join(t);
  tatami_sem_wait(ThreadSem, (uint32_t)threads);
  fold(Table + MaxNodes + 1, (unsigned)threads);
}

static void subBarrierRound(void) {
  int column = (int)draw((unsigned)Columns), times = 1 + (int)draw(3);
  tatami_nodes mine = tatami_x() <= column
                          ? tatami_rect(0, 0, column, Rows - 1)
                          : tatami_rect(column + 1, 0, Columns - 1, Rows - 1);
  for (int i = 0; i < times; ++i) {
    work();
    tatami_barrier_rect(mine);
  }
}

static void gatherRound(void) {
  int root = (int)draw((unsigned)Nodes);
  work();
  tatami_store_u64(AT(root, Table + Me), Sum);
  tatami_sem_signal(root, Arrived, 1);
  if (Me == root) {
    tatami_sem_wait(Arrived, (uint32_t)Nodes);
    fold(Table, (unsigned)Nodes);
  }
}

// How often a node asks depends on time; what it gets does not.
static void pollRound(void) {
  int to = (Me + 1 + (int)draw((unsigned)Nodes)) % Nodes;
  work();
  tatami_store_u64(AT(to, Table + 3 * MaxNodes), Sum);
  tatami_sem_signal(to, Polled, 2);
  while (!tatami_sem_test(Polled, 2))
    tatami_pause();
  fold(Table + 3 * MaxNodes, 1);
}

// A store to one node is there before a signal to another if a fence is between.
static void fenceRound(void) {
  int store = (Me + (int)draw((unsigned)Nodes)) % Nodes;
  int shift = (int)draw((unsigned)Nodes), tell = (Me + shift) % Nodes;
  int teller = (Me - shift + Nodes) % Nodes, place = (store - Me + Nodes + teller) % Nodes;
  work();
  tatami_store_u64(AT(store, Table + 2 * MaxNodes), Sum);
  tatami_fence();
  tatami_sem_signal(tell, Arrived, 1);
  tatami_sem_wait(Arrived, 1);
  Sum = mix(Sum ^ tatami_load_u64(AT(place, Table + 2 * MaxNodes)));
}

static tatami_descriptor Lists[2][3];

// A block by the list engine, which waits until its node says so.
static void listPushRound(void) {
  int to = (Me + 1 + (int)draw((unsigned)Nodes)) % Nodes;
  unsigned rows = 1 + draw(6), packets = 1 + draw(5), gap = draw(4);
  unsigned from = draw(Words / 8 - 54) * 8;
  tatami_descriptor *d = Lists[0];
  d[0] = tatami_list_push(AT(to, Inbox), Data + from, packets * 64);
  tatami_list_rows(d, (int)rows, (packets + gap) * 64, packets * 64);
  tatami_list_pad(d, (int)draw(2), 0, (int)draw(32), (int)draw(32));
  tatami_list_when(d, Go, 2);
  tatami_list_signal_after(d, Arrived, 1);
  tatami_list_start(0, d);
  work();
  tatami_sem_post(Go, 2);
  tatami_sem_wait(Arrived, 1);
  tatami_list_wait(0);
  fold(Inbox, rows * packets * 8);
}

// Two lists at a time: one sends to a rectangle, one fetches, in two halves.
static void listsRound(void) {
  int root = (int)draw((unsigned)Nodes), from = (Me + (int)draw((unsigned)Nodes)) % Nodes;
  tatami_nodes to = drawRect();
  unsigned packets = 1 + draw(12);
  work();
  if (Me == root) {
    tatami_descriptor *d = Lists[0];
    for (int half = 0; half < 2; ++half)
      d[half] = tatami_list_multicast(to, Inbox + half * packets * 8, Data, packets * 64);
    d[2] = tatami_list_multicast_signal(to, Arrived, 1);
    tatami_list_chain(d, 3);
    tatami_list_start(3, d);
  }
  tatami_descriptor *d = Lists[1];
  for (int half = 0; half < 2; ++half)
    d[half] = tatami_list_pull(Inbox + Words / 2 + half * packets * 8, AT(from, Data + half * packets * 8),
                               packets * 64, Pulled);
  tatami_list_chain(d, 2);
  tatami_list_start(1, d);
  tatami_sem_wait(Pulled, 2);
  absorb(Inbox + Words / 2, 2 * packets * 8);
  if (inside(to)) {
    tatami_sem_wait(Arrived, 1);
    absorb(Inbox, 2 * packets * 8);
  }
  tatami_list_wait(1);
  tatami_list_wait(3);
}

int main(int argc, char **argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: traffic.elf SEED\n");
    return 2;
  }
  Me = tatami_node();
  Nodes = tatami_node_count();
  Columns = tatami_columns();
  Rows = tatami_rows();
  Plan = mix(strtoul(argv[1], 0, 10) + 1);
  Sum = mix((uint64_t)Me + 1);
  for (int i = 0; i < Words; ++i)
    Data[i] = mix(Plan ^ (uint64_t)(Me * Words + i));

  static void (*const kinds[])(void) = {
      pushRound,   multicastRound,  loadRound,   pullRound, chainRound,
      threadRound, subBarrierRound, gatherRound, pollRound, fenceRound,
      listPushRound, listsRound};
  int rounds = 6 + (int)draw(10);
  for (int r = 0; r < rounds; ++r) {
    unsigned kind = draw(sizeof kinds / sizeof kinds[0]);
    tatami_barrier_all(); // nobody reads Data any more, everybody's is ready
    kinds[kind]();
    tatami_barrier_all(); // what was sent in this round has been used
  }

  tatami_store_u64(AT(0, Table + Me), Sum);
  tatami_barrier_all();
  if (Me == 0) {
    fold(Table, (unsigned)Nodes);
    printf("seed %s: %016llx\n", argv[1], (unsigned long long)Sum);
  }
  return 0;
}
