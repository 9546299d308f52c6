#!/usr/bin/env bash
# Bad input gets one clear sentence and a non-zero exit; a wrong program gets a
# trap that names function and line. usage: bad-input.sh BUILD SOURCE
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -uo pipefail
bin="$1/bin"
. "$(dirname "${BASH_SOURCE[0]}")/expect.sh"

program() { cat >p.c; "$bin/tatami-clang" -O1 -g p.c -o p.elf || bad=1; }

echo "just text" >text.txt
echo 'int main(void) { return 7; }' | program
head -c 100 p.elf >truncated.elf
expect status 7 err 'cycles' "$bin/tatami-run" p.elf
expect text-file 1 err 'text.txt.*(not an ELF|ELF)' "$bin/tatami-run" text.txt
expect truncated 1 err 'truncated.elf' "$bin/tatami-run" truncated.elf
expect missing 1 err 'missing.elf' "$bin/tatami-run" missing.elf
expect other-machine 1 err 'tatami-run.*(machine|Tatami)' "$bin/tatami-run" "$bin/tatami-run"
expect wrong-flag 2 err 'fast' "$bin/tatami-run" --fast p.elf
expect clang-flag 1 err 'unknown argument.*-fwrong-flag' "$bin/tatami-clang" -fwrong-flag p.c
expect linker-flag 1 err 'wrong-flag' "$bin/tatami-ld" --wrong-flag p.o

sed 's/"hop_cycles"/"hop_cicles"/' "$1/lib/tatami/machines/mesh-4x4.json" >m.json
expect machine-key 1 err 'm.json.*hop_cicles' "$bin/tatami-run" --machine m.json p.elf

expect profile-untimed 2 err 'profile needs cycles, and --timing off has none; d1' "$bin/tatami-run" --profile f.prof --timing off p.elf
expect profile-and-trace 2 err 'profile and --trace cannot' "$bin/tatami-run" --profile f.prof --trace f.txt p.elf
expect profile-restored 2 err 'profile cannot begin in the middle' "$bin/tatami-run" --profile f.prof --restore f.checkpoint p.elf
expect profile-checkpoint 2 err 'profile and --checkpoint-every cannot' "$bin/tatami-run" --profile f.prof --checkpoint-every 9 p.elf
cp p.elf same.elf
expect profile-of-itself 2 err 'same.elf: is the image' "$bin/tatami-run" --profile same.elf same.elf
expect stats-of-itself 2 err 'same.elf: is the image' "$bin/tatami-run" --stats ./same.elf same.elf
cmp p.elf same.elf || bad=1
echo 'the one before' >f.prof
expect profile-not-begun 1 err 'node has no node 99' "$bin/tatami-run" --profile f.prof --timeline-nodes 99, --timeline p.elf
expect profile-not-ended 1 err 'nowhere' "$bin/tatami-run" --profile f.prof --dir nowhere::. p.elf
grep -q 'the one before' f.prof && [ ! -e f.prof.unfinished ] || { echo "a run that does not begin must leave the profile before it" >&2; bad=1; }
expect profile-nowhere 1 err 'nowhere/f.prof: cannot be written: No such file' "$bin/tatami-run" --profile nowhere/f.prof p.elf
expect profile-full 1 err '/dev/full: cannot be written' "$bin/tatami-run" --profile /dev/full p.elf

expect ideal-key 2 err "'ports' is no part.*there are loads, .*hostcalls" "$bin/tatami-run" --ideal ports=2x p.elf
expect ideal-value 2 err "'9x' is no value of sram-ports; it can be 1x to 7x" "$bin/tatami-run" --ideal sram-ports=9x p.elf
expect ideal-bare 2 err "'branches' has no value; it can be branches=perfect" "$bin/tatami-run" --ideal branches p.elf
expect ideal-twice 2 err 'loads is given twice, as 0 and as 1' "$bin/tatami-run" --ideal loads=0,mesh=free --ideal loads=1 p.elf
expect ideal-untimed 2 err 'with --timing off there are none' "$bin/tatami-run" --ideal loads=0 --timing off p.elf
expect ideal-unit 2 err 'unit has no pipeline' "$bin/tatami-run" --ideal loads=0 --timing unit p.elf

echo 'static char big[2000000]; int main(void) { big[5] = 1; return big[7]; }' >big.c
expect too-big 1 err 'big' "$bin/tatami-clang" big.c -o big.elf
echo 'int missing(int); int main(void) { return missing(1); }' >undefined.c
expect undefined 1 err 'undefined.*missing' "$bin/tatami-clang" -g undefined.c -o undefined.elf

program <<'C'
int table[4];
__attribute__((noinline)) void poke(long i) { table[i] = 1; }
int main(void) { poke(1l << 30); return 0; }
C
expect out-of-bounds 134 err 'out-of-bounds' "$bin/tatami-run" p.elf
grep -q 'poke' err && grep -q 'p.c:2' err || { echo "out-of-bounds: no function and line:" >&2; cat err >&2; bad=1; }
program <<'C'
__attribute__((noinline)) int divide(int a, int b) { return a / b; }
int main(int argc, char **argv) { return divide(7, argc - 1); }
C
expect division 134 err 'divide-by-zero' "$bin/tatami-run" p.elf
program <<'C'
int main(void) { for (;;) __asm__ volatile("nop"); }
C
expect endless 124 err 'max-cycles' "$bin/tatami-run" --max-cycles 100000 p.elf
program <<'C'
__attribute__((noinline)) int deep(int n) { volatile char a[1000]; a[n % 1000] = 1; return deep(n + 1) + a[3]; }
int main(void) { return deep(0); }
C
expect stack 134 err 'stack-overflow' "$bin/tatami-run" p.elf
program <<'C'
int main(void) { __builtin_trap(); }
C
expect trap 134 err 'breakpoint' "$bin/tatami-run" p.elf
program <<'C'
#include <tatami.h>
int main(void) { tatami_sem_wait(3, 1); return 0; }
C
expect deadlock 134 err 'deadlock' "$bin/tatami-run" p.elf
program <<'C'
#include <stdio.h>
int main(void) { return fopen("/etc/passwd", "r") ? 1 : 0; }
C
expect no-grant 0 err 'cycles' "$bin/tatami-run" p.elf
exit $bad
