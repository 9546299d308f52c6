#!/usr/bin/env bash
# Communicating programs: the order that the mesh promises, and one result for any
# number of host threads, any addresses of the host, any timing and any latencies.
# usage: run.sh BUILD SOURCE PART [SEEDS]
#   litmus     what is forbidden never happens, what is allowed is seen
#   hbm        memory behind the rim, and its formulas
#   traffic    random programs, seeds 1 to SEEDS
#   examples   the examples of the build
#   errors     programs that go wrong, on any host
#   counters   what a program reads of itself and what is written of it
#   checkpoint a run that goes on from a checkpoint is the run that never stopped
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -euo pipefail
bin="$1/bin"
build="$1" source="$2"
here="$2/tests/e2e/communication"
part="$3"
seeds="${4:-20}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() { echo "$part: $*" >&2; exit 1; }
compile() { "$bin/tatami-clang" -O2 -Wall -Wextra -Werror "$here/$1.c" -o "$1.elf"; }

# Machines of several dies, so that windows, boxes and edges have their part.
cat >dies.json <<'JSON'
{"schema": 1, "name": "dies", "columns": 6, "rows": 6, "die_columns": 2, "die_rows": 3, "die_crossing_cycles": 40,
 "open_pulls": 2}
JSON
cat >slow.json <<'JSON'
{"schema": 1, "name": "slow", "columns": 6, "rows": 6, "die_columns": 3, "die_rows": 2, "die_crossing_cycles": 170,
 "hop_cycles": 3, "credit_cycles": 2, "buffer_depth": 5, "inject_cycles": 4, "eject_cycles": 7,
 "request_queue_depth": 3, "reply_queue_depth": 2, "die_edge_bytes_per_cycle": 90}
JSON
cat >rim.json <<'JSON'
{"schema": 1, "name": "rim", "columns": 4, "rows": 4, "die_columns": 2, "die_rows": 4, "die_crossing_cycles": 40,
 "interface_processors": [{"side": "west", "first": 0, "last": 3}, {"side": "south", "first": 2, "last": 3}],
 "interface_cycles": 30, "hbm_cycles": 50}
JSON

# run NAME OPTIONS... : output to NAME.out, statistics without the host's seconds
# to NAME.json.
where=() # what runs tatami-run
run() {
  local name="$1"; shift
  "${where[@]}" "$bin/tatami-run" --stats "$name.stats" "$@" >"$name.out" 2>"$name.err" || fail "exit $? of $* ($(head -3 "$name.err"))"
  grep -v host_seconds "$name.stats" >"$name.json"
}
same() { # NAME NAME WHAT
  cmp -s "$1.out" "$2.out" || fail "$3: another output"
  cmp -s "$1.json" "$2.json" || fail "$3: other statistics"
}
# Runs with other numbers of host threads and other addresses give what NAME gave.
sameOnAnyHost() { # NAME THREADS... -- OPTIONS...
  local name="$1" threads=(); shift
  while [ "$1" != -- ]; do threads+=("$1"); shift; done; shift
  local n
  for n in "${threads[@]}"; do
    run other --host-threads "$n" "$@"
    same "$name" other "$n host threads: $*"
  done
}
# Profiles of one run; see ProfileSums.cpp.
addUp() { # WHAT PROFILE PROFILE
  "$bin/profile-sums" "$2" "$3" 2>sums || fail "$1: $(head -3 sums)"
}
sameWithoutRandomisation() { # NAME OPTIONS...
  local name="$1"; shift
  where=(setarch -R)
  run other "$@"
  where=()
  same "$name" other "without address randomisation: $*"
}

litmus() {
  compile litmus
  for machine in dies.json slow.json mesh-4x4; do
    for seed in 1 2 3; do run "l$seed" --machine "$machine" litmus.elf "$seed"; done
  done
  run l1 --machine dies.json litmus.elf 1
  cat l1.out
  # A test that cannot see the weak order would prove nothing.
  for name in "signal on another path" "store buffering" "independent reads"; do
    grep -E "^$name +allowed [1-9]" l1.out >/dev/null || fail "$name: the allowed order was never seen"
  done
}

