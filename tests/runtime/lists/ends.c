// A node's lists end with its program, also one that would go on for ever and
// one that waits. Run on mesh-4x4.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "../device/Check.h"
#include <tatami.h>

static tatami_descriptor endless[2], waiting;

int main(void) {
  if (tatami_node() == 0) {
    endless[0] = tatami_list_signal(1, 0, 1);
    endless[1] = tatami_list_loop(endless, 0);
    tatami_list_chain(endless, 2);
    waiting = tatami_list_wait_for(7, 1);
    tatami_list_start(0, endless);
    tatami_list_start(1, &waiting);
  }
  if (tatami_node() == 1) {
    tatami_sem_wait(0, 5);
    tatami_sem_signal(0, 1, 1);
  }
  if (tatami_node() == 0) {
    tatami_sem_wait(1, 1);
    CHECK(!tatami_list_idle(0) && !tatami_list_idle(1));
  }
  return checked();
}
