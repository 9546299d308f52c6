//===- nodes.c - Every node speaks, and talks to its neighbour ------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Run on a machine of several nodes.
//===----------------------------------------------------------------------===//

#include "Check.h"
#include <string.h>
#include <tatami.h>

static int mine[16] __attribute__((aligned(64)));
static int theirs[16] __attribute__((aligned(64)));
static int fetched[16] __attribute__((aligned(64)));

enum { Arrived, Fetched };

int main(void) {
  int node = tatami_node(), count = tatami_node_count();
  int next = (node + 1) % count, previous = (node + count - 1) % count;
  CHECK(tatami_y() * tatami_columns() + tatami_x() == node);
  CHECK(count == tatami_columns() * tatami_rows() && tatami_rank() == node);
  CHECK(tatami_thread() == 0);

  for (int i = 0; i < 16; ++i)
    mine[i] = node * 100 + i;
  tatami_barrier_all();

  tatami_push(tatami_remote(next, theirs), mine, sizeof mine);
  tatami_sem_signal(next, Arrived, 1);
  tatami_sem_wait(Arrived, 1);
  tatami_pull(fetched, tatami_remote(next, mine), sizeof fetched, Fetched);
  tatami_sem_wait(Fetched, 1);
  for (int i = 0; i < 16; ++i)
    CHECK(theirs[i] == previous * 100 + i && fetched[i] == next * 100 + i);
  int TATAMI_REMOTE *third = (int TATAMI_REMOTE *)tatami_remote(next, &mine[3]);
  CHECK(tatami_load_i32(third) == next * 100 + 3);

  // Structures and loops over global pointers are no calls of memcpy, memset.
  typedef struct { int first[9]; char last; } Record;
  static Record received;
  Record sent;
  memset(&sent, node + 1, sizeof sent);
  Record TATAMI_REMOTE *record =
      (Record TATAMI_REMOTE *)tatami_remote(next, &received);
  *record = sent;
  char TATAMI_REMOTE *bytes = (char TATAMI_REMOTE *)record;
  for (int i = 0; i < 20; ++i)
    bytes[i] = 0;
  Record back = *record;
  tatami_barrier_all();
  for (unsigned i = 0; i < sizeof back; ++i) {
    CHECK(((char *)&back)[i] == (i < 20 ? 0 : node + 1));
    CHECK(((char *)&received)[i] == (i < 20 ? 0 : previous + 1));
  }
  tatami_barrier_all();

  char filler[300];
  memset(filler, '.', sizeof filler - 1);
  filler[sizeof filler - 1] = 0;
  tatami_printf("a short line from %d", node);
  tatami_printf("a long line%sfrom %d\n", filler, node);
  return checked();
}
