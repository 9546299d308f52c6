#!/usr/bin/env bash
# Runs a program once for each of its comments "TRAP name: words", with the name as
# argument. It must end with the status of a trap, and what it prints must contain the
# words; with --line also the line of the comment as the place of the trap.
# usage: traps.sh [--line] TATAMI_RUN IMAGE SOURCE [further argument...]
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -euo pipefail
wantLine=
if [ "$1" = --line ]; then wantLine=yes; shift; fi
run=$1 image=$2 source=$3
shift 3
[ $# -gt 0 ] || set -- ""

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
grep -n '// TRAP ' "$source" > "$folder/wanted"
failures=0 count=0
fail() {
  echo "traps.sh: $1" >&2
  cat "$folder/output" >&2
  failures=$((failures + 1))
}
while IFS= read -r entry; do
  line=${entry%%:*}
  text=${entry#*// TRAP }
  name=${text%%:*} words=${text#*: }
  for argument in "$@"; do
    count=$((count + 1))
    status=0
    "$run" --max-cycles 100000000 "$image" "$name" ${argument:+"$argument"} \
      > "$folder/output" 2>&1 < /dev/null || status=$?
    if [ $status != 134 ]; then
      fail "'$name' $argument ends with status $status instead of 134"
    elif ! grep -qF -- "$words" "$folder/output"; then
      fail "'$name' $argument does not say '$words'"
    elif grep -qF __clang_trap_msg "$folder/output"; then
      fail "'$name' $argument shows a function that the compiler invented"
    elif [ -n "$wantLine" ] && ! grep -qF -- "$(basename "$source"):$line" "$folder/output"; then
      fail "'$name' $argument does not name line $line"
    fi
  done
done < "$folder/wanted"
[ $count -gt 0 ] || { echo "traps.sh: $source has nothing to trap" >&2; exit 1; }
echo "$count traps, $failures wrong"
[ $failures = 0 ]
