#!/usr/bin/env bash
# Idealised machines: the same bits as the machine, the same cycles whether timing
# is remembered or not and for any number of host threads, and profiles that add
# up. On one node, on many, and on several dies that become one part.
# usage: ideal.sh BUILD SOURCE
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -euo pipefail
build="$1" source="$2"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
run="$build/bin/tatami-run" bad=0
mkdir data
fail() { echo "$*" >&2; bad=1; }

# one NAME IDEALS OPTION... -- IMAGE ARGUMENTS: statistics to NAME, without what
# the host took and what was asked for; the program's output and file beside it.
one() {
  local name="$1" ideals="$2"
  shift 2
  rm -f data/*
  "$run" ${ideals:+--ideal "$ideals"} --dir data::/data --stats stats.json --profile "$name.prof" "$@" >"$name.bits" 2>"$name.err" ||
    fail "$name: $(cat "$name.err")"
  cat data/* >>"$name.bits" 2>/dev/null || true
  grep -v '"host_' stats.json >"$name.stats"
  "$build/bin/profile-sums" "$name.prof" >"$name.sums" || fail "$name with $ideals: $(cat "$name.sums")"
}

# compare IDEALS... , then the program: each against the machine, and with itself.
compare() {
  local ideals=()
  while [ "$1" != run ]; do ideals+=("$1"); shift; done
  shift
  one machine "" "$@"
  for i in "${ideals[@]}"; do
    one first "$i" --host-threads 1 "$@"
    one second "$i" --host-threads 2 --timing reference "$@"
    cmp machine.bits first.bits || fail "$i changes the results of $*"
    cmp first.bits second.bits || fail "$i: other results with --timing reference of $*"
    cmp first.stats second.stats || fail "$i: other figures with --timing reference of $*"
    grep -qF "\"${i%%,*}\"" first.stats || fail "$i: the statistics do not say so"
    echo "$i: the same bits; $(sed -E 's/.*: ([0-9]+ cycles).*/\1/' machine.err | tail -1), then $(sed -E 's/.*: ([0-9]+ cycles).*/\1/' first.err | tail -1)"
  done
}

examples="$build/examples"
compare loads=0 branches=perfect issue=infinite vector-queue=1,sram-ports=2x,matrix=2x \
  loads=0,scalar=0,simd=0,accumulators=0,branches=perfect,issue=infinite,hostcalls=free \
  run "$examples/03-gemm.elf" /data/c.bin
compare mesh=free links=4x barriers=free,mesh=free \
  run --machine mesh-4x4 "$examples/03-gemm-mesh.elf" /data/c.bin

# Four dies of two by two nodes.
cat >dies.json <<'JSON'
{"schema": 1, "name": "dies", "columns": 4, "rows": 4, "die_columns": 2, "die_rows": 2, "die_crossing_cycles": 50}
JSON
for form in BARRIERS PUSH; do
  "$build/bin/tatami-clang" -O2 -DFORM=$form -DN=40 -DDISTANCE=1 "$source/tests/e2e/profiler/forms.c" -o $form.elf
  compare mesh=free barriers=free crossing=1 links=4x,crossing=7 buffers=4x run --machine dies.json $form.elf
done
exit $bad
