// What collectives refuse. usage: misuse.elf CASE
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <stdlib.h>
#include <tatami.h>
#include <tatami/collectives.h>

static tatami_group group, unaligned[2];
static float data[64] __attribute__((aligned(64)));

int main(int argc, char **argv) {
  const int number = argc > 1 ? atoi(argv[1]) : -1;
  if (number >= 5)
    tatami_group_init(&group, tatami_all_nodes(), 0);
  switch (number) {
  case 0:
    tatami_group_init(&group, tatami_rect(0, 0, 4, 0), 0);
    break;
  case 1: // Node (3, 3) is not in it.
    tatami_group_init(&group, tatami_rect(0, 0, 2, 3), 0);
    break;
  case 2:
    tatami_group_init(&group, tatami_all_nodes(), 34);
    break;
  case 3:
    tatami_group_init(&group, tatami_rect(2, 0, 1, 0), 0);
    break;
  case 4:
    tatami_group_init((tatami_group *)((char *)unaligned + 32),
                      tatami_all_nodes(), 0);
    break;
  case 5:
    tatami_all_reduce_f32(&group, TATAMI_SUM, data, data, 10);
    break;
  case 6:
    tatami_broadcast(&group, data + 1, 64, 0);
    break;
  case 7:
    tatami_gather(&group, data, data, 64, 16);
    break;
  }
  return 0;
}
