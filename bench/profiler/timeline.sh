#!/usr/bin/env bash
# What recording costs the host: a run without, with a profile, and with a
# timeline, one after the other, again and again.
# usage: bench/profiler/timeline.sh [REPEATS]     each figure is the least of REPEATS (5)
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -euo pipefail
cd "$(dirname "$0")/../.."
repeats="${1:-5}"
bin="${BIN:-build/release/bin}"
examples="${EXAMPLES:-build/release/examples}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# CPU seconds of the process: other loads of the host matter less.
seconds() {
  /usr/bin/time -f "%U %S" -o "$work/time" "$bin/tatami-run" --host-threads 1 "$@" >/dev/null 2>&1
  awk '{ print $1 + $2 }' "$work/time"
}

printf '%-34s %8s %8s %9s %7s\n' "run" "plain, s" "profile" "timeline" "MB"
while read -r machine name nodes; do
  image="$examples/$name.elf"
  for _ in $(seq "$repeats"); do
    seconds --machine "$machine" "$image" >> "$work/plain"
    seconds --machine "$machine" --profile "$work/p" "$image" >> "$work/profile"
    seconds --machine "$machine" --profile "$work/t" --timeline --timeline-nodes "$nodes" "$image" >> "$work/timeline"
  done
  least() { sort -g "$work/$1" | head -1; }
  awk -v n="$name, $machine, $nodes nodes" -v a="$(least plain)" -v b="$(least profile)" \
      -v c="$(least timeline)" -v m="$(stat -c %s "$work/t")" 'BEGIN {
    printf "%-34s %8.2f %7.2fx %8.2fx %7.2f\n", n, a, b / a, c / a, m / 1e6 }'
  rm "$work"/plain "$work"/profile "$work"/timeline
done <<'RUNS'
node 03-gemm 1
mesh-4x4 04-fashion-mnist 16
mesh-4x4 06-allreduce 16
die 03-gemm-mesh 16
die 06-allreduce 354
RUNS
