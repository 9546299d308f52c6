#!/usr/bin/env bash
# CPU seconds of "-O2 -c" over the programs of gcc.c-torture/execute (Debian's
# gcc-12-source), ours beside clang 22's for riscv64. Both see each program in
# turn, so that a noisy machine disturbs both; programs that either refuses (gcc's
# own language, headers of another C library) are left out of both sums.
# usage: bench/compiler/compile-time.sh [EVERY]   (every how many-th; default 1)
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -euo pipefail
cd "$(dirname "$0")/../.."
every="${1:-1}"
ours="${BIN:-build/release/bin}/tatami-clang"
theirs="clang-22 --target=riscv64 -march=rv64gc -mabi=lp64d ${RISCV_HEADERS:--isystem /usr/riscv64-linux-gnu/include}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

archives=(/usr/src/gcc-12/gcc-12*.tar.xz)
[ -e "${archives[0]}" ] || { echo "compile-time.sh: error: install Debian's package gcc-12-source" >&2; exit 1; }
tar -C "$work" -xf "${archives[0]}" --strip-components=4 --wildcards '*/gcc/testsuite/gcc.c-torture/execute/*'

flags="-std=gnu17 -w -Wno-implicit-int -Wno-int-conversion -Wno-implicit-function-declaration
  -Wno-incompatible-function-pointer-types -Wno-return-mismatch -O2"
# User and system seconds of a command, on the standard output.
TIMEFORMAT='%3U %3S'
seconds() { { time "$@" >/dev/null 2>&1 || status=1; } 2>&1 | awk '{ print $1 + $2 }'; }

while read -r name; do
  source="$work/execute/$name"
  options=$(sed -n 's/.*{ *dg-\(additional-\)\?options *"\([^"]*\)" *}.*/\2/p' "$source")
  rm -f "$work/a.o" "$work/b.o"
  b=$(seconds $theirs $flags $options -c "$source" -o "$work/b.o")
  a=$(seconds $ours $flags $options -c "$source" -o "$work/a.o")
  if [ -e "$work/a.o" ] && [ -e "$work/b.o" ]; then echo "$name $a $b"; else echo "$name" >>"$work/refused"; fi
done < <(cd "$work/execute" && printf '%s\n' *.c ieee/*.c | awk -v n="$every" '(NR - 1) % n == 0') >"$work/times"

awk '{ a += $2; b += $3; printf "%.3f %s %.3f %.3f\n", $2 - $3, $1, $2, $3 | "sort -gr | head -5" }
  END { close("sort -gr | head -5")
    printf "%d programs: tatami-clang %.2f s, clang-22 for riscv64 %.2f s, ratio %.3f\n", NR, a, b, a / b }' "$work/times"
[ ! -e "$work/refused" ] || echo "left out: $(wc -l <"$work/refused")"
