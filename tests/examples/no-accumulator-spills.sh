#!/bin/bash
# No example spills an accumulator: none of its code stores one to the stack.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# usage: no-accumulator-spills.sh OBJDUMP IMAGE...
set -u
objdump=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
seen=0
for image in "$@"; do
  "$objdump" -d "$image" >"$work/text" || exit 1
  # Or this would look for what is never printed.
  seen=$((seen + $(grep -cE '\bacc(st|get)\b' "$work/text")))
  if grep -E '\bacc(st|ld)\b.*\((sp|fp)\)' "$work/text"; then
    echo "no-accumulator-spills.sh: $image spills accumulators" >&2
    exit 1
  fi
done
((seen)) || { echo "no-accumulator-spills.sh: no image reads accumulators" >&2; exit 1; }
