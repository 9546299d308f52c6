#!/usr/bin/env python3
"""Compares what llvm-mca says of loops with what the emulator takes for them.

usage: compare-loops.py --bin FOLDER [--loop-cycles FILE] [--all] [--explain]
                        [--require COUNT WITHIN5 WITHIN10] [--run PROGRAM]... OBJECT...

Every loop of one basic block is taken from the objects' disassembly. The emulator's
scoreboard runs it (loop-cycles); tatami-mca runs it with our scheduling model. A loop
counts if it stays in one queue, because llvm-mca knows no run-ahead of the scalar side:

  scalar   no instruction goes through the vector queue: llvm-mca gets all of it
  vector   the scalar side steps addresses and counts: it accesses no memory, reads
           nothing of the vector side, and alone takes less time than the queue: llvm-mca
           gets the instructions of the queue, the emulator runs all of the loop
  mixed    everything else: shown with --all, never counted

Equal loops count once. --explain prints the code of those that differ by over 5 %.

--run checks loop-cycles itself: the program (kernels.c) is run by tatami-run --timing d1
and prints what each function's inner loop took, which must be what loop-cycles says.
"""
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

# One line of the disassembly: address, four bytes, mnemonic and operands.
LINE = re.compile(r"^ *([0-9a-f]+): ((?:[0-9a-f]{2} ){4}) *\t(\S+)\s*(.*)$")
TARGET = re.compile(r"0x([0-9a-f]+)(?: <[^>]*>)?$")
# These leave the loop, or wait for something that is not in it.
LEAVE = re.compile(r"^(jalr|jr|ret|jal|call|j|halt|hcall|ebreak|spadj|tstart|twait|swait|"
                   r"bar|fence|pause|push|pull|r[ls][dwhb].*|csr.*)$")


class Inst:
    def __init__(self, match):
        self.address = int(match[1], 16)
        self.word = int.from_bytes(bytes.fromhex(match[2]), "little")
        self.mnemonic, self.operands = match[3], match[4].split(" <")[0].strip()
        target = TARGET.search(match[4]) if self.mnemonic.startswith("b") or self.mnemonic in ("j", "jal") else None
        self.target = int(target[1], 16) if target else None


class Loop:
    def __init__(self, name, body):
        self.name, self.body = name, body

    def text(self, keep=lambda kind: True):
        """Assembly of the instructions whose kind is kept; it branches to itself."""
        return [f"  {inst.mnemonic} {TARGET.sub('.', inst.operands) if inst.target else inst.operands}"
                for inst, kind in zip(self.body, self.kinds) if keep(kind)]


def functions(objdump, path):
    text = subprocess.run([objdump, "-d", path], check=True, capture_output=True, text=True).stdout
    name, body = None, []
    for line in text.splitlines():
        if line.endswith(">:"):
            if body:
                yield name, body
            name, body = line.split("<")[1][:-2], []
        elif match := LINE.match(line):
            body.append(Inst(match))
    if body:
        yield name, body


def loops_of(path, objdump):
    for name, body in functions(objdump, path):
        index = {inst.address: i for i, inst in enumerate(body)}
        for end, inst in enumerate(body):
            start = index.get(inst.target) if inst.target is not None else None
            if start is None or start > end or inst.mnemonic in ("j", "jal"):
                continue
            block = body[start:end + 1]
            if any(b.target is not None or LEAVE.match(b.mnemonic) for b in block[:-1]):
                continue
            yield Loop(f"{Path(path).stem}:{name}+{inst.target - body[0].address:#x}", block)


def emulate(loops, tool):
    lines = "".join(f"{i} " + " ".join(f"{inst.word:x}" for inst in loop.body) + "\n"
                    for i, loop in enumerate(loops))
    out = subprocess.run([tool], input=lines, check=True, capture_output=True, text=True).stdout
    for line in out.splitlines():
        i, cycles, iterations, kinds = line.split()
        loops[int(i)].cycles = int(cycles) / int(iterations)
        loops[int(i)].kinds = kinds


def predict(texts, mca):
    """Cycles an iteration that llvm-mca sees for each block, start-up not counted."""
    with tempfile.NamedTemporaryFile("w", suffix=".s") as file:
        for i, lines in enumerate(texts):
            print(f"# LLVM-MCA-BEGIN {i}", *lines, f"# LLVM-MCA-END {i}", sep="\n",
                  file=file)
        file.flush()
        totals = []
        for iterations in (200, 400):
            out = subprocess.run([mca, "-json", f"-iterations={iterations}", "-noalias", file.name],
                                 check=True, capture_output=True, text=True).stdout
            regions = json.loads(out)["CodeRegions"]
            totals.append({int(r["Name"]): r["SummaryView"]["TotalCycles"] for r in regions})
    return [(totals[1][i] - totals[0][i]) / 200 for i in range(len(texts))]


