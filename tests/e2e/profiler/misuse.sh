#!/usr/bin/env bash
# What tatami-prof does with files, names and programs that are not as they
# should be. usage: misuse.sh BUILD SOURCE
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -uo pipefail
bin="$1/bin"
. "$(dirname "${BASH_SOURCE[0]}")/../expect.sh"
prof="$bin/tatami-prof"


# Does nothing without input.
cat >sum.c <<'C'
#include <stdio.h>
int main(void) {
  int c, sum = 0;
  while ((c = getchar()) != EOF)
    for (int i = 0; i < 20; ++i)
      sum = sum * 31 + c;
  return sum & 1;
}
C
"$bin/tatami-clang" -O1 -g sum.c -o sum.elf || complain "sum.c is not compiled"

# A run that cannot be repeated has no measured speed-up, one that can has.
printf '%2000s' '' | "$prof" run -o input.prof sum.elf >out 2>err
grep -qE '^  bound by: ' err || complain "no bound of a run with input"
! grep -q 'would give' err || complain "a run with another input was taken for a speed-up"
expect repeat 0 err 'bound by: .* would give [0-9.]+x' "$prof" run -o empty.prof sum.elf

# Where to write.
cp sum.elf kept.elf
ln sum.elf same.elf
expect over-image 2 err 'same.elf: is the image' "$prof" run -o same.elf sum.elf
expect over-image-json 2 err 'sum.elf: is the image' "$prof" run --json sum.elf -- sum.elf
cmp -s sum.elf kept.elf || complain "the image was overwritten"
expect over-device 2 err '/dev/null: is no regular file' "$prof" run -o /dev/null sum.elf
expect same-json 2 err 'both the profile and its JSON' "$prof" run -o a.prof --json a.prof sum.elf

# The command line.
expect dashes 0 err 'wrote dashes.prof' "$prof" run -o dashes.prof -- sum.elf
expect dashes-after-options 0 err 'wrote dashes.prof' "$prof" run --timing d1 -o dashes.prof -- sum.elf
expect flag 0 err 'wrote flag.prof' "$prof" run --timeline -o flag.prof sum.elf

"$prof" whatif --help >out
grep -qE '^  links=' out || complain "whatif --help has no table of keys"
for count in 0 -1 1e300 2x; do
  expect "rows-$count" 2 err "'$count' is not a number of rows" "$prof" report --limit=$count empty.prof
done

# Files that are no files.
mkfifo pipe
expect image-folder 1 err '/tmp: cannot be read: it is a directory' "$prof" report --image /tmp empty.prof
expect image-pipe 1 err 'pipe: cannot be read: it is no regular file' "$prof" report --image pipe empty.prof
expect image-folder-whatif 1 err '/tmp: cannot be read: it is a directory' "$prof" whatif --profile empty.prof --image /tmp
expect image-gone 0 err 'moved.elf is not there: functions are addresses' bash -c "cp sum.elf moved.elf && '$prof' run -o moved.prof moved.elf 2>first; rm moved.elf; '$prof' report moved.prof"
# Functions that have no names are told apart by the calls of them.
functions="$("$prof" report -n 100000 moved.prof 2>err | grep -cE ' 0x[0-9a-f]+$')"
instructions="$("$prof" report -n 100000 --sort instruction moved.prof 2>err | grep -c '%  *[0-9a-f]*:\|%.* [0-9a-f]*: ')"
[ "$functions" -gt 1 ] && [ $((4 * functions)) -lt "$instructions" ] ||
  complain "$functions functions without names of $instructions instructions"

# A source that never ends is not read.
{ echo '#line 1 "/dev/zero"'; cat sum.c; } >zero.c
"$bin/tatami-clang" -O1 -g zero.c -o zero.elf || complain "zero.c is not compiled"
"$prof" run --no-whatif -o zero.prof zero.elf 2>first
expect endless-source 0 out 'main' "$prof" annotate -i zero.prof main

# Names cannot give the terminal commands.
name="$(printf 'a\033[31m\302\233b.elf')"
cp sum.elf "$name"
"$prof" run --no-whatif -o name.prof "$name" >out 2>err
"$prof" report name.prof >>out 2>>err
rm "$name"
"$prof" report name.prof >>out 2>>err
"$prof" report --image "$name" name.prof >>out 2>>err
grep -v '^tatami-run: ' err >own.err # Of the profiler only.
! grep -qP '\x1b|\xc2\x9b' out own.err || complain "a name reached the terminal as it is"
grep -qF 'a?[31m?b.elf' out || complain "a strange name is not shown"

