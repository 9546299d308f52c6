#!/usr/bin/env bash
# Types the session of README.md: every line after "$ ", in its order.
# usage: readme.sh BUILD SOURCE
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -euo pipefail
build="$1" source="$2"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/build"
ln -s "$build" "$work/build/release"
cd "$work"

# The lines between "$ cat > sum.c" and the next "$" are the program.
session="$(sed -n '/^## A short session/,/^`tatami-run`/p' "$source/README.md" | grep '^    ' | sed 's/^    //')"
program="$(sed -n '/^\$ cat > sum.c/,/^\$ build/p' <<<"$session" | sed '1d;$d')"
[ -n "$program" ] || { echo "readme: error: no program found in README.md" >&2; exit 1; }
printf '%s\n' "$program" >sum.c
commands="$(grep '^\$ build' <<<"$session" | sed 's/^\$ //')"
[ "$(wc -l <<<"$commands")" = 3 ] || { echo "readme: error: expected three commands, found: $commands" >&2; exit 1; }
while read -r command; do
  echo "\$ $command"
  eval "$command" >out 2>err || { cat out err >&2; echo "readme: error: '$command' failed" >&2; exit 1; }
  head -5 out err
  case "$command" in
  *tatami-run*) grep -q '^7.48' out || { echo "readme: error: wrong result" >&2; exit 1; }
                grep -q ' cycles, ' err || { echo "readme: error: no line of cycles" >&2; exit 1; } ;;
  *tatami-objdump*) grep -q '<main>:' out || { echo "readme: error: no disassembly" >&2; exit 1; } ;;
  esac
done <<<"$commands"

# The profiler's commands, in their order.
profiler="$(sed -n '/^## Where the cycles went/,/^Recording/p' "$source/README.md" | grep '^    build' | sed 's/ *#.*//')"
[ "$(wc -l <<<"$profiler")" = 4 ] || { echo "readme: error: expected four commands, found: $profiler" >&2; exit 1; }
while read -r command; do
  echo "\$ $command"
  $command >out 2>err || { cat out err >&2; echo "readme: error: '$command' failed" >&2; exit 1; }
  case "$command" in
  *' run '*) grep -q 'bound by: ' err || { echo "readme: error: no bottleneck" >&2; exit 1; } ;;
  *' html '*) grep -q '</html>' gemm.html || { echo "readme: error: no page" >&2; exit 1; } ;;
  *) [ "$(wc -l <out)" -gt 5 ] || { echo "readme: error: no table" >&2; exit 1; } ;;
  esac
done <<<"$profiler"

# And every file and folder that README.md names is there.
for path in $(grep -oE '\]\(([A-Za-z0-9/._-]+)\)' "$source/README.md" | tr -d '[]()') scripts/demo scripts/test isa emulator compiler runtime examples tests bench docs; do
  [ -e "$source/$path" ] || { echo "readme: error: README.md names '$path', which does not exist" >&2; exit 1; }
done