hbm() {
  compile hbm
  run h --machine rim.json hbm.elf
  cat h.out
  # Of the node itself: request and reply enter and leave. Of the device: the
  # rim's link stands for leaving there and for entering there, and the memory's
  # own time comes on top.
  grep -F "load: $((30 + 50 + 30 - 1 - 1)) more cycles" h.out >/dev/null || fail "latency is not that of the formula"
  grep -F "pull: 255 cycles for 255 more packets" h.out >/dev/null || fail "a node's port takes one packet a cycle"
  sameOnAnyHost h 1 2 3 -- --machine rim.json hbm.elf
  # Slow memory is the bound: 16 bytes a cycle are four cycles a packet.
  sed 's/"hbm_cycles"/"hbm_bytes_per_cycle": 16, "hbm_cycles"/' rim.json >narrow.json
  run n --machine narrow.json hbm.elf
  grep -F "pull: $((255 * 4)) cycles" n.out >/dev/null || fail "the memory's rate is not that of the formula"
}

traffic() {
  compile traffic
  for seed in $(seq "$seeds"); do
    run d1 --host-threads 1 --machine dies.json traffic.elf "$seed"
    sameOnAnyHost d1 2 3 8 -- --machine dies.json traffic.elf "$seed"
    # The same bits whatever time things take.
    run off --timing off --machine dies.json traffic.elf "$seed"
    cmp -s d1.out off.out || fail "seed $seed: other bits with --timing off"
    run unit --timing unit --machine slow.json traffic.elf "$seed"
    cmp -s d1.out unit.out || fail "seed $seed: other bits on a slow machine"
    run reference --timing reference --machine dies.json traffic.elf "$seed"
    sed 's/"reference"/"d1"/' reference.json >r.json && cp reference.out r.out
    same d1 r "seed $seed: the reference scoreboard"
    run p --profile p.prof --host-threads 3 --machine dies.json traffic.elf "$seed"
    same d1 p "seed $seed: with a profile"
    run q --profile q.prof --host-threads 1 --machine dies.json traffic.elf "$seed"
    run r --profile r.prof --timing reference --machine dies.json traffic.elf "$seed"
    addUp "seed $seed" p.prof q.prof
    addUp "seed $seed, plain model" p.prof r.prof
  done
  # Where things lie in the host's memory does not matter either.
  sameWithoutRandomisation d1 --machine dies.json traffic.elf "$seed"
  echo "$seeds random programs"
}

