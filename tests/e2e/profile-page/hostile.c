// A program whose names are markup: none of it may become part of the page.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <stdio.h>
#include <tatami.h>

#define HOSTILE "</script><img src=x onerror=document.title='broken'><!--"

static char Room[64 * 32] __attribute__((aligned(64)));
static float Sums[64];

// The name that the symbol table has, and the profile shows.
__attribute__((noinline)) float work(float x) __asm__("<img src=x onerror=work>");
__attribute__((noinline)) float work(float x) {
  for (int i = 0; i < 4000; ++i)
    x = x * 0.5f + Sums[i & 63];
  return x;
}

int main(int argc, char **argv) {
  tatami_region_begin(HOSTILE);
  Sums[0] = work((float)argc);
  tatami_region_end();
  // Everybody's packets go to node 0, so that links near it are busy.
  for (int i = 0; i < 100; ++i)
    tatami_push(tatami_remote(0, Room), Room, sizeof Room);
  tatami_barrier_all();
  if (tatami_node() == 0)
    printf("%d arguments, the last is %s\n", argc, argv[argc - 1]);
}
