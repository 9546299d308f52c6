#!/usr/bin/env bash
# Runs examples with timing remembered and with the plain model: statistics and
# output must be the same. usage: same-timing.sh quick|all BUILD SOURCE
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -euo pipefail
which="$1" build="$2" source="$3"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
failures=0

# compare NAME OPTION... IMAGE ARGUMENT... : files of the program go to /data.
compare() {
  local name="$1"
  shift
  for timing in reference d1; do
    "$build/bin/tatami-run" --timing $timing --dir "$work::/data" --stats "$work/$timing.json" "$@" >"$work/$timing.out" 2>/dev/null
    # All but what the host took.
    grep -v '"host_' "$work/$timing.json" >"$work/$timing.stats"
  done
  if cmp "$work/reference.stats" "$work/d1.stats" && cmp "$work/reference.out" "$work/d1.out"; then
    echo "$name: the same"
  else
    echo "$name: differs" >&2
    diff "$work/reference.stats" "$work/d1.stats" | head -20 >&2 || true
    failures=1
  fi
}

images="$build/examples"
for level in generic v3 v4; do
  # A host may lack a level.
  "$build/bin/tatami-run" --host-level $level "$images/01-hello.elf" >/dev/null 2>&1 || continue
  compare "01-hello $level" --host-level $level "$images/01-hello.elf"
  compare "02-saxpy $level" --host-level $level "$images/02-saxpy.elf"
  compare "03-gemm $level" --host-level $level "$images/03-gemm.elf" /data/c.bin
done
compare "01-hello on a die" --machine die "$images/01-hello.elf"
compare "03-gemm-mesh" --machine mesh-4x4 "$images/03-gemm-mesh.elf" /data/c.bin
compare "05-gemm-kernel" "$images/05-gemm-kernel.elf"
compare "05-gemm-tile" --machine mesh-4x4 "$images/05-gemm-tile.elf" /data/c.bin 7
if [ "$which" = all ]; then
  "$source/examples/04-fashion-mnist/unpack.sh" "$work"
  compare "04-fashion-mnist" --machine mesh-4x4 "$images/04-fashion-mnist.elf" /data 1 2560 320
  compare "05-gemm-tile on a die" --machine die "$images/05-gemm-tile.elf" /data/c.bin 7
fi
exit $failures
