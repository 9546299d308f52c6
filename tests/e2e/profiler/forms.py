#!/usr/bin/env python3
# Loops and message patterns with a closed form: tatami-prof whatif must give the
# cycles that the form says. Two lengths of a loop are recorded and compared, so
# that what surrounds it does not matter. usage: forms.py BUILD SOURCE
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
import json
import os
import subprocess
import sys
import tempfile

build, source = sys.argv[1:]
here = os.path.join(source, "tests/e2e/profiler")
failures = 0


def program(name):
    return os.path.join(build, "bin", name)


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"forms.py: error: {' '.join(command)} ended with {done.returncode}:\n{done.stderr}")
    return done.stdout


def what_if(form, rounds, machine, ideals, distance=1):
    """Cycles of the machine, and with each of the ideals."""
    image, profile = f"{form}-{rounds}-{distance}.elf", f"{form}-{rounds}-{distance}.prof"
    run(program("tatami-clang"), "-O2", "-g", "-Wall", f"-DFORM={form}", f"-DN={rounds}", f"-DDISTANCE={distance}",
        os.path.join(here, "forms.c"), "-o", image)
    run(program("tatami-run"), "--machine", machine, "--profile", profile, image)
    result = json.loads(run(program("tatami-prof"), "whatif", "--json", "--profile", profile, *ideals))
    assert result["recorded_cycles"] == result["cycles"], "a run repeats"
    assert not result["notes"], result["notes"]
    cycles = {tuple(r["ideals"]): r["cycles"] for r in result["runs"]}
    assert all(r["same_output"] for r in result["runs"])
    return {"": result["cycles"], **{i: cycles[(i,)] for i in ideals}}


def check(form, machine, expected, distance=1, rounds=(100, 300)):
    """EXPECTED: by ideal, cycles of a round."""
    global failures
    ideals = [i for i in expected if i]
    few, many = (what_if(form, n, machine, ideals, distance) for n in rounds)
    for ideal, per_round in expected.items():
        got, want = many[ideal] - few[ideal], per_round * (rounds[1] - rounds[0])
        good = got == want
        failures += not good
        print(f"{'' if good else 'WRONG: '}{form} {ideal or '(the machine)'}: {rounds[1] - rounds[0]} rounds "
              f"take {got} cycles, the form says {want}")


os.chdir(tempfile.mkdtemp(prefix="tatami-forms-", dir=os.getcwd()))
# A round ends with a count down and, when that is there, a branch: 1 cycle that
# overlaps with nothing, and the bubble of a taken branch.
check("LOADS", "node", {"": 16 * 5, "loads=0": 16 / 2 + 2, "loads=1": 16 + 2})
check("GUESSES", "node", {"": 8 + 2, "branches=perfect": 1 + 1})
check("ALUS", "node", {"": 17 / 2 + 0.5 + 2, "issue=infinite": 1 + 2, "scalar=0": 17 / 2 - 0.5 + 2})
check("STORES", "node", {"": 16 + 2, "sram-ports=2x": 16 / 2 + 2, "sram-ports=4x": 16 / 4 + 2})
# To and fro: 1 cycle into the mesh, 1 a hop, 1 out of it; then two for the loop.
for hops in (1, 2, 3):
    check("PINGPONG", "mesh-4x4", {"": 2 * (1 + hops + 1) + 4, "mesh=free": 2 * 1 + 4, "links=4x": 2 * (1 + hops + 1) + 4},
          distance=hops)
# Three cycles for the loop. A free mesh takes one to say that a node is there
# and one to answer. On the machine node 0 takes in one of 16 packets a cycle, the
# farther ones while they come from twice the way, so that the last is the 16th;
# and a cycle each in and out, for its packet and for the answer.
check("BARRIERS", "mesh-4x4", {"": 16 + 4 + 3, "mesh=free": 2 + 3, "barriers=free": 3})
# Two senders share a link; each has one port.
check("PUSH", "mesh-4x4", {"": 2, "links=4x": 1, "mesh=free": 1, "buffers=4x": 2})
# Nothing on the mesh helps those who wait for one that works.
check("UNEVEN", "mesh-4x4", {"": 11, "mesh=free": 11, "barriers=free": 11, "issue=infinite": 3})
for name in os.listdir("."):
    os.remove(name)
os.rmdir(os.getcwd())
sys.exit(failures != 0)
