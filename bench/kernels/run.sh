#!/bin/bash
# Seven loops of plain C at -O3: measured cycles beside what the modelled
# node's busiest unit needs (the reasoning is in each source).
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# usage: bench/kernels/run.sh [--build FOLDER] [--at-least PERCENT] [KERNEL...]
set -u
cd "$(dirname "$0")" || exit 2
build=../../build/release least=0 kernels=()
while (($#)); do
  case $1 in
    --build) build=$2; shift 2 ;;
    --at-least) least=$2; shift 2 ;;
    -*) echo "usage: run.sh [--build FOLDER] [--at-least PERCENT] [KERNEL...]" >&2; exit 2 ;;
    *) kernels+=("$1"); shift ;;
  esac
done
((${#kernels[@]})) || kernels=(dot saxpy reduction stencil gather conditional matmul)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

status=0
printf '%-12s %8s %8s %8s  %s\n' kernel bound cycles "% of it" flags
for kernel in "${kernels[@]}"; do
  # A sum in another order needs permission.
  flags=$(sed -n 's/.*: flags \(-[a-z-]*\).*/\1/p' "$kernel.c")
  # shellcheck disable=SC2086
  "$build/bin/tatami-clang" -O3 $flags "$kernel.c" -o "$work/$kernel.elf" || exit 2
  "$build/bin/tatami-run" --stats "$work/stats.json" "$work/$kernel.elf" \
    >"$work/out" 2>"$work/err" || { cat "$work/out" "$work/err"; exit 1; }
  bound=$(sed -n 's/^bound //p' "$work/out")
  cycles=$(python3 -c 'import json, sys
print(json.load(open(sys.argv[1]))["regions"]["kernel"]["cycles"])' "$work/stats.json")
  percent=$((100 * bound / cycles))
  printf '%-12s %8d %8d %7d%%  %s\n' "$kernel" "$bound" "$cycles" "$percent" "-O3 $flags"
  ((percent >= least)) || status=1
done
exit $status
