#!/usr/bin/env bash
# tatami-prof as a user meets it: what run, report, annotate and diff say of real
# programs, and what they say if something is wrong. usage: verbs.sh BUILD SOURCE
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -uo pipefail
bin="$1/bin" examples="$1/examples" source="$2"
here="$source/tests/e2e/profiler" schema="$source/docs/profile-schema.md"
. "$(dirname "${BASH_SOURCE[0]}")/../expect.sh"
prof="$bin/tatami-prof"

has() { grep -qE -- "$2" "$1" || { complain "$3: no /$2/ in:"; head -30 "$1" >&2; }; }
# json VERB COMMAND...: its JSON adds up
json() {
  local verb="$1"; shift
  if ! timeout 60 "$@" >out.json 2>err || ! "$here/check-json.py" "$verb" out.json "$schema"; then
    complain "'$*' has wrong JSON"; head -5 err >&2
  fi
}
compile() { "$bin/tatami-clang" "$@" || complain "tatami-clang $*"; }

# One function inlined into a recursive one, line numbers known.
cat >tree.c <<'C'
#include <stdio.h>
#include <stdlib.h>
static inline __attribute__((always_inline)) int weigh(int x) { return (x * 7) / 3; }
__attribute__((noinline)) int grow(int depth) {
  if (depth == 0)
    return weigh(depth + 1);
  return grow(depth - 1) + weigh(depth) + grow(depth - 1);
}
int main(int argc, char **argv) {
  int sum = grow(argc > 1 ? atoi(argv[1]) : 8);
  printf("%d\n", sum);
  return 3;
}
C
compile -O1 -g tree.c -o tree.elf
compile -O1 tree.c -o bare.elf

# run: everything passes through.
"$bin/tatami-run" tree.elf 5 >plain.out 2>plain.err
expect run-status 3 out "^$(cat plain.out)$" "$prof" run tree.elf 5
has err 'wrote tatami.prof, [0-9.]+ .?B' run-wrote
has err '^  bound by: ' run-bound
has err 'thread-cycles, 1 of 4 threads ran:' run-threads
plain_cycles="$(grep -oE '[0-9]+ cycles' plain.err)"
has err "tatami-run: $plain_cycles" run-perturbs
has err '^  energy [0-9.]+ .J, [0-9.]+ m?W mean \([0-9]+ % of the published 1.13 W a node\)$' run-energy
# What is printed adds up to 100.0 exactly.
sed -n '/threads ran:/,/^$/p' err | awk '$2 == "%" { sum += $1 * 10 } END { exit int(sum + 0.5) != 1000 }' ||
  complain "the causes of the summary are not 100.0 %"
expect run-output 3 err 'wrote deep.prof' "$prof" run --timing d1 -o deep.prof --json deep.json tree.elf 25
has err 'grow at tree.c:[0-9]' run-functions
"$here/check-json.py" run deep.json "$schema" || bad=1
# The file has its place or an option, as with perf.
"$prof" report deep.prof >place.out && "$prof" report -i deep.prof >option.out && cmp place.out option.out ||
  complain "report -i differs"
expect whatif-input 0 out 'perfect|branches|loads' "$prof" whatif -i deep.prof loads=0
expect run-program-options 3 out '^[0-9]+$' "$prof" run -o own.prof tree.elf -o
expect run-none 2 err 'no image' "$prof" run
expect run-missing 1 err '^tatami-run: error: missing.elf' "$prof" run -o x.prof missing.elf
[ ! -e x.prof ] || ! "$prof" report x.prof >/dev/null 2>&1 || complain "a run that failed left a profile"
expect run-option 2 err '--nosuch' "$prof" run --nosuch tree.elf
expect run-profile 2 err '-o FILE' "$prof" run --profile x tree.elf
expect run-estimate 0 err 'warning:.*estimates' "$prof" run -o e.prof --mesh fast --machine mesh-4x4 "$examples/01-hello.elf"
expect run-cut 124 err 'warning:.*did not end by itself.*max-cycles' "$prof" run -o c.prof --max-cycles 500 tree.elf
has err 'wrote c.prof' run-cut-profile

# The options of tatami-run that take no value are those that run knows.
"$bin/tatami-run" --help | grep -E '^ +(-[a-z],)?--' | grep -vE '^ +(-[a-z],)?--[a-z-]+ [A-Za-z]' |
  grep -oE -- '--[a-z-]+' | sort -u >flags
[ -s flags ] || complain "tatami-run --help has no flags"
while read -r flag; do
  grep -qF -- "\"$flag\"" "$source/emulator/profiler/RunVerb.cpp" || complain "RunVerb.cpp does not know $flag"
done <flags

# report
expect report 0 out '^# tree.elf on node, 1 node, timing d1: [0-9,]+ cycles' "$prof" report
has out 'grow \(tree.c\)' report-function
has out 'weigh \(tree.c\)' report-inlined
"$prof" report --no-inline >out; ! grep -q weigh out || complain "--no-inline shows inlined functions"
expect report-children 0 out '^ *100.00 % +[0-9.]+ % .* _start' "$prof" report --children
expect report-graph 0 out '^ +[0-9.]+ % .*  +main$' "$prof" report -g
for sort in function line instruction cause node context; do
  expect "sort-$sort" 0 out '%' "$prof" report --sort $sort
  json report "$prof" report --json --sort $sort
