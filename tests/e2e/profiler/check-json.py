#!/usr/bin/env python3
"""Checks that the figures of tatami-prof's JSON add up and its keys are documented.

usage: check-json.py VERB FILE SCHEMA.md"""
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
import json
import sys


def check(condition, what):
    if not condition:
        sys.exit(f"{sys.argv[2]}: {what}")


def cycles_add_up(entry, what):
    lost = sum(entry["lost_cycles"].values())
    check(entry["cycles"] == entry["issued_cycles"] + lost,
          f"{what}: issued and lost are not all cycles")


def sums_to(rows, total, what):
    for key in ("cycles", "issued_cycles", "executed", "macs", "flops", "sram_bytes"):
        if key in total and rows and key in rows[0]:
            check(sum(row[key] for row in rows) == total[key], f"{what}: {key} do not add up")


def keys_of(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            if key != "lost_cycles":
                yield from keys_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys_of(inner)


verb, path, schema = sys.argv[1:]
data = json.load(open(path))
known = open(schema).read()
for key in sorted(set(keys_of(data))):
    check(f"`{key}`" in known, f"{key} is not in {schema}")
check(data["schema"] == 1, "another schema")
check(data["verb"] == verb, f"verb {data['verb']}")
if verb == "diff":
    check(data["old"]["total"]["cycles"] > 0, "nothing has run")
    for table in ("causes", "functions", "lines"):
        rows = data[table]
        for side in ("old", "new"):
            check(sum(row[f"{side}_cycles"] for row in rows) == data[side]["total"]["cycles"],
                  f"{side} cycles of {table} do not add up")
        for row in rows:
            check(row["change"] == row["new_cycles"] - row["old_cycles"], f"change of {row}")
else:
    total = data["run"]["total"]
    check(total["cycles"] > 0, "nothing has run")
    cycles_add_up(total, "total")
    rows = data.get("rows") or data.get("functions") or data.get("lines") or []
    for row in rows:
        if "lost_cycles" in row:
            cycles_add_up(row, row)
    if verb == "annotate":
        sums_to(data["lines"], data["total"], "lines")
        sums_to(data["instructions"], data["total"], "instructions")
    elif "call_graph" in data:
        graph = data["call_graph"]
        check(sum(node["cycles"] for node in graph) == total["cycles"],
              "the call graph does not add up")
        roots = sum(node["inclusive_cycles"] for node in graph if node["parent"] is None)
        check(roots == total["cycles"], "roots are not everything")
    else:
        sums_to(rows, total, data.get("sort", "functions"))
