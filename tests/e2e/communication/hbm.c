// Blocks to and from the memory of interface processors; what it costs.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <stdio.h>
#include <string.h>
#include <tatami.h>

enum { Block = 16384, Words = Block / 8, Done = 5, Ready = 6 };
static uint64_t Out[Words] __attribute__((aligned(64))), In[Words] __attribute__((aligned(64)));

static __attribute__((noinline)) uint64_t cyclesOfLoad(const uint64_t TATAMI_REMOTE *from) {
  uint64_t begin = tatami_cycles();
  volatile uint64_t word = tatami_load_u64(from);
  (void)word;
  return tatami_cycles() - begin;
}

static __attribute__((noinline)) uint64_t cyclesOfPull(const void TATAMI_REMOTE *from, unsigned bytes) {
  uint64_t begin = tatami_cycles();
  tatami_pull(In, from, bytes, Done);
  tatami_sem_wait(Done, 1);
  return tatami_cycles() - begin;
}

int main(void) {
  const int me = tatami_node(), devices = tatami_interface_count(), nodes = tatami_node_count();
  // Every node has its place in the memory of every device, and reads what its
  // neighbour has written.
  for (int i = 0; i < Words; ++i)
    Out[i] = (uint64_t)me << 32 | (uint64_t)i;
  for (int d = 0; d < devices; ++d)
    tatami_push(tatami_hbm(d, (uint64_t)me << 20), Out, Block);
  tatami_fence();
  tatami_barrier_all();
  const int other = (me + 1) % nodes;
  int wrong = 0;
  for (int d = 0; d < devices; ++d) {
    memset(In, 0, sizeof In);
    tatami_pull(In, tatami_hbm(d, (uint64_t)other << 20), Block, Done);
    tatami_sem_wait(Done, 1);
    for (int i = 0; i < Words; ++i)
      wrong += In[i] != ((uint64_t)other << 32 | (uint64_t)i);
    wrong += tatami_load_u64((const uint64_t TATAMI_REMOTE *)tatami_hbm(d, ((uint64_t)other << 20) + 8)) != In[1];
    // What nobody has written is zero.
    wrong += tatami_load_u64((const uint64_t TATAMI_REMOTE *)tatami_hbm(d, ((uint64_t)me << 20) + Block)) != 0;
  }
  tatami_barrier_all();

  // Alone on the mesh: node 0 lies at the corner, as does the first link.
  if (me == 0) {
    const uint64_t TATAMI_REMOTE *own = (const uint64_t TATAMI_REMOTE *)tatami_remote(0, Out);
    const uint64_t TATAMI_REMOTE *device = (const uint64_t TATAMI_REMOTE *)tatami_hbm(0, 0);
    // The second of each: the same branches have been taken before both.
    uint64_t near = 0, far = 0, small = 0, large = 0;
    for (int i = 0; i < 2; ++i) {
      near = cyclesOfLoad(own);
      far = cyclesOfLoad(device);
      small = cyclesOfPull(device, 64);
      large = cyclesOfPull(device, Block);
    }
    printf("load: %lu more cycles than from the node itself\n", far - near);
    printf("pull: %lu cycles for %d more packets\n", large - small, Block / 64 - 1);
  }
  if (wrong)
    printf("node %d: %d wrong words\n", me, wrong);
  return wrong != 0;
}