done
json report "$prof" report --json -g
expect report-energy 0 out '^# energy [0-9.]+ .J, [0-9.]+ m?W mean \([0-9]+ % of the published 1.13 W a node\)$' "$prof" report
expect report-lines 0 out 'tree.c:7  return grow' "$prof" report --sort line -n 200
expect report-limit 0 out '\([0-9]+ more\)' "$prof" report -n 2
expect report-filter 0 out 'grow' "$prof" report --function '^grow$'
[ "$(grep -c 'tree.c' out)" = 1 ] || complain "--function does not filter"
expect report-regex 2 err "'\(' is not a regular expression" "$prof" report --function '('
expect report-sort 2 err "'nosuch' cannot be sorted by; there are function" "$prof" report --sort nosuch
expect report-option 2 err '--nosuch' "$prof" report --nosuch

# annotate
expect annotate 0 out ' 7  +return grow\(depth - 1\)' "$prof" annotate grow
has out 'inlined: weigh, .*tree.c' annotate-inlined
has out ' [0-9a-f]+:  (jal|mul)' annotate-instructions
json annotate "$prof" annotate --json grow
json annotate "$prof" annotate --json --by-address grow
expect annotate-line 0 out '^# tree.c:7: ' "$prof" annotate --line tree.c:7
expect annotate-near 1 err "no function 'grwo'.*did you mean .*'grow'" "$prof" annotate grwo
expect annotate-no-line 1 err 'nearest line with code' "$prof" annotate --line tree.c:2
expect annotate-none 2 err 'FUNCTION or --line' "$prof" annotate
cp tree.c kept.c
sed -i 's/weigh(depth) +/ weigh(depth) +/' tree.c
expect annotate-changed 0 err 'tree.c has changed since it was compiled' "$prof" annotate grow
rm tree.c
expect annotate-no-source 0 err 'tree.c is not there' "$prof" annotate grow
has out ' [0-9a-f]+:  jal' annotate-no-source-instructions
cp kept.c tree.c

# diff: lines are found again when they have moved.
cp tatami.prof old.prof
mkdir moved
{ echo '// One more line.'; sed 's/x \* 7/x * 5/' kept.c; } >moved/tree.c
compile -O1 -g moved/tree.c -o moved/tree.elf
"$prof" run -o new.prof moved/tree.elf 5 >out 2>err
expect diff 0 out 'cycles of the run' "$prof" diff old.prof new.prof
has out 'weigh' diff-function
! grep -q 'return grow' out || complain "diff does not find a line that has moved"
json diff "$prof" diff --json old.prof new.prof
json diff "$prof" diff --json old.prof deep.prof
"$prof" diff old.prof old.prof >out
! grep -qE '[-+][0-9]' out || complain "a profile differs from itself"
expect diff-one 2 err 'new is required' "$prof" diff old.prof
expect diff-missing 1 err 'nosuch.prof: cannot be read' "$prof" diff old.prof nosuch.prof

# No -g, another image, no image.
"$prof" run -o bare.prof bare.elf 5 >out 2>err
has err 'bare.elf: no line information of .*main.*: compile with -g' no-lines-run
expect no-lines 0 out ' grow$' "$prof" report --function grow bare.prof
has err 'compile with -g' no-lines
expect no-lines-annotate 0 out ' [0-9a-f]+:  jal' "$prof" annotate -i bare.prof grow
cp tree.elf old.elf
cp bare.elf tree.elf
expect other-image 1 err 'tree.elf: has changed since .* --image FILE' "$prof" report
expect given-image 0 out 'grow \(tree.c\)' "$prof" report --image old.elf --function '^grow$'
expect wrong-image 1 err 'is not the image that was run' "$prof" report --image bare.elf
rm tree.elf
expect no-image 0 err 'functions are addresses' "$prof" report
has out ' 0x[0-9a-f]+$' no-image-addresses

# Files that are no profiles.
echo text >text.prof
expect not-a-profile 1 err '^tatami-prof: error: text.prof: ' "$prof" report text.prof
head -c 1000 old.prof >short.prof
expect truncated 1 err '^tatami-prof: error: short.prof: ' "$prof" report short.prof
{ head -c 200 old.prof; head -c 64 /dev/zero; tail -c +265 old.prof; } >damaged.prof
expect damaged 1 err '^tatami-prof: error: damaged.prof: ' "$prof" report damaged.prof
expect missing 1 err 'nosuch.prof: cannot be read; "tatami-prof run' "$prof" report nosuch.prof
expect directory 1 err '^tatami-prof: error: ' "$prof" report .

# The command line.
expect no-verb 2 err '^usage: tatami-prof' "$prof"
expect wrong-verb 2 err "'reprot' is no verb of tatami-prof; did you mean 'report'" "$prof" reprot
expect help 0 out '^  annotate +source' "$prof" --help
expect version 0 out '^tatami-prof [0-9]+\.[0-9]' "$prof" --version
for verb in run report annotate diff; do
  expect "help-$verb" 0 out "^usage: tatami-prof $verb \[OPTIONS\]" "$prof" $verb --help
  awk 'length > 80 { exit 1 }' out || complain "$verb --help is wider than 80 columns"
done

# The examples: what a report prints adds up to all that ran.
for image in 01-hello 03-gemm; do
  expect "$image" 0 err 'bound by' "$prof" run -o example.prof "$examples/$image.elf"
  for sort in function line instruction cause node context; do
    json report "$prof" report --json --sort $sort example.prof
  done
  "$prof" report example.prof >out
  awk '$2 == "%" { sum += $1 } END { exit sum < 99.7 || sum > 100.3 }' out ||
    complain "the report of $image is not 100 %"
done
exit $bad
