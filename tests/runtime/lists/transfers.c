// Blocks by the list engine: pushed, pulled and multicast, with strides,
// padding, chains, conditions and loops. Run on mesh-4x4.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "../device/Check.h"
#include <string.h>
#include <tatami.h>

enum { Ready, Done, Go, Turn, Count };

// 8 rows of 256 bytes, of which blocks of 4 rows of 128 bytes are moved.
static uint8_t image[8][256] __attribute__((aligned(64)));
static uint8_t window[8][512] __attribute__((aligned(64)));
static tatami_descriptor list[16];

// A corner that may lie before the image.
static uint8_t *corner(int row, int column) {
  return (uint8_t *)((uintptr_t)image + row * (int)sizeof image[0] + column);
}

static void fill(int node) {
  for (int r = 0; r < 8; ++r)
    for (int c = 0; c < 256; ++c)
      image[r][c] = (uint8_t)(node * 31 + r * 7 + c);
  memset(window, 0xee, sizeof window);
}
static uint8_t imageOf(int node, int r, int c) { return (uint8_t)(node * 31 + r * 7 + c); }

// What must be in `window`: a block of `rows` x `bytes` whose corner is at row
// `r0`, byte `c0` of node's image, padded, and 0xee around it.
static void checkWindow(int node, int rows, int bytes, int r0, int c0, int top,
                        int bottom, int left, int right) {
  int wrong = 0;
  for (int r = 0; r < 8; ++r)
    for (int c = 0; c < 512; ++c) {
      uint8_t expected = 0xee;
      if (r < rows && c < bytes)
        expected = r < top || r >= rows - bottom || c < left || c >= bytes - right
                       ? 0
                       : imageOf(node, r0 + r, c0 + c);
      wrong += window[r][c] != expected;
    }
  CHECK(wrong == 0);
}

static void pushes(int node, int next, int previous) {
  fill(node);
  tatami_barrier_all();
  list[0] = tatami_list_push(tatami_remote(next, window), &image[2][64], 128);
  tatami_list_rows(&list[0], 4, sizeof image[0], sizeof window[0]);
  tatami_list_signal_after(&list[0], Ready, 1);
  tatami_list_done(&list[0], Done, 2);
  tatami_list_start(0, list);
  tatami_sem_wait(Done, 2);
  memset(image, 0, sizeof image); // It has left.
  tatami_sem_wait(Ready, 1);
  checkWindow(previous, 4, 128, 2, 64, 0, 0, 0, 0);
  tatami_list_wait(0);
  CHECK(tatami_list_idle(0));
  tatami_barrier_all();

  // One row and 70 bytes around the image are zeros that nobody stores.
  fill(node);
  tatami_barrier_all();
  list[0] = tatami_list_push(tatami_remote(next, window), corner(-1, -64), 320 + 64);
  tatami_list_rows(&list[0], 6, sizeof image[0], sizeof window[0]);
  tatami_list_pad(&list[0], 1, 1, 70, 65);
  tatami_list_signal_after(&list[0], Ready, 1);
  tatami_list_start(3, list);
  tatami_sem_wait(Ready, 1);
  checkWindow(previous, 6, 384, -1, -64, 1, 1, 70, 65);
  tatami_list_wait(3);
  tatami_barrier_all();
}

static void pulls(int node, int next) {
  fill(node);
  tatami_barrier_all();
  list[0] = tatami_list_pull(window, tatami_remote(next, corner(-2, -64)), 384, Done);
  tatami_list_rows(&list[0], 7, sizeof window[0], sizeof image[0]);
  tatami_list_pad(&list[0], 2, 1, 64, 128);
  tatami_list_start(1, list);
  tatami_sem_wait(Done, 1);
  checkWindow(next, 7, 384, -2, -64, 2, 1, 64, 128);
  // Rows backwards, into every second row.
  memset(window, 0xee, sizeof window);
  list[0] = tatami_list_pull(window[6], tatami_remote(next, image), 64, Done);
  tatami_list_rows(&list[0], 4, -2 * (int)sizeof window[0], sizeof image[0]);
  tatami_list_start(1, list);
  tatami_sem_wait(Done, 1);
  for (int r = 0; r < 8; ++r)
    CHECK(window[r][5] == (r % 2 ? 0xee : imageOf(next, 3 - r / 2, 5)));
  // Nothing but padding.
  list[0] = tatami_list_pull(window, tatami_remote(next, image), 64, Done);
  tatami_list_pad(&list[0], 1, 0, 0, 0);
  tatami_list_start(1, list);
  tatami_sem_wait(Done, 1);
  CHECK(window[0][0] == 0 && window[0][63] == 0 && window[0][64] == 0xee);
  tatami_barrier_all();
}

