#!/usr/bin/env bash
# Timelines and critical paths of programs of which they are known, recorded on
# one and on three threads of the host. usage: run.sh BUILD SOURCE
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -euo pipefail
bin="$1/bin"
here="$2/tests/e2e/timeline"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() { echo "error: $*" >&2; exit 1; }

for program in ring imbalance pipeline ranges; do
  "$bin/tatami-clang" -O2 -g "-D${program^^}" "$here/programs.c" -o $program.elf
  "$bin/tatami-run" --machine mesh-4x4 --stats $program.json $program.elf 2>/dev/null
  for threads in 1 3; do
    "$bin/tatami-run" --machine mesh-4x4 --host-threads $threads --stats recorded.json \
      --profile $program.$threads.prof --timeline $program.elf 2>/dev/null
    # Looking on changes nothing.
    for file in $program recorded; do
      sed -E '/host_seconds/d' $file.json > $file.stats
    done
    cmp $program.stats recorded.stats
    "$bin/tatami-prof" report --critical-path --json $program.$threads.prof > path.$threads.json
    "$bin/tatami-prof" trace $program.$threads.prof -o trace.$threads.json
    python3 "$here/check-path.py" ${program/ranges/any} path.$threads.json recorded.json
  done
  cmp path.1.json path.3.json || fail "$program: the path depends on the host's threads"
  cmp trace.1.json trace.3.json || fail "$program: the timeline depends on the host's threads"
  python3 "$here/check-trace.py" trace.1.json > phases.json
done

# Arrows, ranges, counters and links are there, and what they say.
python3 - trace.1.json phases.json <<'PYTHON'
import collections, json, sys
events = json.load(open(sys.argv[1]))["traceEvents"]
phases = json.load(open(sys.argv[2]))
assert phases["s"] >= 17, phases          # 16 leave the barrier, two wait for posts
ranges = collections.Counter(e["name"] for e in events if e["ph"] == "B")
assert ranges == {"step": 16, 'softmax "quoted"': 48, "other": 1}, ranges
loss = [e["args"]["value"] for e in events if e["ph"] == "C" and e["name"] == "loss" and e["pid"] == 1]
assert loss == [1.0, 0.5, 1 / 3], loss
semaphores = [e["args"]["value"] for e in events
              if e["ph"] == "C" and e["name"] == "semaphore 4" and e["pid"] == 2]
assert semaphores == [1, 0], semaphores
sent = [e["args"]["bytes"] for e in events if e.get("name") == "send store" and e["pid"] == 1]
assert 512 in sent, sent
got = [e["args"] for e in events if e.get("name") == "store from 0" and e["pid"] == 2]
assert {"packets": 8, "bytes": 512} in got, got
assert any(e["ph"] == "C" and e["name"].startswith("links") and sum(e["args"].values()) > 0 for e in events)
PYTHON

# Compressed, of some nodes, of some cycles.
"$bin/tatami-run" --machine mesh-4x4 --profile some.prof --timeline --timeline-nodes 0,5-6 \
  --timeline-from 1000 --timeline-to 20000 ring.elf 2>/dev/null
"$bin/tatami-prof" trace some.prof -o some.json.gz 2> notes
grep -q "3 of the 16 nodes: 0, 5, 6" notes || fail "nobody is told of nodes that are left out"
python3 "$here/check-trace.py" some.json.gz > /dev/null
"$bin/tatami-run" --machine mesh-4x4 --profile corners.prof --timeline --timeline-nodes 4 \
  ring.elf 2>/dev/null
"$bin/tatami-prof" trace corners.prof -o corners.json 2> notes
grep -q "4 of the 16 nodes: 0, 3, 12, 15" notes || fail "corners come first: $(cat notes)"

# Everything that can be wrong is one sentence.
expect() {
  local status="$1" text="$2"
  shift 2
  local got=0
  "$@" > out 2>&1 || got=$?
  [ $got -eq "$status" ] || fail "$*: status $got"
  grep -qF -- "$text" out || fail "$*: $(cat out)"
}
expect 2 "--timeline needs --profile" "$bin/tatami-run" --timeline ring.elf
expect 2 "'x' is neither" "$bin/tatami-run" --profile p --timeline --timeline-nodes x ring.elf
expect 1 "has no node 16" "$bin/tatami-run" --machine mesh-4x4 --profile p --timeline --timeline-nodes 16, ring.elf
"$bin/tatami-run" --machine mesh-4x4 --profile without.prof ring.elf 2>/dev/null
expect 1 "has no timeline; record it with --timeline" "$bin/tatami-prof" trace without.prof -o x.json
expect 1 "cannot be written" "$bin/tatami-prof" trace ring.1.prof -o /nowhere/x.json
