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

for program in ring imbalance pipeline poll parts ranges; do
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

# Lists are tracks, with what they move and wait for, and who woke them.
"$bin/tatami-clang" -O2 -g -DLISTS "$here/programs.c" -o lists.elf
"$bin/tatami-run" --machine mesh-4x4 --profile lists.prof --timeline lists.elf 2>/dev/null
"$bin/tatami-prof" trace lists.prof -o lists.json
python3 "$here/check-trace.py" lists.json > /dev/null
python3 - lists.json <<'PYTHON'
import json, sys
events = json.load(open(sys.argv[1]))["traceEvents"]
tracks = {(e["pid"], e["args"]["name"]): e["tid"] for e in events if e.get("name") == "thread_name"}
def on(node, list):
    track = (node + 1, tracks[node + 1, f"list {list}"])
    return [e for e in events if e["ph"] == "X" and (e["pid"], e["tid"]) == track]
names = [[e["name"] for e in on(node, list)] for node, list in ((0, 2), (1, 1))]
assert names == [["semaphore", "move"]] * 2, names
wait, move = on(0, 2)
assert wait["args"]["woken by"] == "node 0 thread 0", wait
assert move["args"]["packets"] == 2048 // 64 + 1, move  # The last is the signal.
assert move["ts"] >= wait["ts"] + wait["dur"] and move["dur"] > 0, (wait, move)
wait, move = on(1, 1)
assert wait["args"]["woken by"] == "node 0 list 2", wait
arrows = {}
for e in events:
    if e["ph"] in "sf":
        arrows.setdefault(e["id"], []).append((e["pid"], e["tid"]))
for source, target in (((0, "thread 0"), (0, "list 2")), ((0, "list 2"), (1, "list 1")), ((0, "list 2"), (0, "thread 0"))):
    ends = [(node + 1, tracks[node + 1, name]) for node, name in (source, target)]
    assert ends in arrows.values(), (source, target)
assert not [e for e in events if e["ph"] == "X" and e["pid"] > 2 and e["name"] in ("semaphore", "move")]
PYTHON

# When the events are as large as they may be, recording stops, and all say so.
"$bin/tatami-clang" -O2 -g -DEVENTS "$here/programs.c" -o events.elf
"$bin/tatami-run" --machine mesh-4x4 --profile whole.prof --timeline events.elf 2>/dev/null
"$bin/tatami-run" --machine mesh-4x4 --profile limit.prof --timeline --timeline-limit 1 --stats limit-stats.json events.elf 2>/dev/null
"$bin/tatami-run" --machine mesh-4x4 --profile without.prof events.elf 2>/dev/null
"$bin/tatami-prof" trace limit.prof -o limit.json 2> notes
grep -qE "recording stopped in cycle [0-9]+, .*\(--timeline-limit\)" notes || fail "nobody is told of the limit: $(cat notes)"
python3 "$here/check-trace.py" limit.json > /dev/null
"$bin/tatami-prof" report --json limit.prof > limit-report.json
"$bin/tatami-prof" report --json without.prof > without-report.json
python3 - <<'PYTHON'
import json, os, re
size = {name: os.path.getsize(name + ".prof") for name in ("whole", "limit", "without")}
events = {name: size[name] - size["without"] for name in ("whole", "limit")}
assert events["whole"] > 1100000, size     # Else it is not reached.
assert 500000 < events["limit"] < 1000000, size
trace = json.load(open("limit.json"))
notes = trace["otherData"]["notes"]
stopped = int(re.search(r"stopped in cycle (\d+)", " ".join(notes))[1])
cycles = json.load(open("limit-stats.json"))["cycles"]
assert 0.3 * cycles < stopped < cycles, (stopped, cycles)
last = max(e["ts"] + e.get("dur", 0) for e in trace["traceEvents"] if e["ph"] != "M")
assert abs(last * 2000 - stopped) < 1, (last, stopped)
# The profile is that of the whole run.
a, b = (json.load(open(name + "-report.json")) for name in ("limit", "without"))
assert a["run"]["cycles"] == cycles and a["rows"] == b["rows"]
PYTHON

# Of a large machine it has some nodes, and says which.
"$bin/tatami-run" --machine die --profile die.prof --timeline imbalance.elf 2>/dev/null
"$bin/tatami-prof" trace die.prof -o die.json 2> notes
python3 "$here/check-trace.py" die.json > /dev/null
"$bin/tatami-prof" html die.prof -o die.html
python3 - <<'PYTHON'
import json, re
trace = json.load(open("die.json"))
note = re.search(r"the timeline has 16 of the 354 nodes: ([\d, ]+) \(--timeline-nodes", open("notes").read())
assert note, open("notes").read()
assert note[0] in " ".join(trace["otherData"]["notes"]), trace["otherData"]
nodes = [int(n) for n in note[1].split(", ")]
assert len(set(nodes)) == 16, nodes
assert {e["pid"] for e in trace["traceEvents"]} == {n + 1 for n in nodes}
PYTHON

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