# whatif has the machine as it was recorded.
cp "$2/emulator/machines/node.json" own.json
"$prof" run --no-whatif --machine own.json -o own.prof sum.elf 2>first
echo changed >own.json
expect machine-recorded 0 out 'the machine' "$prof" whatif --profile own.prof loads=0

# What was named by relative paths is taken from where it was named.
cat >reads.c <<'C'
#include <stdio.h>
int main(void) {
  FILE *file = fopen("/data/count", "r");
  int count;
  if (!file || fscanf(file, "%d", &count) != 1)
    return 9;
  for (volatile int i = 0; i < count; ++i)
    ;
  return 0;
}
C
"$bin/tatami-clang" -O1 -g reads.c -o reads.elf || complain "reads.c is not compiled"
mkdir -p there/data
echo 5000 >there/data/count
(cd there && "$prof" run --no-whatif --dir data::/data -o ../there.prof ../reads.elf 2>../first)
expect directory 0 out '^ *1\.00x .*\(the machine\)' "$prof" whatif --profile there.prof loads=0
expect directory-same 0 out '"speedup": [2-9]\.' "$prof" whatif --profile there.prof --json loads=0
expect directory-report 0 out 'main \(reads.c\)' "$prof" report there.prof
mv there elsewhere
cp reads.elf now.elf
expect directory-gone 1 err 'the folder data of --dir was named in .*/there, which is not there' "$prof" whatif --profile there.prof --image now.elf loads=0

# What is run again ends with who runs it, however that ends.
cat >ever.c <<'C'
#include <stdio.h>
int main(void) {
  while (getchar() == EOF)
    ;
}
C
"$bin/tatami-clang" -O1 ever.c -o ever.elf || complain "ever.c is not compiled"
echo x | "$prof" run --no-whatif -o ever.prof ever.elf >out 2>err
"$prof" whatif --profile ever.prof loads=0 >out 2>err &
whatif=$!
for _ in $(seq 200); do
  children="$(cat /proc/$whatif/task/*/children 2>err)"
  [ -z "$children" ] || break
  sleep 0.05
done
[ -n "$children" ] || complain "whatif runs nothing"
kill -9 $whatif
wait $whatif 2>err
lives() { [ -e "/proc/$1" ] && ! grep -q '^State:.Z' "/proc/$1/status" 2>/dev/null; }
for child in $children; do
  for _ in $(seq 200); do lives "$child" && sleep 0.05 || break; done
  if lives "$child"; then kill -9 "$child"; complain "a run that nobody waits for goes on"; fi
done

# Output that is lost, and readers that have gone: an error where that is no signal.
cat >gone.py <<'PYTHON'
import os, signal, subprocess, sys
for how, wanted in ((signal.SIG_DFL, -signal.SIGPIPE), (signal.SIG_IGN, 1)):
    reader, writer = os.pipe()
    os.close(reader)
    run = subprocess.run(sys.argv[1:], stdout=writer, stderr=subprocess.PIPE, text=True, timeout=60,
                         restore_signals=False, preexec_fn=lambda: signal.signal(signal.SIGPIPE, how))
    os.close(writer)
    said = [line for line in run.stderr.splitlines() if "error: " in line]
    right = ["tatami-prof: error: standard output: cannot be written"] if wanted == 1 else []
    if run.returncode != wanted or said != right:
        sys.exit(f"{sys.argv[2:]}: status {run.returncode}, not {wanted}, and said {run.stderr!r}")
PYTHON
for verb in "report --json empty.prof" "report --critical-path --json empty.prof" "report empty.prof" "annotate --json -i empty.prof main" \
    "diff --json empty.prof input.prof" "whatif --json --profile empty.prof loads=0" "html empty.prof -o -" "--help"; do
  # shellcheck disable=SC2086 # They are several words.
  python3 gone.py "$prof" $verb 2>err || complain "a reader that has gone: $(cat err)"
done
expect full-json 1 err 'cannot be written' "$prof" run --no-whatif -o full.prof --json /dev/full sum.elf
"$prof" report empty.prof >/dev/full 2>err
[ $? = 1 ] && grep -q 'standard output: cannot be written' err || complain "lost output is no error"
exit $bad
