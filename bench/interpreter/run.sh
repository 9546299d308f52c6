#!/usr/bin/env bash
# Speed of tatami-run beside qemu-riscv64 on the same C sources, in one run: the
# best of REPEATS (5). usage: [KERNELS="1 5"] bench/interpreter/run.sh [REPEATS]
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -euo pipefail
cd "$(dirname "$0")/../.."
repeats="${1:-5}"
bin=build/release/bin
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

stat() { grep -m1 "\"$2\"" "$1" | sed -E 's/.*: *([0-9.e+-]+).*/\1/'; }
best() { sort -g | head -1; }

# Seconds of host time that tatami-run reports for itself: ours IMAGE TIMING
ours() {
  for _ in $(seq "$repeats"); do
    $bin/tatami-run --timing "$2" --stats "$work/s.json" "$1" >"$work/out" 2>/dev/null
    stat "$work/s.json" host_seconds
  done | best
}
qemu() {
  for _ in $(seq "$repeats"); do
    local t0 t1; export QEMU_CPU=rv64,v=true,vext_spec=v1.0,vlen=512; t0=$(date +%s%N); qemu-riscv64 "$1" >"$work/qout"; t1=$(date +%s%N)
    awk -v a="$t0" -v b="$t1" 'BEGIN { print (b - a) / 1e9 }'
  done | best
}

printf '%-16s %12s | %9s %9s | %9s %9s | %9s %9s\n' kernel instructions "off s" "M/s" "d1 s" "M/s" "qemu s" "off/qemu"
names=(- xorshift int-matmul sieve fib dot-f32 mma-bf16)
for k in ${KERNELS:-1 2 3 4 5 6}; do
  $bin/tatami-clang -O2 -DKERNEL=$k bench/interpreter/kernels.c -o "$work/k.elf"
  off=$(ours "$work/k.elf" off); instructions=$(stat "$work/s.json" instructions); flops=$(stat "$work/s.json" flops)
  d1=$(ours "$work/k.elf" d1)
  if [ $k -le 5 ]; then
    march=rv64gc; [ $k = 5 ] && march=rv64gcv
    clang-22 --target=riscv64-linux-gnu -march=$march -O2 -static -fuse-ld=lld-22 -DKERNEL=$k bench/interpreter/kernels.c -o "$work/k.rv" 2>/dev/null ||
      riscv64-linux-gnu-gcc -O2 -static -DKERNEL=$k bench/interpreter/kernels.c -o "$work/k.rv"
    q=$(qemu "$work/k.rv")
    cmp -s "$work/out" "$work/qout" || { echo "run.sh: error: kernel $k gives $(cat "$work/out") here and $(cat "$work/qout") on qemu" >&2; exit 1; }
  else
    q=0
  fi
  awk -v n="${names[$k]}" -v i="$instructions" -v o="$off" -v d="$d1" -v q="$q" 'BEGIN {
    printf "%-16s %12d | %9.3f %9.0f | %9.3f %9.0f | %9.3f %9.2f\n", n, i, o, i/o/1e6, d, i/d/1e6, q, (q > 0 ? o/q : 0) }'
  [ $k = 6 ] && awk -v f="$flops" -v o="$off" -v d="$d1" 'BEGIN { printf "mma-bf16: %.1f GFLOP/s untimed, %.1f with d1\n", f/o/1e9, f/d/1e9 }'
done
