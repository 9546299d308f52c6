#!/usr/bin/env bash
# What recording costs the host: a run without, with a profile, and with a
# timeline of some nodes, one after the other, again and again, on one thread of
# the host. Then memory and file of a profile of the whole tile.
# usage: bench/profiler/run.sh [REPEATS] [--no-tile]     each figure is the least of REPEATS (5)
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -euo pipefail
cd "$(dirname "$0")/../.."
repeats="${1:-5}"
bin="${BIN:-build/release/bin}"
examples="${EXAMPLES:-build/release/examples}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# CPU seconds of the process: other loads of the host matter less.
TIMEFORMAT="%3U %3S"
seconds() {
  { time "$bin/tatami-run" --host-threads 1 "$@" >/dev/null 2>&1 </dev/null; } 2>"$work/time"
  awk '{ print $1 + $2 }' "$work/time"
}
least() { sort -g "$work/$1" | head -1; }

# row NAME NODES OPTION... IMAGE: NODES have a timeline.
row() {
  local name="$1" nodes="$2"; shift 2
  for _ in $(seq "$repeats"); do
    seconds "$@" >> "$work/plain"
    seconds --profile "$work/p" "$@" >> "$work/profile"
    seconds --profile "$work/t" --timeline --timeline-nodes "$nodes" "$@" >> "$work/timeline"
  done
  awk -v n="$name" -v a="$(least plain)" -v b="$(least profile)" -v c="$(least timeline)" \
      -v p="$(stat -c %s "$work/p")" -v t="$(stat -c %s "$work/t")" 'BEGIN {
    printf "%-34s %8.3f %7.2fx %8.2fx %7.2f %8.2f\n", n, a, b / a, c / a, p / 1e6, t / 1e6 }'
  rm "$work"/plain "$work"/profile "$work"/timeline
}

printf '%-34s %8s %8s %9s %7s %8s\n' "run (nodes with a timeline)" "plain, s" "profile" "timeline" "MB" "MB"
names=(- xorshift int-matmul sieve "fib: a call every dozen")
for k in 1 2 3 4; do
  "$bin/tatami-clang" -O2 -DKERNEL=$k bench/interpreter/kernels.c -o "$work/k.elf"
  row "${names[$k]}, node" 1 "$work/k.elf"
done
row "gemm, 4 threads, node" 1 "$examples/03-gemm.elf"
row "gemm, mesh-4x4 (16)" 16 --machine mesh-4x4 "$examples/03-gemm-mesh.elf"
row "all-reduce, mesh-4x4 (16)" 16 --machine mesh-4x4 "$examples/06-allreduce.elf"
row "stencil, die (354)" 354 --machine die "$examples/07-stencil.elf"
row "gemm, die (16)" 16 --machine die "$examples/05-gemm-tile.elf"
[ "${2:-}" != --no-tile ] || exit 0
/usr/bin/time -f "%M %e" -o "$work/time" "$bin/tatami-run" --machine tile --profile "$work/p" "$examples/05-gemm-tile.elf" >/dev/null 2>&1
awk -v p="$(stat -c %s "$work/p")" '{ printf "profile of gemm on the tile: %.0f s, %.0f MB of memory, file of %.1f MB\n", $2, $1 / 1024, p / 1e6 }' "$work/time"
