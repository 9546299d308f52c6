#!/usr/bin/env bash
# An installed toolchain works in any prefix, and without the build tree's help.
# usage: install.sh BUILD SOURCE
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cmake --install "$1" --prefix "$work/prefix" >"$work/log"
bin="$work/prefix/bin"
cat >"$work/t.cpp" <<'CPP'
#include <array>
#include <cmath>
#include <cstdio>
#include <span>
#include <tatami.h>
double last(std::span<const double> values) { return values.back(); }
int main() {
  std::array values = {1.0, std::sqrt(2.0)};
  std::printf("node %d of %d: %.3f\n", tatami_node(), tatami_node_count(), last(values));
}
CPP
cat >"$work/t.c" <<'C'
#include <math.h>
#include <stdio.h>
#include <tatami.h>
int main(void) { printf("node %d of %d: %.3f\n", tatami_node(), tatami_node_count(), sqrt(2.0)); }
C
for program in "clang $work/t.c" "clang++ -std=c++20 $work/t.cpp"; do
  # Words: a compiler, its options, a source.
  "$bin"/tatami-$program -O2 -o "$work/t.elf"
  "$bin/tatami-run" --machine mesh-4x4 "$work/t.elf" >"$work/out"
  [ "$(grep -c 'of 16: 1.414' "$work/out")" = 16 ] ||
    { cat "$work/out"; echo "install: wrong output of $program" >&2; exit 1; }
done
"$bin/tatami-objdump" -d "$work/t.elf" >"$work/dump"
grep -q '<main>:' "$work/dump" || { echo "install: tatami-objdump does not disassemble" >&2; exit 1; }
if strings "$bin/tatami-clang" | grep -F "$1/lib" >&2; then
  echo "install: tatami-clang still names the build tree" >&2; exit 1
fi