def classify(loops, mca):
    """Sets kind and prediction of every loop."""
    vector = lambda kind: kind in "vW"
    scalar_time = predict([loop.text(lambda k: not vector(k)) for loop in loops], mca)
    with_queue = [loop for loop in loops if any(map(vector, loop.kinds))]
    queue_time = dict(zip(map(id, with_queue),
                          predict([loop.text(vector) for loop in with_queue], mca)))
    for loop, scalar in zip(loops, scalar_time):
        if id(loop) not in queue_time:
            loop.kind, loop.predicted = "scalar", scalar
            continue
        loop.predicted = max(scalar, queue_time[id(loop)])
        # All instructions pass decode, eight a cycle, and the branch costs a bubble.
        front_end = max(scalar, (len(loop.body) + 7) // 8 + 1)
        alone = "w" not in loop.kinds and "W" not in loop.kinds and not any(
            kind == "s" and "(" in inst.operands for inst, kind in zip(loop.body, loop.kinds))
        loop.kind = "vector" if alone and front_end < queue_time[id(loop)] else "mixed"


def check_run(program, bin, tool):
    """Loops of the program whose cycles in tatami-run are not those of loop-cycles."""
    loops = list(loops_of(program, bin / "tatami-objdump"))
    emulate(loops, tool)
    out = subprocess.run([bin / "tatami-run", "--timing", "d1", program], check=True,
                         capture_output=True, text=True).stdout
    checked = wrong = 0
    for line in out.splitlines():
        name, cycles, instructions = line.split()[0], *map(int, line.split()[1:])
        # Of the function's loops it is the one that these instructions are a multiple of.
        found = [l for l in loops if l.name.split(":")[1].split("+")[0] == name
                 and instructions >= 4 * len(l.body) and instructions % len(l.body) == 0]
        if len(found) != 1:
            continue
        checked += 1
        expected = found[0].cycles * instructions / len(found[0].body)
        if abs(cycles - expected) > 0.01 * expected + 16:
            wrong += 1
            print(f"{found[0].name}: tatami-run takes {cycles} cycles, loop-cycles says {expected:.0f}")
    print(f"{Path(program).name}: {checked} loops run by tatami-run, {wrong} not as loop-cycles says")
    return checked > 0 and wrong == 0


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("usage: ")[1].split("\n\n")[0])
    parser.add_argument("--bin", type=Path, required=True)
    parser.add_argument("--loop-cycles", type=Path, required=True)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--quiet", action="store_true")
    parser.add_argument("--explain", action="store_true")
    parser.add_argument("--require", nargs=3, type=float, default=(1, 0, 0))
    parser.add_argument("--run", action="append", default=[])
    parser.add_argument("objects", nargs="+")
    args = parser.parse_args()

    if not all([check_run(program, args.bin, args.loop_cycles) for program in args.run]):
        sys.exit("compare-loops: error: loop-cycles is not the emulator")

    unique = {}
    for path in args.objects:
        for loop in loops_of(path, args.bin / "tatami-objdump"):
            unique.setdefault(tuple(inst.word for inst in loop.body[:-1]), loop)
    loops = list(unique.values())
    if not loops:
        sys.exit("compare-loops: error: no loop of one block in the objects")
    emulate(loops, args.loop_cycles)
    classify(loops, args.bin / "tatami-mca")

    counted = within5 = within10 = 0
    if not args.quiet:
        print(f"{'emulator':>9} {'llvm-mca':>9} {'differs':>8}  kind    loop")
    for loop in sorted(loops, key=lambda l: (l.kind, l.name)):
        error = loop.predicted / loop.cycles - 1
        if loop.kind != "mixed":
            counted += 1
            within5 += abs(error) <= 0.05
            within10 += abs(error) <= 0.10
        elif not args.all:
            continue
        if not args.quiet or abs(error) > 0.05:
            print(f"{loop.cycles:9.2f} {loop.predicted:9.2f} {error:+8.1%}  {loop.kind:6}  {loop.name}")
        if args.explain and abs(error) > 0.05:
            print(*loop.text(), sep="\n")
    print(f"{counted} loops stay in one queue: {within5} within 5 %, {within10} within 10 %; "
          f"{len(loops) - counted} mixed")
    count, share5, share10 = args.require
    if counted < count or within5 < share5 * counted or within10 < share10 * counted:
        sys.exit(f"compare-loops: error: expected at least {count:.0f} loops, "
                 f"{share5:.0%} within 5 % and {share10:.0%} within 10 %")


if __name__ == "__main__":
    main()
