#!/usr/bin/env python3
"""Checks a trace against the trace event format.

usage: check-trace.py TRACE.json[.gz]

Every event has the keys of its phase; on each track times do not go back, slices
nest and every B has its E; every arrow has a begin, an end that is not before
it, and begins and ends where there is a slice; every track has a name.
Prints the number of events by phase.

Parsers made by others, which tests do not fetch, have read such traces by hand:
docs/timeline.md says which, and what they saw.
"""
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
import collections
import gzip
import json
import sys

KEYS = {
    "X": {"ts", "dur", "pid", "tid", "name", "cat"},
    "B": {"ts", "pid", "tid", "name", "cat"},
    "E": {"ts", "pid", "tid", "cat"},
    "i": {"ts", "pid", "tid", "name", "cat", "s"},
    "C": {"ts", "pid", "tid", "name", "cat", "args"},
    "M": {"ts", "pid", "tid", "name", "cat", "args"},
    "s": {"ts", "pid", "tid", "name", "id", "cat"},
    "f": {"ts", "pid", "tid", "name", "id", "cat", "bp"},
}


def fail(message):
    sys.exit(f"check-trace.py: {message}")


def main(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rt") as file:
        trace = json.load(file, parse_constant=lambda c: fail(f"{c} is no JSON"))
    if trace["displayTimeUnit"] not in ("ms", "ns"):
        fail("displayTimeUnit")
    phases = collections.Counter()
    named, slices, opened = set(), collections.defaultdict(list), {}
    begins, ends, last, counters = {}, {}, {}, set()
    for event in trace["traceEvents"]:
        phase = event.get("ph")
        phases[phase] += 1
        if phase not in KEYS:
            fail(f"unknown phase: {event}")
        if KEYS[phase] - event.keys():
            fail(f"{KEYS[phase] - event.keys()} missing: {event}")
        if phase == "M":
            if event["name"] == "thread_name":
                named.add((event["pid"], event["tid"]))
            continue
        if event["ts"] < 0:
            fail(f"before the run: {event}")
        if phase == "C":
            for value in event["args"].values():
                if not isinstance(value, (int, float)):
                    fail(f"a counter that is no number: {event}")
            counters.add((event["pid"], event["name"]))
            continue
        track = (event["pid"], event["tid"])
        if phase in "XBE":
            if event["ts"] < last.get(track, 0):
                fail(f"time goes back on track {track}: {event}")
            last[track] = event["ts"]
        if phase == "X":
            if event["dur"] < 0:
                fail(f"ends before it begins: {event}")
            slices[track].append((event["ts"], event["ts"] + event["dur"]))
        elif phase == "B":
            opened.setdefault(track, []).append(event["name"])
        elif phase == "E":
            if not opened.get(track):
                fail(f"E without B: {event}")
            opened[track].pop()
        elif phase in "sf":
            where = begins if phase == "s" else ends
            if event["id"] in where:
                fail(f"the arrow's id is used twice: {event}")
            where[event["id"]] = event
    for track, names in opened.items():
        if names:
            fail(f"B without E on track {track}: {names}")
    for track, spans in slices.items():
        if track not in named:
            fail(f"track {track} has no name")
        stack = []
        for begin, end in spans:
            while stack and stack[-1] <= begin + 1e-9:
                stack.pop()
            if stack and end > stack[-1] + 1e-9:
                fail(f"slices of track {track} overlap at {begin}")
            stack.append(end)
    if begins.keys() != ends.keys():
        fail("arrows without begin or end")
    for number, begin in begins.items():
        end = ends[number]
        if end["ts"] < begin["ts"]:
            fail(f"an arrow goes back in time: {begin} {end}")
        for event in (begin, end):
            spans = slices[(event["pid"], event["tid"])]
            if not any(a - 1e-9 <= event["ts"] <= b + 1e-9 for a, b in spans):
                fail(f"an arrow touches no slice: {event}")
    phases["counters"] = len(counters)
    print(json.dumps(phases))


main(sys.argv[1])