static void multicasts(int node) {
  fill(node);
  tatami_barrier_all();
  // The first node of each row of nodes sends to its row, itself included.
  const int row = tatami_y();
  if (tatami_x() == 0) {
    list[0] = tatami_list_multicast(tatami_rect(0, row, 3, row), window, image[1], 192);
    tatami_list_rows(&list[0], 5, sizeof image[0], sizeof window[0]);
    tatami_list_pad(&list[0], 0, 2, 0, 1);
    list[1] = tatami_list_multicast_signal(tatami_rect(0, row, 3, row), Ready, 3);
    tatami_list_chain(list, 2);
    tatami_list_start(2, list);
  }
  tatami_sem_wait(Ready, 3);
  checkWindow(row * 4, 5, 192, 1, 0, 0, 2, 0, 1);
  tatami_barrier_all();
}

// A token that a list passes on as soon as it comes, ten times round the ring
// of nodes, while the threads only wait for the end.
static void conditions(int node, int next) {
  enum { Rounds = 10 };
  tatami_barrier_all();
  list[0] = tatami_list_wait_for(Turn, 1);
  list[1] = tatami_list_signal(next, Turn, 1);
  tatami_list_done(&list[1], Count, 1);
  list[2] = tatami_list_loop(list, Rounds - 1);
  tatami_list_chain(list, 3);
  tatami_list_start(0, list);
  if (node == 0)
    tatami_sem_post(Turn, 1);
  tatami_list_wait(0);
  CHECK(tatami_sem_value(Count) == Rounds);
  tatami_sem_wait(Count, Rounds);
  tatami_barrier_all();
  if (node == 0)
    tatami_sem_wait(Turn, 1); // It came round once more.
  CHECK(tatami_sem_value(Turn) == 0);
}

// A list that a thread holds back, and one that runs meanwhile.
static void heldBack(int next) {
  tatami_barrier_all();
  list[0] = tatami_list_signal(next, Ready, 1);
  tatami_list_when(&list[0], Go, 3);
  tatami_list_start(0, &list[0]);
  list[1] = tatami_list_wait_for(Done, 0);
  tatami_list_done(&list[1], Done, 1);
  tatami_list_start(1, &list[1]);
  tatami_sem_wait(Done, 1);
  tatami_sem_post(Go, 2);
  for (int i = 0; i < 100; ++i)
    tatami_pause();
  CHECK(!tatami_list_idle(0));
  CHECK(tatami_sem_value(Go) == 2);
  tatami_sem_post(Go, 1);
  tatami_sem_wait(Ready, 1);
  tatami_list_wait(0);
  CHECK(tatami_sem_value(Go) == 0);
  tatami_barrier_all();
}

// A packet a cycle leaves a node, and a descriptor takes four cycles to fetch.
static void rate(int node) {
  static uint8_t data[2][64 * 64] __attribute__((aligned(64)));
  uint64_t cycles[4];
  for (int i = 0; i < 4 && node == 0; ++i) {
    const int packets = i == 0 ? 16 : 64;
    for (int d = 0; d < 2; ++d)
      list[d] = tatami_list_push(tatami_remote(3, data[d]), data[d], 64 * packets);
    tatami_list_chain(list, i == 2 ? 2 : 1);
    const uint64_t begin = tatami_cycles();
    tatami_list_start(0, list);
    tatami_list_wait(0);
    cycles[i] = tatami_cycles() - begin;
  }
  if (node == 0) {
    CHECK(cycles[1] - cycles[0] == 64 - 16);
    // The first packet of the next descriptor leaves four cycles after the last.
    CHECK(cycles[2] - cycles[1] == 64 + 4 - 1);
    CHECK(cycles[3] == cycles[1]);
  }
  tatami_barrier_all();
}

int main(void) {
  const int node = tatami_node(), count = tatami_node_count();
  const int next = (node + 1) % count, previous = (node + count - 1) % count;
  for (int i = 0; i < TATAMI_LISTS; ++i)
    CHECK(tatami_list_idle(i));
  pushes(node, next, previous);
  pulls(node, next);
  multicasts(node);
  conditions(node, next);
  heldBack(next);
  rate(node);
  return checked();
}
