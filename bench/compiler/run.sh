#!/usr/bin/env bash
# Instructions that compiled code executes, ours beside clang 22's for rv64gc, on
# the programs in programs/. Both compilers get the same sources and flags; the
# whole program counts, and nothing but the program runs (support.c). rv64gc has
# no vectors: "scalar" tells both not to vectorise, "-O2" is each one's default.
# usage: [MARCH=rv64gc_zba_zbb_zbs] bench/compiler/run.sh [PROGRAM ...]
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -euo pipefail
cd "$(dirname "$0")/../.."
bin="${BIN:-build/release/bin}"
here=bench/compiler
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

cc -O2 -shared -fPIC $here/InstructionCount.c -o "$work/count.so"

# build COMPILER FLAGS... : $program to $work/image; memcpy may not become a call
# of itself
build() {
  "$@" -c $here/support.c -fno-builtin -o "$work/support.o" || exit 1
  "$@" -c "$here/programs/$program.c" -o "$work/program.o" || exit 1
}
fail() { echo "run.sh: error: $program ($1) does not give the expected result" >&2; exit 1; }

rv64() {
  build clang-22 --target=riscv64 -march="${MARCH:-rv64gc}" -mabi=lp64d "$@"
  ld.lld-22 -static "$work/program.o" "$work/support.o" -o "$work/image"
  QEMU_CPU=rv64,zba=true,zbb=true,zbs=true qemu-riscv64 -plugin "$work/count.so,out=$work/count" "$work/image" || fail rv64
  head -1 "$work/count"
}
ours() {
  build $bin/tatami-clang "$@"
  $bin/tatami-ld "$work/program.o" "$work/support.o" -o "$work/image"
  $bin/tatami-run --timing off --stats "$work/stats.json" "$work/image" 2>/dev/null || fail tatami
  grep -m1 '"instructions"' "$work/stats.json" | tr -dc 0-9
}

programs=("$@")
[ ${#programs[@]} -gt 0 ] || programs=($(cd $here/programs && ls -- *.c | sed 's/\.c$//'))
scalar="-fno-vectorize -fno-slp-vectorize"
printf '%-12s | %10s %10s %6s | %10s %10s %6s\n' program "rv64 scalar" tatami ratio "rv64 -O2" tatami ratio
for program in "${programs[@]}"; do
  # One by one: a failure in any ends the run.
  a=$(rv64 -O2 $scalar); b=$(ours -O2 $scalar); c=$(rv64 -O2); d=$(ours -O2)
  echo "$program $a $b $c $d"
done | awk '
  { printf "%-12s | %11d %10d %6.3f | %10d %10d %6.3f\n", $1, $2, $3, $3/$2, $4, $5, $5/$4
    s += log($3/$2); d += log($5/$4); fflush() }
  END { if (NR) printf "%-12s | %29.3f | %28.3f\n", "geomean", exp(s/NR), exp(d/NR) }'
