#!/usr/bin/env bash
# Runs a program that checks itself with several timings: all print the same.
# usage: same-results.sh TATAMI-RUN IMAGE MACHINE TIMING...
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -euo pipefail
run="$1" image="$2" machine="$3"
shift 3
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
for timing in "$@"; do
  "$run" --machine "$machine" --timing "$timing" --max-cycles 2000000000 "$image" >"$work/out" 2>"$work/err" ||
    { cat "$work/out" "$work/err" >&2; echo "same-results.sh: --timing $timing failed" >&2; exit 1; }
  [ -f "$work/first" ] || cp "$work/out" "$work/first"
  cmp "$work/out" "$work/first" ||
    { cat "$work/out" "$work/first" >&2; echo "same-results.sh: --timing $timing changed the results" >&2; exit 1; }
done
grep '^all right, digest [0-9a-f]\{8\}$' "$work/first"
