#!/usr/bin/env python3
# A roofline (standard input, JSON) whose points are below its ceilings.
# usage: tatami-prof report FILE --roofline --json | check-roofline.py NAME
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
import json
import sys

# Chosen. Up to 16 vector instructions go on when a function is left, and its
# caller waits for them; no example calls one as short as that.
ROUNDING = 1.001

name = sys.argv[1]
report = json.load(sys.stdin)
bad = 0
for roofline in report["roofline"]:
    for point in roofline["functions"] + [roofline["run"]]:
        least, most = point["flops_per_second"], point["most_flops_per_second"]
        roof = point["attainable_flops_per_second"]
        if not least <= most <= max(least, roof) or least > roof * ROUNDING:
            print(f"{name}: {point['function']} of the {roofline['scope']} does {least:.4g} to {most:.4g} "
                  f"FLOP/s, {roof:.4g} are attainable", file=sys.stderr)
            bad = 1
calculates = report["run"]["total"]["flops"] > 0
if calculates and not all(r["functions"] for r in report["roofline"]):
    print(f"{name}: calculates, and has no point", file=sys.stderr)
    bad = 1
sys.exit(bad)
