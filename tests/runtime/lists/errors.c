// What a program gets for a wrong list.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <string.h>
#include <tatami.h>

static uint8_t block[256] __attribute__((aligned(64)));
static tatami_descriptor list[2];

int main(int argc, char **argv) {
  const char *what = argc > 1 ? argv[1] : "";
#define CASE(NAME) if (!strcmp(what, NAME))
  volatile int number = 0;
  list[0] = tatami_list_push(tatami_remote(0, block), block, sizeof block);
  CASE("zeros") // TRAP zeros: kind 0 does not exist
    memset(list, 0, sizeof list);
  CASE("field") // TRAP field: nodes is not 0, but a push has no use for it
    list[0].nodes = 7;
  CASE("padding") // TRAP padding: there is more padding than block
    tatami_list_pad(&list[0], 0, 0, 256, 64);
  CASE("semaphore") // TRAP semaphore: trap: bad-semaphore
    tatami_list_when(&list[0], number + 64, 1);
  CASE("source") // TRAP source: trap: out-of-bounds
    list[0].local = (void *)0x13ff80;
  CASE("null") // TRAP null: trap: null-access
    list[0].local = 0;
  CASE("alignment") // TRAP alignment: trap: misaligned
    list[0].local = block + 8;
  CASE("target") // TRAP target: trap: bad-remote-address
    list[0].target = (uint64_t)tatami_remote(0, (void *)0x13ff80);
  CASE("node") // TRAP node: trap: disabled-node
    list[0].target = (uint64_t)tatami_remote(9, block);
  CASE("signal to a node") // TRAP signal to a node: trap: disabled-node
    list[0] = tatami_list_signal(77, 0, 1);
  CASE("rectangle") // TRAP rectangle: trap: bad-rectangle
    list[0] = tatami_list_multicast(tatami_rect(1, 0, 0, 0), block, block, 64);
  CASE("outside") // TRAP outside: trap: bad-rectangle
    list[0] = tatami_list_multicast_signal(tatami_rect(0, 0, 5, 0), 0, 1);
  CASE("code") { // TRAP code: trap: store-to-code
    list[0] = tatami_list_pull((void *)0x1000, tatami_remote(0, block), 64, 0);
  }
  CASE("next") // TRAP next: trap: misaligned
    list[0].next = (void *)((char *)list + 72);
  CASE("overflow") { // TRAP overflow: trap: semaphore-overflow
    tatami_list_signal_after(&list[0], 3, 9);
    tatami_sem_post(3, 0xfffffff8);
  }
  CASE("own overflow") { // TRAP own overflow: trap: semaphore-overflow
    tatami_list_done(&list[0], 3, 9);
    tatami_sem_post(3, 0xfffffff8);
  }
  CASE("place") { // TRAP place: list 2, descriptor at 0x
    list[0].rows = 0;
    tatami_list_start(2, list);
    tatami_list_wait(2);
  }
  CASE("deadlock") { // TRAP deadlock: list 1 waits since cycle
    tatami_list_when(&list[0], 5, 2);
    tatami_list_start(1, list);
    tatami_sem_wait(6, 1);
  }
  CASE("what for") { // TRAP what for: semaphore 5 to reach 2 (it is 1)
    tatami_list_when(&list[0], 5, 2);
    tatami_sem_post(5, 1);
    tatami_list_start(1, list);
    tatami_list_wait(1);
  }
  CASE("start") { // TRAP start: trap: misaligned
    tatami_list_start(number, (tatami_descriptor *)(block + 32));
  }
  CASE("busy") { // TRAP busy: trap: bad-list
    tatami_list_when(&list[0], 5, 2);
    tatami_list_start(number + 1, list);
    tatami_list_start(number + 1, list);
  }
  CASE("number") // TRAP number: trap: bad-list
    tatami_list_start(number + 4, list);
  CASE("number of a test") // TRAP number of a test: trap: bad-list
    tatami_list_idle(number + 4);
  CASE("number of a wait") // TRAP number of a wait: trap: bad-list
    tatami_list_wait(number + 4);

  tatami_list_start(0, list);
  tatami_list_wait(0);
  return 0;
}
