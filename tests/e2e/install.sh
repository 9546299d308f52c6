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
#include <cmath>
#include <cstdio>
#include <tatami.h>
int main() { std::printf("node %d of %d: %.3f\n", tatami_node(), tatami_node_count(), std::sqrt(2.0)); }
CPP
cp "$work/t.cpp" "$work/t.c"
sed -i 's/<cmath>/<math.h>/; s/<cstdio>/<stdio.h>/; s/std:://g; s/main()/main(void)/' "$work/t.c"
"$bin/tatami-clang" -O2 "$work/t.c" -o "$work/t.elf"
"$bin/tatami-run" --machine mesh-4x4 "$work/t.elf" >"$work/out"
[ "$(grep -c 'of 16: 1.414' "$work/out")" = 16 ] || { cat "$work/out"; echo "install: wrong output" >&2; exit 1; }
"$bin/tatami-objdump" -d "$work/t.elf" >"$work/dump"
grep -q '<main>:' "$work/dump" || { echo "install: tatami-objdump does not disassemble" >&2; exit 1; }
if strings "$bin/tatami-clang" | grep -F "$1/lib" >&2; then
  echo "install: tatami-clang still names the build tree" >&2; exit 1
fi
