"""Random programs from csmith; the host's clang says what they print.

SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import re
from dataclasses import dataclass
from pathlib import Path

from .programs import Program, Skip
from .tools import call

HOST = "clang-22"
HEADERS = "/usr/include/csmith"
# Smaller than csmith's defaults: more programs in the same time. Not packed: csmith
# takes the address of what it packs, and an address that is not aligned traps here.
SHAPE = """--max-funcs 5 --max-block-depth 3 --max-block-size 3
  --max-array-len-per-dim 6 --no-packed-struct --no-argc --concise""".split()


@dataclass
class RandomProgram(Program):
    seed: int = 0

    def prepare(self):
        # It leaves a file where it runs, which another one must not read while it
        # is being written.
        folder = self.source.with_suffix(".csmith")
        folder.mkdir(exist_ok=True)
        made = call(["csmith", "--seed", self.seed, *SHAPE, "-o", self.source.resolve()],
                    10, folder=folder)
        if made.status:
            raise Skip(f"csmith: {made.trouble}")
        host = self.source.with_suffix(".host")
        made = call([HOST, "-w", "-O0", "-I", HEADERS, self.source, "-o", host], 20)
        if made.status:
            raise Skip(f"host's compiler: {made.trouble}")
        # A program that needs longer than this on the host is endless, mostly.
        ran = call([host], 1)
        host.unlink()
        if ran.status:
            raise Skip(f"on the host: {ran.trouble}")
        self.output = ran.output


def programs(work: Path, seeds):
    return [RandomProgram(name=f"seed-{seed}", seed=seed, generated=True,
                          source=work / f"seed-{seed}.c",
                          flags=["-w", "-I", HEADERS]) for seed in seeds]


def parse_seeds(text):
    """A range such as 1-50, a list such as 3,7, or a file with one seed a line."""
    match = re.fullmatch(r"(\d+)-(\d+)", text)
    if match:
        return range(int(match[1]), int(match[2]) + 1)
    if re.fullmatch(r"\d+(,\d+)*", text):
        return [int(word) for word in text.split(",")]
    lines = Path(text).read_text().splitlines()
    return [int(line) for line in lines if line and not line.startswith("#")]
