#!/usr/bin/env bash
# The summary names what three seeded variants of the GEMM example are bound by,
# cause and line; and that the example itself keeps the matrix unit busy.
# usage: seeded.sh BUILD SOURCE
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -euo pipefail
build="$1" source="$2"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
bad=0

# expect VARIANT FILE PATTERN OPTION...: a pattern of the whole line, in which
# @LINE@ stands for any line of the variant that is marked as seeded.
expect() {
  local variant="$1" file="$2" pattern="$3"
  shift 3
  mkdir "$variant"
  "$source/tests/e2e/profiler/seed-gemm.py" "$variant" "$source/examples" "$variant"
  local main=gemm.c
  [ $# = 0 ] || main=gemm_mesh.c
  local options=()
  [ "$variant" != load ] || options=(-mllvm -enable-misched=0 -mllvm -enable-post-misched=0)
  "$build/bin/tatami-clang" -O2 -g -Wall "${options[@]}" -I"$source/examples/common" "$variant/$main" -o "$variant.elf"
  "$build/bin/tatami-prof" run -o "$variant.prof" "$@" "$variant.elf" >"$variant.out" 2>"$variant.summary"
  local lines
  # The variant that is as good as the example has none.
  lines="$({ grep -n '// seeded: ' "$variant/$file" || true; } | cut -d: -f1 | paste -sd '|')"
  pattern="^ *${pattern//@LINE@/($lines)}\$"
  if grep -qE "$pattern" "$variant.summary"; then
    grep 'bound by' "$variant.summary"
  else
    echo "$variant: expected /$pattern/ in:" >&2
    cat "$variant.summary" >&2
    bad=1
  fi
}

gain='1\.[1-9][0-9]x|[2-9]\.[0-9][0-9]x'
expect good gemm_kernel.h 'bound by: matrix unit, [89][0-9] % of peak at gemm_kernel\.h:[0-9]+ \(multiplyPanels\)'
expect load gemm_kernel.h "bound by: operand wait on loads at gemm_kernel\\.h:@LINE@ \\(multiplyPanels\\); removing it would give ($gain)"
expect barrier gemm_kernel.h "bound by: waits at barriers at gemm_kernel\\.h:@LINE@ \\(multiplyPanels\\); removing it would give ($gain)" --machine mesh-4x4
expect link gemm_mesh.c "bound by: the link from node [0-9]+ \\([12], [0-3]\\) to the (east|west), [0-9]+ % busy during waits at semaphores at gemm_mesh\\.c:@LINE@ \\(work\\); links=4x would give ($gain)" --machine mesh-4x4
exit $bad
