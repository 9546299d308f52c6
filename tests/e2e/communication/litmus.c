// What the order of the mesh forbids never happens; what it allows can be seen.
// usage: litmus.elf SEED
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Each test runs many times with random delays before each step. A node looks at
// its own memory behind a semaphore test, which brings what has arrived by then.
#include <stdio.h>
#include <stdlib.h>
#include <tatami.h>

enum { Rounds = 150, Arrived = 1, Look = 2, Result = 3 };
static uint64_t X __attribute__((aligned(64))), Y __attribute__((aligned(64)));
static uint64_t Block[512] __attribute__((aligned(64))), From[512] __attribute__((aligned(64)));
static uint64_t Results[64] __attribute__((aligned(64)));
static uint64_t Random;
static int Me, Last;

#define AT(NODE, LOCAL) ((uint64_t TATAMI_REMOTE *)tatami_remote(NODE, LOCAL))

static void delay(unsigned limit) {
  Random = Random * 6364136223846793005u + 1442695040888963407u;
  for (unsigned i = (unsigned)(Random >> 33) % limit; i > 0; --i)
    tatami_pause();
}

// The value of a word of this node's memory as of now.
static uint64_t look(const uint64_t *word) {
  (void)tatami_sem_test(Look, 1); // nobody signals it
  return *(const volatile uint64_t *)word;
}

// Writer 0, reader Last, a third node in between.
static int middle(void) { return Last / 2; }

// Message passing to one node: a signal travels behind the store.
static int messagePassing(uint64_t round) {
  if (Me == 0) {
    delay(40);
    tatami_store_u64(AT(Last, &X), round);
    tatami_sem_signal(Last, Arrived, 1);
  } else if (Me == Last) {
    tatami_sem_wait(Arrived, 1);
    return X != round;
  }
  return 0;
}

// The same behind a block of many packets.
static int signalBehindPush(uint64_t round) {
  if (Me == 0) {
    for (int i = 0; i < 512; ++i)
      From[i] = round;
    delay(40);
    tatami_push(AT(Last, Block), From, sizeof Block);
    tatami_sem_signal(Last, Arrived, 1);
  } else if (Me == Last) {
    tatami_sem_wait(Arrived, 1);
    return Block[511] != round || Block[0] != round;
  }
  return 0;
}

// And behind a multicast.
static int signalBehindMulticast(uint64_t round) {
  const tatami_nodes all = tatami_all_nodes();
  if (Me == middle()) {
    for (int i = 0; i < 512; ++i)
      From[i] = ~round;
    delay(40);
    tatami_multicast(all, Block, From, sizeof Block);
    tatami_multicast_signal(all, Arrived, 1);
  }
  tatami_sem_wait(Arrived, 1);
  return Block[511] != ~round;
}

// A signal to another node than the store: only a fence orders them. The last
// column is busy, and the store has to go down there; the signal has not.
static int otherPath(uint64_t round, int fenced) {
  const int reader = Last - 1;
  if (Me == 0) {
    delay(40);
    tatami_store_u64(AT(Last, &X), round);
    if (fenced)
      tatami_fence();
    tatami_sem_signal(reader, Arrived, 1);
  } else if (Me == reader) {
    tatami_sem_wait(Arrived, 1);
    return tatami_load_u64(AT(Last, &X)) != round;
  } else if (Me != Last && tatami_x() == tatami_columns() - 1) {
    tatami_push(AT(Last, Block), From, sizeof Block / 4);
  }
  return 0;
}
static int otherPathPlain(uint64_t round) { return otherPath(round, 0); }
static int otherPathFenced(uint64_t round) { return otherPath(round, 1); }

