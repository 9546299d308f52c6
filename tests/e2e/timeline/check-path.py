#!/usr/bin/env python3
"""Checks a critical path (tatami-prof report --critical-path --json) of a program
of programs.c.

usage: check-path.py ring|imbalance|pipeline|poll|parts|any PATH.json STATS.json
"""
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
import json
import sys


def check(holds, what):
    if not holds:
        sys.exit(f"check-path.py: {sys.argv[1]}: {what}")


program, path_file, stats_file = sys.argv[1:]
with open(path_file) as file:
    path = json.load(file)["critical_path"]
with open(stats_file) as file:
    stats = json.load(file)

# Exactly the run, without gaps, whichever way it is added up.
check(path["cycles"] == stats["cycles"], "another length than the run")
check(sum(path["by_kind"].values()) == path["cycles"], "kinds do not add up")
check(sum(s["cycles"] for s in path["shares"]) == path["cycles"],
      "shares do not add up")
now = 0
for stretch in path["stretches"]:
    check(stretch["from"] == now and stretch["to"] > now, f"a gap at {now}")
    now = stretch["to"]
check(now == path["cycles"], "it does not lead to the end")
check(path["by_kind"]["unknown"] == 0, "some of it is unknown")


def cycles(kind, node=None, function=None):
    return sum(s["to"] - s["from"] for s in path["stretches"]
               if s["kind"] == kind and node in (None, s["node"])
               and function in (None, s["function"]))


def hops(a, b):
    return abs(a % 4 - b % 4) + abs(a // 4 - b // 4)


messages = [s for s in path["stretches"] if s["kind"] == "message"]
if program == "ring":
    # Twice round: from node 0 over all of them, back to it, once more.
    order = [s["node"] for s in messages]
    check(order == list(range(1, 16)) + list(range(16)),
          f"the token went another way: {order}")
    for s in messages:
        # Into the mesh, over it, out of it; nobody else is there.
        wanted = 1 + hops(s["sender"], s["node"]) + 1
        check(s["sender"] == (s["node"] - 1) % 16, "another sender")
        check(s["to"] - s["from"] == wanted,
              f"{s}: a message takes {wanted} cycles")
    # Each works for some samples, which tell it from what is around it.
    check(cycles("compute", function="work") > 0.5 * path["cycles"]
          and cycles("compute", function="work") + cycles("compute", function="main")
          > 0.95 * path["cycles"], "the holders of the token do not work")
elif program == "imbalance":
    check(cycles("compute", node=5, function="work") > 0.9 * path["cycles"],
          "the work of node 5 does not determine the end")
    barriers = [s for s in path["stretches"] if s["kind"] == "barrier"]
    check(any(s["sender"] == 5 for s in barriers), "nobody waits for node 5")
elif program == "pipeline":
    check(cycles("compute", node=2, function="work") > 0.8 * path["cycles"],
          "the work of the slowest stage does not determine the end")
    check(messages, "no item passes")
elif program == "poll":
    check(cycles("compute", node=0, function="work") > 0.9 * path["cycles"],
          "the node that is polled for does not determine the end")
    check([(s["sender"], s["node"], s["function"]) for s in messages]
          == [(0, 1, "poll")], f"another message: {messages}")
elif program == "parts":
    # Two functions that take as long: it is who calls both.
    check(cycles("compute", function="both") > 0.9 * path["cycles"],
          "it is named by a part of it")
