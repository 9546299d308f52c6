#!/usr/bin/env bash
# Output and statistics of programs on a machine of several dies are the same for
# any number of host threads. usage: host-threads.sh TATAMI_RUN MACHINE IMAGE...
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -euo pipefail
run=$1 machine=$2
shift 2
[ $# -gt 0 ] || { echo "host-threads.sh: no image" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for image in "$@"; do
  for threads in 1 2 3; do
    "$run" --machine "$machine" --host-threads $threads --max-cycles 100000000 \
      --stats "$work/stats" "$image" >"$work/$threads" 2>"$work/errors" ||
      { cat "$work/$threads" "$work/errors" >&2; exit 1; }
    grep -v host_seconds "$work/stats" >>"$work/$threads"
    cmp "$work/1" "$work/$threads" ||
      { echo "host-threads.sh: $image differs with $threads host threads" >&2; exit 1; }
  done
done
