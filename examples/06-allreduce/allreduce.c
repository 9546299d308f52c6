// Latency and bandwidth of the library's all-reduce, by size, against a bound.
// usage: 06-allreduce.elf [BYTES...]
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// All nodes of the machine begin in the same cycle. A time is from the first
// node's call to the last node's return.
#include <stdio.h>
#include <stdlib.h>
#include <tatami.h>
#include <tatami/collectives.h>

enum {
  MostBytes = 256 * 1024,
  MostSizes = 32,
  Values = MostBytes / sizeof(float),
  CrossingCycles = 200, // of a link between dies, as the machine files say
};
typedef tatami_v16f32 V;

static tatami_group group;
static float in[Values] __attribute__((aligned(64)));
static float out[Values] __attribute__((aligned(64)));
// For each size: end, - begin, wrong values, cycles of a local pass.
static int64_t measured[MostSizes][4] __attribute__((aligned(64)));

// Small integers, so that sums are exact in any order: node n has n % 16 plus
// the position's last digits.
static V lanes(int scale) {
  V v;
  for (int i = 0; i < 16; ++i)
    v[i] = (float)(i * scale);
  return v;
}
static void fill(long vectors) {
  const V pattern = lanes(1);
  const float mine = (float)(tatami_group_rank(&group) % 16);
  for (long i = 0; i < vectors; ++i)
    ((V *)in)[i] = pattern + mine + (float)(i % 8);
}
static int64_t countWrong(long vectors) {
  const int size = tatami_group_size(&group), rest = size % 16;
  const float ranks = (float)(size / 16 * 120 + rest * (rest - 1) / 2);
  const V pattern = lanes(size);
  int64_t wrong = 0;
  for (long i = 0; i < vectors; ++i) {
    const V expected = pattern + (ranks + (float)size * (float)(i % 8));
    wrong += __builtin_reduce_add(((V *)out)[i] != expected) != 0;
  }
  return wrong;
}

// What one addition of all values takes on one node.
static int64_t localPass(long vectors) {
  const uint64_t begin = tatami_cycles();
  for (long i = 0; i < vectors; ++i)
    ((V *)out)[i] += ((V *)in)[i];
  return (int64_t)(tatami_cycles() - begin);
}

static void measure(long bytes, int64_t *result) {
  const long vectors = bytes / 64;
  fill(vectors);
  result[3] = localPass(vectors);
  // All nodes agree on a cycle that the slowest has yet to come to.
  static int64_t start[8] __attribute__((aligned(64)));
  start[0] = (int64_t)tatami_cycles();
  tatami_all_reduce_i64(&group, TATAMI_MAX, start, start, 8);
  // Once before, so that the functions of this operation are selected.
  tatami_all_reduce_f32(&group, TATAMI_SUM, in, out, 16);
  while ((int64_t)tatami_cycles() < start[0] + 40000)
    ;
  result[1] = -(int64_t)tatami_cycles();
  tatami_all_reduce_f32(&group, TATAMI_SUM, in, out, bytes / sizeof(float));
  result[0] = (int64_t)tatami_cycles();
  result[2] = countWrong(vectors);
}

// Links of the longest path, and how many of them lead to another die.
static void longestPath(int *hops, int *crossings) {
  static int64_t die[8] __attribute__((aligned(64)));
  die[0] = tatami_die_x();
  die[1] = tatami_die_y();
  tatami_all_reduce_i64(&group, TATAMI_MAX, die, die, 8);
  *crossings = (int)(die[0] + die[1]);
  *hops = tatami_columns() - 1 + tatami_rows() - 1 - *crossings;
}

int main(int argc, char **argv) {
  static long sizes[MostSizes];
  int count = 0;
  for (int i = 1; i < argc && count < MostSizes; ++i)
    sizes[count++] = atol(argv[i]);
  for (long bytes = 64; argc < 2 && bytes <= MostBytes; bytes *= 2)
    sizes[count++] = bytes;

  tatami_group_init(&group, tatami_all_nodes(), 0);
  int hops, crossings;
  longestPath(&hops, &crossings);
  for (int i = 0; i < count; ++i) {
    if (sizes[i] <= 0 || sizes[i] > MostBytes || sizes[i] % 64) {
      if (tatami_rank() == 0)
        fprintf(stderr, "06-allreduce: error: sizes are multiples of 64 up to %d\n", MostBytes);
      return 2;
    }
    measure(sizes[i], measured[i]);
  }
  tatami_all_reduce_i64(&group, TATAMI_MAX, measured[0], measured[0],
                        sizeof measured / sizeof(int64_t));
  if (tatami_rank() != 0)
    return 0;

  int64_t wrong = 0;
  printf("%d nodes, longest path %d hops and %d crossings\n",
         tatami_group_size(&group), hops, crossings);
  printf("  bytes  cycles   bound  local pass  cycles / (bound + pass)  bytes/cycle\n");
  for (int i = 0; i < count; ++i) {
    const int64_t cycles = measured[i][0] + measured[i][1];
    const int64_t bound = 2 * (hops + CrossingCycles * crossings) + 2 * (sizes[i] / 64);
    printf("%7ld %7lld %7lld %11lld %24.2f %12.2f\n", sizes[i], (long long)cycles,
           (long long)bound, (long long)measured[i][3],
           (double)cycles / (double)(bound + measured[i][3]),
           (double)sizes[i] / (double)cycles);
    wrong += measured[i][2];
  }
  printf(wrong ? "%lld vectors are wrong\n" : "all sums are right\n", (long long)wrong);
  return wrong != 0;
}
