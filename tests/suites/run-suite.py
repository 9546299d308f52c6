#!/usr/bin/env python3
"""Compiles and runs the programs of a suite and compares with what is expected.

An expected failure that passes is an error as well: the list stays true.
SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import argparse
import fnmatch
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from harness import csmith, expectations, gcc
from harness.checks import PASS, DebugCheck, RoundTripCheck, RunCheck
from harness.programs import Skip
from harness.tools import Toolchain

HERE = Path(__file__).resolve().parent
CHECKS = {"run": RunCheck, "round-trip": RoundTripCheck, "debug": DebugCheck}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("suite", choices=["torture", "vect", "csmith"])
    parser.add_argument("--tools", type=Path, default=HERE.parents[1] / "build/release/bin",
                        help="folder with tatami-clang and the others")
    parser.add_argument("--work", type=Path, default=Path("/tmp/tatami-suites"),
                        help="where programs are extracted and results are written")
    parser.add_argument("--check", choices=list(CHECKS), default="run")
    parser.add_argument("--level", action="append", type=lambda level: "-" + level.lstrip("-"),
                        choices=expectations.LEVELS, metavar="O2",
                        help="may be repeated; default: all five, and O3 for vect")
    parser.add_argument("--every", type=int, default=1, metavar="N",
                        help="only every Nth program")
    parser.add_argument("--only", default="*", metavar="PATTERN",
                        help="only programs whose name matches a shell pattern")
    parser.add_argument("--seeds", default=str(HERE / "csmith-seeds.txt"),
                        help="csmith: a range 1-50, a list 3,7 or a file")
    parser.add_argument("--skip-endless", action="store_true",
                        help="csmith: a seed that the host cannot judge is no error")
    parser.add_argument("--no-verify", dest="verify", action="store_false",
                        help="compile without the machine verifier: faster")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), metavar="N",
                        help="programs at a time")
    return parser.parse_args()


def examine(check, program, levels):
    """[(level, result)] of one program; the result is a Skip if there is none."""
    try:
        program.prepare()
    except Skip as reason:
        return [(level, reason) for level in levels]
    results = []
    for level in levels:
        try:
            results.append((level, check.check(program, level)))
        except Skip as reason:
            results.append((level, reason))
    if program.generated and all(result == PASS for _, result in results):
        program.source.unlink()
    return results


def main():
    options = arguments()
    levels = options.level or (["-O3"] if options.suite == "vect" else expectations.LEVELS)
    work = options.work.resolve() / options.suite / options.check
    work.mkdir(parents=True, exist_ok=True)
    if options.suite == "csmith":
        programs = csmith.programs(work, csmith.parse_seeds(options.seeds))
    else:
        programs = gcc.programs(options.suite, options.work.resolve())
    expected = expectations.read(HERE / f"{options.suite}-failures.txt",
                                 {program.name for program in programs})
    programs = [p for p in programs[:: options.every] if fnmatch.fnmatch(p.name, options.only)]
    if not programs:
        raise SystemExit("error: no program is left")
    check = CHECKS[options.check](Toolchain(options.tools.resolve(), options.verify), work)
    wrong = []
    skipped, passed = dict.fromkeys(levels, 0), dict.fromkeys(levels, 0)
    log = work / f"results{''.join(levels)}.tsv"
    with ThreadPoolExecutor(options.jobs) as pool, log.open("w") as results:
        examined = pool.map(lambda program: examine(check, program, levels), programs)
        for program, outcome in zip(programs, examined):
            for level, result in outcome:
                print(program.name, level, result, sep="\t", file=results, flush=True)
                known = (program.name, level) in expected
                if isinstance(result, Skip):
                    skipped[level] += 1
                    if not known and not options.skip_endless:
                        wrong.append(f"{program.name} {level}: {result}")
                elif result != PASS and not (known and check.expects_failures):
                    wrong.append(f"{program.name} {level}: {result}")
                elif result == PASS and known and check.expects_failures:
                    wrong.append(f"{program.name} {level} passes now: "
                                 "take it off the list of failures")
                passed[level] += result == PASS
    wrong += check.finish()
    for level in levels:
        print(f"{options.suite} {options.check} {level}: {passed[level]} of "
              f"{len(programs) - skipped[level]} pass"
              + (f", {skipped[level]} cannot be judged" if skipped[level] else ""))
    for line in wrong:
        print("  " + line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
