#!/usr/bin/env bash
# Each misuse ends the program with one clear sentence.
# usage: misuse.sh TATAMI-RUN IMAGE
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -uo pipefail
run="$1" image="$2"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
number=0
while read -r sentence; do
  "$run" --machine mesh-4x4 "$image" "$number" >"$work/out" 2>&1 &&
    { echo "misuse.sh: case $number succeeds" >&2; exit 1; }
  grep -qF "$sentence" "$work/out" ||
    { cat "$work/out" >&2; echo "misuse.sh: case $number: expected '$sentence'" >&2; exit 1; }
  number=$((number + 1))
done <<'SENTENCES'
tatami_group_init: error: the rectangle is not within the machine
tatami_group_init: error: a node that is not in the group calls this
tatami_group_init: error: a group needs 31 of the node's 64 semaphores, a line 19
tatami_group_init: error: the rectangle is not within the machine
tatami_group_init: error: the group is not aligned to 64 bytes
tatami_all_reduce: error: what is transferred is not a multiple of 64 bytes
tatami_broadcast: error: a buffer is not aligned to 64 bytes
tatami_gather: error: no node of the group has this rank
SENTENCES
[ "$number" = 8 ]
