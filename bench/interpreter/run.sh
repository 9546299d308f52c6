#!/usr/bin/env bash
# Speed of tatami-run in million instructions a second: untimed, with timing
# remembered (d1) and by the plain model (reference), beside qemu-riscv64 on the
# same C sources, all in one run, each the best of REPEATS (5), the plain model
# once; then GEMM, and a die of nodes. usage: [KERNELS="1 5"] bench/interpreter/run.sh [REPEATS]
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -euo pipefail
cd "$(dirname "$0")/../.."
repeats="${1:-5}"
bin=build/release/bin
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

stat() { grep -m1 "\"$2\"" "$1" | sed -E 's/.*: *([0-9.e+-]+).*/\1/'; }
best() { sort -g | head -1; }

# Seconds of host time that tatami-run reports for itself: ours TIMING ARGUMENT...
ours() {
  local timing="$1" times="$repeats"
  shift
  [ "$timing" != reference ] || times=1
  for _ in $(seq "$times"); do
    $bin/tatami-run --timing "$timing" --stats "$work/s.json" "$@" >"$work/out" 2>/dev/null
    stat "$work/s.json" host_seconds
  done | best
}
qemu() {
  for _ in $(seq "$repeats"); do
    local t0 t1; export QEMU_CPU=rv64,v=true,vext_spec=v1.0,vlen=512; t0=$(date +%s%N); qemu-riscv64 "$1" >"$work/qout"; t1=$(date +%s%N)
    awk -v a="$t0" -v b="$t1" 'BEGIN { print (b - a) / 1e9 }'
  done | best
}

# row NAME SECONDS_OF_QEMU ARGUMENT... : one line for a program.
row() {
  local name="$1" q="$2"
  shift 2
  local reference d1 off instructions flops
  reference=$(ours reference "$@")
  d1=$(ours d1 "$@")
  off=$(ours off "$@")
  instructions=$(stat "$work/s.json" instructions)
  flops=$(stat "$work/s.json" flops)
  awk -v n="$name" -v i="$instructions" -v o="$off" -v d="$d1" -v r="$reference" -v q="$q" -v f="$flops" 'BEGIN {
    printf "%-16s %11d | %7.0f %7.0f %7.0f | %7.2f %9.1f | %8s", n, i, i/o/1e6, i/d/1e6, i/r/1e6, o/d, r/d, (q > 0 ? sprintf("%.2f", o/q) : "-")
    if (f > 0) printf " | %.1f GFLOP/s untimed, %.1f d1", f/o/1e9, f/d/1e9
    printf "\n" }'
}

printf '%-16s %11s | %7s %7s %7s | %7s %9s | %8s\n' program instructions "off M/s" "d1 M/s" "ref M/s" "d1/off" "d1/ref" "off/qemu"
names=(- xorshift int-matmul sieve fib dot-f32 mma-bf16)
for k in ${KERNELS:-1 2 3 4 5 6}; do
  $bin/tatami-clang -O2 -DKERNEL=$k bench/interpreter/kernels.c -o "$work/k.elf"
  q=0
  if [ $k -le 5 ]; then
    march=rv64gc; [ $k = 5 ] && march=rv64gcv
    clang-22 --target=riscv64-linux-gnu -march=$march -O2 -static -fuse-ld=lld-22 -DKERNEL=$k bench/interpreter/kernels.c -o "$work/k.rv" 2>/dev/null ||
      riscv64-linux-gnu-gcc -O2 -static -DKERNEL=$k bench/interpreter/kernels.c -o "$work/k.rv"
    q=$(qemu "$work/k.rv")
  fi
  row "${names[$k]}" "$q" "$work/k.elf"
  [ $k -gt 5 ] || cmp -s "$work/out" "$work/qout" || { echo "run.sh: error: kernel $k gives $(cat "$work/out") here and $(cat "$work/qout") on qemu" >&2; exit 1; }
done
row "gemm, 4 threads" 0 build/release/examples/03-gemm.elf
$bin/tatami-clang -O2 -DKERNEL=3 -DREPEATS=40 bench/interpreter/kernels.c -o "$work/die.elf"
for threads in 1 2; do
  row "die, $threads host thr." 0 --machine die --host-threads $threads "$work/die.elf"
done
