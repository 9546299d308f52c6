// Regions as programs may have them: threads of a node with one each at the same
// time, one of no name, many names, and, with an argument, one in which it traps.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <stdio.h>
#include <tatami.h>

static float Sums[4];

static void work(void *name) {
  tatami_region_begin(name);
  float x = 1;
  for (int i = 0; i < 3000; ++i)
    x = x * 0.5f + 0.25f;
  Sums[tatami_thread()] = x;
  tatami_region_end();
}

int main(int argc, char **argv) {
  (void)argv;
  tatami_region_begin("all");
  tatami_thread_start(1, work, "left");
  tatami_thread_start(2, work, "right");
  work("");
  tatami_thread_join(1);
  tatami_thread_join(2);
  tatami_region_end();
  for (int i = 0; i < 300; ++i) {
    char name[8];
    snprintf(name, sizeof name, "r%d", i);
    tatami_region_begin(name);
    Sums[0] += 1;
    tatami_region_end();
  }
  if (argc > 1) {
    tatami_region_begin("last");
    __builtin_trap();
  }
}
