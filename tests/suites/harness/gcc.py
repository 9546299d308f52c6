"""Self-checking programs of gcc's test suite, from Debian's package gcc-12-source.

SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import fcntl
import glob
import re
import subprocess
from pathlib import Path

from .programs import Program

HERE = Path(__file__).resolve().parents[1]
ARCHIVE = "/usr/src/gcc-12/gcc-12*.tar.xz"
FOLDERS = ["gcc.c-torture/execute", "gcc.dg/vect"]
TORTURE_PROGRAMS = 1653
# Some programs have large arrays in main, others leave little room for a stack.
TORTURE_STACK = "-Wl,--stack-size=786432"
VECT_STACK = "-Wl,--stack-size=163840"

# `dg-options "..."`, unless for some target only; ours is one without signals.
OPTIONS = re.compile(r'dg-(?:additional-)?options\s+[{"\s]+([^"{}]*?)\s*["}\s]+'
                     r'(?:\}|\{ target \{ ! signal \} \})')
# Some programs of gcc.dg/vect have their options in their name.
BY_NAME = {"fast-math-": "-ffast-math", "no-fast-math-": "-fno-fast-math",
           "no-math-errno-": "-fno-math-errno", "wrapv-": "-fwrapv", "trapv-": "-ftrapv",
           "no-trapping-math-": "-fno-trapping-math"}
# The level is the suite's choice; the others steer or print passes of gcc's own.
NOT_OURS = re.compile(r"-O.*|-m.*|-fdump-.*|--param.*|-f(no-)?(tree|ipa|ira|vect|modulo)-.*"
                      r"|-f(no-)?(early-inlining|dce|section-anchors|expensive-optimizations"
                      r"|non-call-exceptions|optimize-strlen)|-Wl,-u,.*")


def extract(work: Path):
    """Once in a work folder, also when several tests start together."""
    work.mkdir(parents=True, exist_ok=True)
    sources, done = work / "gcc", work / "gcc" / "extracted"
    with (work / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            archives = glob.glob(ARCHIVE)
            if not archives:
                raise SystemExit("error: the programs are missing: install Debian's "
                                 "package gcc-12-source")
            sources.mkdir(exist_ok=True)
            subprocess.run(["tar", "-C", sources, "-xf", archives[0],
                            "--strip-components=3", "--wildcards",
                            *(f"*/gcc/testsuite/{folder}/*" for folder in FOLDERS)],
                           check=True)
            done.touch()
    return sources


def flags_of(source: Path):
    text = source.read_text(errors="replace")
    words = " ".join(OPTIONS.findall(text)).replace("--param ", "--param=").split()
    flags = [word for word in words if not NOT_OURS.fullmatch(word)]
    if "dg-add-options stack_size" in text:
        flags.append("-DSTACK_SIZE=131072")
    return flags


def torture(sources: Path):
    folder = sources / "gcc.c-torture/execute"
    found = sorted(folder.glob("*.c")) + sorted((folder / "ieee").glob("*.c"))
    if len(found) != TORTURE_PROGRAMS:
        raise SystemExit(f"error: {folder}: {len(found)} programs instead of "
                         f"{TORTURE_PROGRAMS}")
    for source in found:
        yield Program(name=str(source.relative_to(folder)), source=source,
                      flags=flags_of(source), link=[TORTURE_STACK])


def vect(sources: Path):
    """Those that check themselves and that clang passes for another machine."""
    folder = sources / "gcc.dg/vect"
    for name in (HERE / "gcc-vect.txt").read_text().splitlines():
        if name and not name.startswith("#"):
            named = [flag for prefix, flag in BY_NAME.items() if name.startswith(prefix)]
            yield Program(name=name, source=folder / name,
                          flags=named + flags_of(folder / name), link=[VECT_STACK])


def programs(suite: str, work: Path):
    return list({"torture": torture, "vect": vect}[suite](extract(work)))
