#!/usr/bin/env python3
"""Loops of gcc.dg/vect that clang vectorises for AVX-512: does tatami-clang too?

A loop is the file and line that the remark "vectorized loop" names. Both
compilers get -O3 and the flags with which tests/suites compiles the program. A
loop is "without double" if neither the program nor a header of the suite that it
includes says the word: the machine has no double.
SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import argparse
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/suites"))
from harness import gcc  # noqa: E402

AVX512 = ["--target=x86_64-linux-gnu", "-march=x86-64-v4", "-mprefer-vector-width=512"]
COMMON = ["-std=gnu17", "-w", "-Wno-implicit-int", "-Wno-int-conversion",
          "-Wno-implicit-function-declaration", "-Wno-incompatible-function-pointer-types",
          "-Wno-return-mismatch", "-O3"]
REMARK = re.compile(r"^([^: ]+:\d+):\d+: remark: vectorized loop", re.MULTILINE)


def vectorized(command, program):
    """Loops, and what went wrong if anything did."""
    try:
        run = subprocess.run(
            [*command, *COMMON, *program.flags, "-Rpass=loop-vectorize", "-c",
             program.source.name, "-o", os.devnull],
            cwd=program.source.parent, capture_output=True, text=True, timeout=300)
    except subprocess.TimeoutExpired:
        return set(), "time limit"
    wrong = "" if run.returncode == 0 else next(
        (line for line in run.stderr.splitlines() if "error" in line), "failed")
    return set(REMARK.findall(run.stderr)), wrong


def mentions_double(reference, program):
    rule = subprocess.run([reference, "-MM", "-w", *program.flags, program.source.name],
                          cwd=program.source.parent, capture_output=True, text=True)
    files = rule.stdout.replace("\\\n", " ").split(":", 1)[-1].split() or [program.source.name]
    return any(re.search(r"\bdouble\b", (program.source.parent / file)
                         .read_text(errors="replace")) for file in files)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--compiler", default=str(ROOT / "build/release/bin/tatami-clang"))
    parser.add_argument("--reference", default="clang-22", help="clang of the same version")
    parser.add_argument("--work", type=Path, default=Path("/tmp/tatami-suites"),
                        help="where the programs are extracted (as tests/suites does)")
    parser.add_argument("--every", type=int, default=1, metavar="N",
                        help="only every Nth program")
    parser.add_argument("--only", default="", metavar="TEXT",
                        help="only programs whose name contains it")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--at-least", type=float, default=0, metavar="PERCENT",
                        help="fail below it")
    options = parser.parse_args()

    def examine(program):
        wanted, _ = vectorized([options.reference, *AVX512], program)
        found, wrong = vectorized([options.compiler], program)
        return program, wanted, found, wrong, mentions_double(options.reference, program)

    programs = [program for program in gcc.vect(gcc.extract(options.work))
                if options.only in program.name][::options.every]
    everything = total = hit = 0
    missing, failed = [], []
    with ThreadPoolExecutor(options.jobs) as pool:
        for program, wanted, found, wrong, double in pool.map(examine, programs):
            everything += len(wanted)
            if wrong:
                failed.append(f"{program.name}: {wrong}")
            if double:
                continue
            total += len(wanted)
            hit += len(wanted & found)
            missing += sorted(wanted - found)
    percent = 100 * hit / total if total else 0
    print(f"loops that {options.reference} vectorises for AVX-512: {everything}, "
          f"without double: {total}")
    print(f"of these vectorised by tatami-clang: {hit} ({percent:.1f} %)")
    for title, lines in (("missing", missing), ("not compiled", failed)):
        if lines:
            print(f"{title}:", *lines, sep="\n  ")
    return percent < options.at_least or not total


if __name__ == "__main__":
    sys.exit(main())
