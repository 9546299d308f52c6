// Lists that fill the memory of an interface processor and fetch from it. Run on
// a machine that has some.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "../device/Check.h"
#include <string.h>
#include <tatami.h>

enum { Stored, Fetched, Rows = 12, Bytes = 192, Stride = 1024 };

static uint8_t image[Rows][Bytes] __attribute__((aligned(64)));
static uint8_t back[Rows + 2][Bytes] __attribute__((aligned(64)));
static tatami_descriptor list[2];

static uint8_t value(int node, int r, int c) { return (uint8_t)(node * 37 + r * 11 + c); }

int main(void) {
  const int node = tatami_node(), nodes = tatami_node_count();
  const int devices = tatami_interface_count();
  CHECK(devices > 0);
  for (int r = 0; r < Rows; ++r)
    for (int c = 0; c < Bytes; ++c)
      image[r][c] = value(node, r, c);
  for (int d = 0; d < devices; ++d) {
    // Every node has its columns of one large picture. What a list fetches comes
    // behind what it has stored before in the same memory.
    list[0] = tatami_list_push(tatami_hbm(d, (uint64_t)node * Bytes), image, Bytes);
    tatami_list_rows(&list[0], Rows, Bytes, (ptrdiff_t)nodes * Stride);
    tatami_list_pad(&list[0], 0, 0, 0, 5);
    list[1] = tatami_list_pull(back, tatami_hbm(d, (uint64_t)node * Bytes), 64, Stored);
    tatami_list_chain(list, 2);
    tatami_list_start(d % TATAMI_LISTS, list);
    tatami_sem_wait(Stored, 1);
    tatami_list_wait(d % TATAMI_LISTS);
    tatami_barrier_all();

    const int other = (node + 5) % nodes;
    memset(back, 0xee, sizeof back);
    list[0] = tatami_list_pull(back, tatami_hbm(d, (uint64_t)other * Bytes), Bytes, Fetched);
    tatami_list_rows(&list[0], Rows + 1, Bytes, (ptrdiff_t)nodes * Stride);
    tatami_list_pad(&list[0], 0, 1, 0, 0);
    tatami_list_start(0, list);
    tatami_sem_wait(Fetched, 1);
    int wrong = 0;
    for (int r = 0; r < Rows + 2; ++r)
      for (int c = 0; c < Bytes; ++c)
        wrong += back[r][c] != (r > Rows                       ? 0xee
                                : r == Rows || c >= Bytes - 5 ? 0
                                                              : value(other, r, c));
    CHECK(wrong == 0);
    tatami_barrier_all();
  }
  return checked();
}
