#!/usr/bin/env bash
# What nodes cost the host: compute-bound code on 1, 354 and 8,850 nodes, two host
# threads beside one, start-up and memory of the tile.
# usage: bench/machine/run.sh [REPEATS]     each figure is the best of REPEATS (3)
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -euo pipefail
cd "$(dirname "$0")/../.."
repeats="${1:-3}"
bin=build/release/bin
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
for p in compute idle; do $bin/tatami-clang -O2 "bench/machine/$p.c" -o "$work/$p.elf"; done

stat() { grep -m1 "\"$2\"" "$1" | sed -E 's/.*: *([0-9.e+-]+).*/\1/'; }
# Seconds of the run as tatami-run counts them, the least of all repeats.
seconds() {
  for _ in $(seq "$repeats"); do
    $bin/tatami-run --stats "$work/s.json" "$@" >"$work/out" 2>"$work/err"
    stat "$work/s.json" host_seconds
  done | sort -g | head -1
}

echo "machine  nodes  M instructions/s  M node-cycles/s  ns a node-cycle (of one node: 1.00)   one host thread"
first=""
for row in "node 2000" "die 20" "tile 2"; do
  read -r machine rounds <<<"$row"
  # What a run costs before and after its work is taken off.
  none=$(seconds --machine "$machine" --host-threads 1 "$work/compute.elf" 0)
  before_i=$(stat "$work/s.json" instructions); before_c=$(stat "$work/s.json" cycles)
  all=$(seconds --machine "$machine" --host-threads 1 "$work/compute.elf" "$rounds")
  awk -v m="$machine" -v n="$(stat "$work/s.json" nodes)" -v i="$(stat "$work/s.json" instructions)" -v c="$(stat "$work/s.json" cycles)" \
      -v i0="$before_i" -v c0="$before_c" -v t="$all" -v t0="$none" -v first="$first" 'BEGIN {
    t -= t0; ns = t * 1e9 / (n * (c - c0)); if (first == "") first = ns
    printf "%-8s %5d  %16.0f  %15.0f  %6.2f (%.2f)\n", m, n, (i - i0) / t / 1e6, n * (c - c0) / t / 1e6, ns, ns / first
    print ns > "'"$work"'/ns" }'
  [ -n "$first" ] || first="$(cat "$work/ns")"
done

echo
echo "machine  one host thread, s   two, s   ratio"
for row in "die 100" "tile 4"; do
  read -r machine rounds <<<"$row"
  one=$(seconds --machine "$machine" --host-threads 1 "$work/compute.elf" "$rounds")
  two=$(seconds --machine "$machine" --host-threads 2 "$work/compute.elf" "$rounds")
  awk -v m="$machine" -v a="$one" -v b="$two" 'BEGIN { printf "%-8s %18.2f %8.2f   %5.2f\n", m, a, b, a / b }'
done

echo
tile() { # ARGUMENT WHAT
  /usr/bin/time -f "%e %M" -o "$work/time" $bin/tatami-run --machine tile "$work/idle.elf" $1 2>"$work/err"
  read -r elapsed kilobytes <"$work/time"
  echo "tile, $2: $elapsed s, $((kilobytes / 1024)) MB"
}
tile "" "nodes that only begin and end"
tile touch "64 KB written on each node"
