#!/usr/bin/env bash
# Communicating programs have the same results under every timing and end.
# usage: mesh.sh BUILD SOURCE
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -euo pipefail
bin="$1/bin"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

# Every node sends a block to every other, after a computation longer than the
# simulator's quantum: waiting nodes are woken later than the horizon.
cat >all-to-all.c <<'C'
#include <stdio.h>
#include <tatami.h>
static uint32_t out[1024] __attribute__((aligned(64))), in[16][1024] __attribute__((aligned(64)));
int main(void) {
  const int n = tatami_node();
  uint32_t h = n + 1;
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 40000 + 5000 * n; ++i) h = h * 1664525u + 1013904223u;
    for (int i = 0; i < 1024; ++i) out[i] = h + i;
    for (int i = 1; i <= 16; ++i) {
      const uint64_t to = 1ull << 61 | (uint64_t)((n + i) % 16) << 40 | (uint64_t)in[n];
      __builtin_tatami_push(out, to, sizeof out);
      __builtin_tatami_ssig(to, 1, 1);
    }
    __builtin_tatami_swait(1, 16);
    for (int s = 0; s < 16; ++s)
      for (int i = 0; i < 1024; ++i) h = h * 31 + in[s][i];
    tatami_barrier_all();
  }
  printf("%2d %08x\n", n, h);
  return 0;
}
C
# Remote loads and stores, pull, multicast and semaphores, one node after another.
cat >ring.c <<'C'
#include <stdio.h>
#include <tatami.h>
static uint64_t token[8] __attribute__((aligned(64))), seen[8] __attribute__((aligned(64)));
int main(void) {
  const int n = tatami_node(), count = tatami_node_count();
  const uint64_t next = 1ull << 61 | (uint64_t)((n + 1) % count) << 40;
  if (n == 0) token[0] = 1; else __builtin_tatami_swait(2, 1);
  if (n + 1 < count) {
    __builtin_tatami_rsd(token[0] * 3 + n, next | (uint64_t)&token[0]);
    __builtin_tatami_ssig(next, 2, 1);
  } else {
    seen[0] = token[0];
    __builtin_tatami_mcast(seen, (uint64_t)seen, 3ull << 32 | 3ull << 48, sizeof seen);
    __builtin_tatami_mcsig(3ull << 32 | 3ull << 48, 3, 1);
  }
  __builtin_tatami_swait(3, 1);
  static uint64_t copy[8] __attribute__((aligned(64)));
  __builtin_tatami_pull(copy, next | (uint64_t)seen, sizeof copy, 4);
  __builtin_tatami_swait(4, 1);
  const uint64_t direct = __builtin_tatami_rld(next | (uint64_t)&seen[0]);
  printf("%2d %llu %llu %llu\n", n, (unsigned long long)seen[0], (unsigned long long)copy[0], (unsigned long long)direct);
  return seen[0] != copy[0] || seen[0] != direct;
}
C
for program in all-to-all ring; do
  "$bin/tatami-clang" -O2 -g $program.c -o $program.elf
  for options in "--timing d1" "--timing unit" "--timing off" "--host-threads 2"; do
    timeout 60 "$bin/tatami-run" --machine mesh-4x4 $options $program.elf 2>err | sort >"out"
    [ "$(wc -l <out)" = 16 ] || { cat out err >&2; echo "$program $options: expected 16 lines" >&2; exit 1; }
    [ -f expected-$program ] || cp out expected-$program
    cmp out expected-$program || { echo "$program: $options changed the results" >&2; exit 1; }
  done
done
cut -c4- expected-ring | tr ' ' '\n' | sort -u | wc -l | grep -qx 1 || { cat expected-ring >&2; echo "ring: nodes see different tokens" >&2; exit 1; }