examples() {
  local elf
  for elf in "$build"/examples/*.elf; do
    local options=() name; name="$(basename "$elf" .elf)"
    case "$name" in
    *mesh*|05*|06*|07*) options=(--machine mesh-4x4) ;;
    01*) options=(--machine die) ;;
    04*) continue ;; # Minutes; example-04-fashion-mnist runs it.
    09*) continue ;; # They read a file: below.
    esac
    run e --host-threads 1 "${options[@]}" "$elf"
    sameOnAnyHost e 2 3 8 -- "${options[@]}" "$elf"
    sameWithoutRandomisation e "${options[@]}" "$elf"
    run p --profile p.prof --host-threads 1 "${options[@]}" "$elf"
    same e p "$name: with a profile"
    run q --profile q.prof --host-threads 3 "${options[@]}" "$elf"
    addUp "$name" p.prof q.prof
    echo "$name: the same for 1, 2, 3 and 8 host threads"
  done
  # A small part of the training: all of it takes minutes.
  "$source/examples/04-fashion-mnist/unpack.sh" .
  elf="$build/examples/04-fashion-mnist.elf"
  run p --profile p.prof --host-threads 1 --machine mesh-4x4 --dir .::/data "$elf" /data 1 320 64
  run q --profile q.prof --host-threads 3 --machine mesh-4x4 --dir .::/data "$elf" /data 1 320 64
  same p q "04-fashion-mnist"
  addUp 04-fashion-mnist p.prof q.prof
  run o --dir .::. "$build/examples/09-profiling-operands.elf" operands.bin
  for elf in "$build"/examples/09-profiling-step*.elf; do
    run e --dir .::. "$elf" operands.bin e.bin
    run p --profile p.prof --dir .::. "$elf" operands.bin e.bin
    same e p "$(basename "$elf"): with a profile"
    addUp "$(basename "$elf")" p.prof p.prof
  done
}

# goesWrong NAME MACHINE TEXT... : the program on standard input ends in a trap
# whose report has the texts, the same for any number of host threads.
goesWrong() {
  local name="$1" machine="$2" threads status; shift 2
  { echo '#include <tatami.h>'; cat; } >"$name.c"
  "$bin/tatami-clang" -g -O1 "$name.c" -o "$name.elf"
  for threads in 1 2 3 8; do
    status=0
    "$bin/tatami-run" --machine "$machine" --host-threads "$threads" --stats "$name.stats" "$name.elf" >"$name.out" 2>"$name.err" || status=$?
    [ "$status" = 134 ] || fail "$name: exit $status: $(cat "$name.err")"
    sed -i '/ on the host /d' "$name.err"
    grep -v host_seconds "$name.stats" >>"$name.err"
    [ "$threads" != 1 ] || cp "$name.err" "$name.first"
    cmp -s "$name.first" "$name.err" || fail "$name: $threads host threads report something else: $(diff "$name.first" "$name.err" | head -5)"
  done
  for text in "$@"; do
    grep -F "$text" "$name.err" >/dev/null || fail "$name: '$text' is missing in: $(cat "$name.err")"
  done
}

errors() {
  goesWrong deadlock dies.json "trap: deadlock" "node 0 thread 0 waits since cycle" "for semaphore 7 to reach 1 (it is 0)" \
    "node 35 thread 0" "deadlock.c:4" "deadlock.c:5" <<'C'
int main(void) {
  // Each waits for what the other would do afterwards.
  if (tatami_node() == 0) { tatami_sem_wait(7, 1); tatami_sem_signal(35, 8, 1); }
  if (tatami_node() == 35) { tatami_sem_wait(8, 1); tatami_sem_signal(0, 7, 1); }
  return 0;
}
C
  goesWrong forgotten dies.json "trap: deadlock" "node 3 thread 0" "the barrier of nodes x 0 to 5, y 0 to 5" "7 (has ended)" <<'C'
int main(void) {
  if (tatami_node() != 7) tatami_barrier_all();
  return 0;
}
C
  # Lists of a node that has ended have ended with it; others are named.
  goesWrong ended dies.json "trap: deadlock" "node 0 thread 0 waits" "for semaphore 7 to reach 1" \
    "node 2 list 0 waits since cycle" "for semaphore 9 to reach 3 (it is 0)" <<'C'
static tatami_descriptor item;
int main(void) {
  item = tatami_list_wait_for(9, 3);
  if (tatami_node() == 1 || tatami_node() == 2) tatami_list_start(0, &item);
  if (tatami_node() == 2) tatami_list_wait(0);
  if (tatami_node() == 0) tatami_sem_wait(7, 1);
  return 0;
}
C
  if grep -F "node 1 list" ended.err; then fail "ended: a list of a node that has ended"; fi
  goesWrong post dies.json "trap: semaphore-overflow" "on node 9" "post.c:4" <<'C'
int main(void) {
  for (int i = 0; i < 1000 && tatami_node() == 9; ++i)
    tatami_sem_post(2, 0x10000000);
  tatami_barrier_all();
}
C
  goesWrong signals dies.json "trap: semaphore-overflow" "on node 35" "semaphore 4 is 4026531840; node 0 adds 268435456" <<'C'
int main(void) {
  for (int i = 0; i < 16 && tatami_node() == 0; ++i)
    tatami_sem_signal(35, 4, 0x10000000);
  tatami_barrier_all();
}
C
  goesWrong outside dies.json "trap: bad-remote-address" "on node 1 " "outside.c:5" <<'C'
static char block[128] __attribute__((aligned(64)));
int main(void) {
  if (tatami_node() == 1)
    tatami_push(tatami_remote(2, (void *)(0x140000 - 64)), block, 128);
  tatami_barrier_all();
}
C
  goesWrong disabled die "trap: disabled-node" "on node 0 " "disabled.c:4" <<'C'
int main(void) {
  if (tatami_node() == 0)
    tatami_store_u64((uint64_t TATAMI_REMOTE *)tatami_remote(17, (void *)0x20000), 1);
  tatami_barrier_all();
}
C
  goesWrong empty die "trap: bad-rectangle" "a set of nodes that is empty" "empty.c:4" <<'C'
int main(void) {
  if (tatami_node() == 0)
    tatami_barrier_rect(tatami_rect(17, 0, 17, 5)); // all of them disabled
  tatami_barrier_all();
}
C
  goesWrong turned dies.json "trap: bad-rectangle" <<'C'
int main(void) {
  tatami_barrier_rect(tatami_rect(3, 0, 2, 5));
}
C
  # A node that is not in the set; the host's memory once was hit by it.
  goesWrong stranger die "trap: bad-rectangle" "stranger.c:3" <<'C'
int main(void) {
  if (tatami_node() % 2) tatami_barrier_rect(tatami_rect(tatami_node() / 2 % 8, 19, 16, 19));
}
C
  # What was sent long before a trap has been sent.
  goesWrong sent dies.json "trap: bad-rectangle" "on node 0 " <<'C'
#include <stdio.h>
int main(void) {
  if (tatami_node() == 0) {
    tatami_sem_signal(1, 3, 1);
    for (int i = 0; i < 10000; ++i) tatami_pause();
    tatami_barrier_rect(tatami_rect(3, 0, 2, 0));
  }
  if (tatami_node() == 1) { tatami_sem_wait(3, 1); puts("got it"); }
}
C
  [ "$(cat sent.out)" = "got it" ] || fail "sent: $(cat sent.out)"
  # Closing a stream comes behind what was written to it; a full disk is an error.
  cat >closing.c <<'C'
#include <stdio.h>
#include <unistd.h>
#include <tatami.h>
int main(void) {
  if (tatami_node() == 20) { write(1, "result\n", 7); close(1); }
}
C
  "$bin/tatami-clang" -O1 closing.c -o closing.elf
  [ "$("$bin/tatami-run" --machine dies.json -- closing.elf 2>x.err)" = result ] || fail "closing: nothing printed"
  if "$bin/tatami-run" --machine dies.json closing.elf >/dev/full 2>x.err; then fail "a full disk was no error"; fi
  grep -F "standard output: cannot be written" x.err >/dev/null || fail "full disk: $(cat x.err)"
  goesWrong beyond rim.json "trap: bad-remote-address" "beyond.c:3" <<'C'
int main(void) {
  tatami_store_u64((uint64_t TATAMI_REMOTE *)tatami_hbm(2, 0), 1); // there are 0 and 1
}
C
  # Of traps in several dies, the first in time counts; nothing later is printed.
  goesWrong first dies.json "trap: breakpoint" "on node 14 " <<'C'
#include <stdio.h>
int main(void) {
  for (int i = 0; i < 100 * ((tatami_node() * 7 + 10) % 36); ++i) tatami_pause();
  printf("node %d\n", tatami_node());
  fflush(stdout);
  __builtin_trap();
}
C
  [ "$(cat first.out)" = "node 14" ] || fail "first: $(cat first.out)"
  # Machine files with impossible values name file and key.
  refuses() { # TEXT JSON
    echo "$2" >wrong.json
    if "$bin/tatami-run" --machine wrong.json deadlock.elf 2>x.err; then fail "taken: $2"; fi
    grep -F "wrong.json: " x.err | grep -F "$1" >/dev/null || fail "$2: $(cat x.err)"
  }
  refuses "'hop_cycles' is 0" '{"schema": 1, "columns": 2, "rows": 2, "hop_cycles": 0}'
  refuses "key 'die_columns' is 3" '{"schema": 1, "columns": 4, "rows": 2, "die_columns": 3, "die_rows": 2}'
  refuses "enabled" '{"schema": 1, "columns": 1, "rows": 1, "disabled_nodes": [[0, 0]]}'
}

counters() {
  # What a node has sent is what it has sent by now, replies and lists included.
  cat >sent.c <<'C'
#include <stdio.h>
#include <tatami.h>
static char a[4096] __attribute__((aligned(64)));
int main(void) {
  if (tatami_node() == 1) { tatami_pull(a, tatami_remote(0, a), sizeof a, 1); tatami_sem_wait(1, 1); }
  if (tatami_node() == 0) {
    for (int i = 0; i < 3000; ++i) tatami_pause();
    printf("sent %lu\n", (unsigned long)tatami_packets_sent());
  }
}
C
  "$bin/tatami-clang" -O1 sent.c -o sent.elf
  run s --machine mesh-4x4 sent.elf
  grep -Fx "sent 64" s.out >/dev/null || fail "$(cat s.out)"
  # A region that begins while a list is sending.
  cat >region.c <<'C'
#include <tatami.h>
static char a[65536] __attribute__((aligned(64)));
static tatami_descriptor list;
int main(void) {
  if (tatami_node()) return 0;
  list = tatami_list_push(tatami_remote(1, a), a, sizeof a);
  tatami_list_start(0, &list);
  tatami_region_begin("part");
  tatami_list_wait(0);
  tatami_region_end();
}
C
  "$bin/tatami-clang" -O1 region.c -o region.elf
  run r --machine mesh-4x4 region.elf
  grep -E '"(send|fetch|credit|port)": [0-9]{7,}' r.json >x.out && fail "a counter has wrapped: $(cat x.out)"
  return 0
}

checkpoint() {
  compile traffic
  for options in "--machine dies.json" "--timing off --machine slow.json" "--timing reference --machine dies.json"; do
    for seed in 3 5; do
      # shellcheck disable=SC2086
      run whole $options traffic.elf "$seed"
      rm -f tatami.checkpoint*
      # shellcheck disable=SC2086
      run saving $options --checkpoint-every 17000 traffic.elf "$seed"
      same whole saving "checkpoints: $options $seed"
      [ -s tatami.checkpoint.previous ] || fail "no checkpoint before the last one"
      for file in tatami.checkpoint tatami.checkpoint.previous; do
        # shellcheck disable=SC2086
        run again $options --restore "$file" traffic.elf "$seed"
        cmp -s whole.json again.json || fail "from $file: $options $seed: other statistics"
        # What had been printed before is not printed again.
        tail -c "$(stat -c %s again.out)" whole.out | cmp -s - again.out || fail "from $file: $options $seed: another output"
      done
    done
  done
  # A checkpoint that is cut off, damaged or another program's is refused.
  refused() { # FILE TEXT
    if "$bin/tatami-run" --machine dies.json --restore "$1" "${3:-traffic.elf}" 1 >x.out 2>x.err; then fail "$1 was taken"; fi
    grep -F "$2" x.err >/dev/null || fail "$1: $(cat x.err)"
  }
  run saving --machine dies.json --checkpoint-every 17000 traffic.elf 3
  size="$(stat -c %s tatami.checkpoint)"
  for part in 0 5 16 40 $((size / 2)) $((size - 1)); do
    head -c "$part" tatami.checkpoint >cut; cp tatami.checkpoint.previous cut.previous
    refused cut "the one before it is cut.previous"
  done
  cp tatami.checkpoint damaged
  printf 'x' | dd of=damaged bs=1 seek=$((size / 2)) conv=notrunc 2>dd.err
  refused damaged "checksum"
  compile litmus
  refused tatami.checkpoint "another image" litmus.elf
  refused traffic.elf "is no checkpoint"
}

"$part"
