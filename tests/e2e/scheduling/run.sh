#!/usr/bin/env bash
# What llvm-mca says of loops with our scheduling model beside what the emulator takes.
# usage: run.sh BUILD SOURCE [vect]
# Loops of kernels.c and of the examples; with `vect` those of gcc.dg/vect at -O3.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -euo pipefail
build="$1" source="$2" what="${3:-kernels}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
compare=("$source/tests/e2e/scheduling/compare-loops.py" --bin "$build/bin" --loop-cycles "$build/bin/loop-cycles")

if [[ $what == kernels ]]; then
  for level in 1 3; do
    "$build/bin/tatami-clang" -O$level "$source/tests/e2e/scheduling/kernels.c" -o "$work/kernels-O$level.elf"
  done
  "${compare[@]}" --run "$work/kernels-O1.elf" --run "$work/kernels-O3.elf" --require 200 0.85 0.95 \
    "$work"/*.elf "$build"/examples/*.elf
  exit
fi

archive=(/usr/src/gcc-12/gcc-12*.tar.xz)
if [[ ! -e ${archive[0]} ]]; then
  echo "run.sh: error: no ${archive[0]}; scripts/setup installs gcc-12-source" >&2
  exit 1
fi
tar -C "$work" -xf "${archive[0]}" --strip-components=4 --wildcards 'gcc-*/gcc/testsuite/gcc.dg/vect/*'
export build work
# Not all of them are for every machine: what does not compile has no loops.
find "$work/vect" -name '*.c' -print0 | xargs -0 -n1 -P2 bash -c 'ulimit -v 4000000
  timeout 60 "$build/bin/tatami-clang" -std=gnu17 -w -O3 -c "$0" -o "$work/$(basename "$0" .c).o" 2>"$work/errors" || true'
"${compare[@]}" --quiet --require 800 0.70 0.85 "$work"/*.o