// Store buffering: both store to the other, both read their own. Node 0 counts
// when neither has seen the other's.
static int storeBuffering(uint64_t round, int fenced) {
  if (Me != 0 && Me != Last)
    return 0;
  const int other = Me == 0 ? Last : 0;
  delay(12);
  tatami_store_u64(AT(other, Me == 0 ? &X : &Y), round);
  if (fenced)
    tatami_fence();
  const uint64_t stale = look(Me == 0 ? &Y : &X) != round;
  if (Me == Last) {
    tatami_store_u64(AT(0, &Results[0]), stale);
    tatami_sem_signal(0, Result, 1);
    return 0;
  }
  tatami_sem_wait(Result, 1);
  return stale && Results[0];
}
static int storeBufferingPlain(uint64_t round) { return storeBuffering(round, 0); }
static int storeBufferingFenced(uint64_t round) { return storeBuffering(round, 1); }

// Independent reads of independent writes: two writers, two readers; each reader
// may see another one first.
static int independentReads(uint64_t round) {
  const int writerX = 0, writerY = Last, readerA = 1, readerB = Last - 1;
  if (Me == writerX || Me == writerY) {
    delay(12);
    uint64_t *word = Me == writerX ? &X : &Y;
    for (int i = 0; i < 2; ++i)
      tatami_store_u64(AT((Me == writerX) == (i == 0) ? readerA : readerB, word), round);
  } else if (Me == readerA || Me == readerB) {
    // Looks at the word of the nearer writer first.
    const uint64_t *first = Me == readerA ? &X : &Y, *second = Me == readerA ? &Y : &X;
    while (look(first) != round)
      tatami_pause();
    const uint64_t saw = look(second) != round; // first, but not yet second
    tatami_store_u64(AT(0, &Results[Me == readerA]), saw);
    tatami_sem_signal(0, Result, 1);
  }
  if (Me != 0)
    return 0;
  tatami_sem_wait(Result, 2);
  return Results[0] && Results[1];
}

// Two words to one node from one source are seen in their order, even by looking.
static int sameSource(uint64_t round) {
  if (Me == 0) {
    delay(40);
    tatami_store_u64(AT(Last, &X), round);
    tatami_store_u64(AT(Last, &Y), round);
  } else if (Me == Last) {
    while (look(&Y) != round)
      delay(4);
    return X != round;
  }
  return 0;
}

static const struct {
  const char *name;
  int (*run)(uint64_t round);
  int forbidden; // what run() counts
} Tests[] = {
    {"message passing", messagePassing, 1},
    {"signal behind a push", signalBehindPush, 1},
    {"signal behind a multicast", signalBehindMulticast, 1},
    {"two stores to one node", sameSource, 1},
    {"signal on another path", otherPathPlain, 0},
    {"signal on another path, fenced", otherPathFenced, 1},
    {"store buffering", storeBufferingPlain, 0},
    {"store buffering, fenced", storeBufferingFenced, 1},
    {"independent reads", independentReads, 0},
};

int main(int argc, char **argv) {
  Me = tatami_node();
  Last = tatami_node_count() - 1;
  Random = (argc > 1 ? strtoul(argv[1], 0, 10) : 1) * 0x9e3779b97f4a7c15u + (uint64_t)Me * 77;
  int wrong = 0;
  for (unsigned t = 0; t < sizeof Tests / sizeof Tests[0]; ++t) {
    uint64_t count = 0;
    for (int r = 1; r <= Rounds; ++r) {
      X = Y = 0;
      tatami_barrier_all();
      count += (uint64_t)Tests[t].run(t * 1000 + (uint64_t)r);
      tatami_barrier_all();
    }
    tatami_store_u64(AT(0, &Results[Me]), count);
    tatami_barrier_all();
    if (Me != 0)
      continue;
    count = 0;
    for (int n = 0; n <= Last; ++n)
      count += Results[n];
    printf("%-32s %s %lu of %d\n", Tests[t].name, Tests[t].forbidden ? "forbidden" : "allowed", count, Rounds);
    wrong += Tests[t].forbidden && count > 0;
  }
  return wrong > 0;
}
