"""The tools under test, each process under limits of time and memory.

SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

MEMORY = 4 << 30  # bytes of address space; LLVM's libraries alone map half a GB
COMPILE_SECONDS = 60  # of CPU
RUN_SECONDS = 60
RUN_CYCLES = 3_000_000_000

# The programs date from before C99 and say so with every second line.
DIALECT = """-std=gnu17 -w -Wno-implicit-int -Wno-int-conversion
  -Wno-implicit-function-declaration -Wno-incompatible-pointer-types
  -Wno-incompatible-function-pointer-types -Wno-return-mismatch -Wno-parentheses""".split()


@dataclass
class Outcome:
    status: int
    output: str

    @property
    def trouble(self):
        """One line that says what went wrong."""
        if self.status == -9 or self.status == -24:
            return "time limit"
        lines = self.output.splitlines()
        pattern = r"error|trap|Assertion|LLVM ERROR|UNREACHABLE|Bad machine code"
        told = [line for line in lines if re.search(pattern, line)]
        return f"status {self.status}: " + (told or lines or [""])[0].strip()[:160]


def call(command, cpu, folder=None):
    """Runs a command; what it prints on both streams is one text."""
    limits = ["prlimit", f"--cpu={cpu}", f"--as={MEMORY}", "--core=0"]
    environment = dict(os.environ, LC_ALL="C")
    try:
        # The wall clock is only for a process that sleeps: the machine may be busy.
        done = subprocess.run(limits + [str(word) for word in command],
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, env=environment, cwd=folder,
                              timeout=20 * cpu)
    except subprocess.TimeoutExpired as expired:
        return Outcome(-9, (expired.stdout or b"").decode(errors="replace"))
    return Outcome(done.returncode, done.stdout.decode(errors="replace"))


@dataclass
class Toolchain:
    """The programs of one build or installation: the folder `bin` has them."""
    bin: Path
    verify: bool = True  # every function goes through the machine verifier

    def __post_init__(self):
        for name in ("tatami-clang", "tatami-run", "tatami-objdump", "tatami-ld"):
            if not os.access(self.bin / name, os.X_OK):
                raise SystemExit(f"error: {self.bin / name}: no such program")

    def compile(self, arguments):
        verify = ["-mllvm", "-verify-machineinstrs"] if self.verify else []
        return call([self.bin / "tatami-clang", "-fno-crash-diagnostics", *verify,
                     *arguments], COMPILE_SECONDS)

    def assemble(self, arguments):
        return call([self.bin / "tatami-clang", *arguments], COMPILE_SECONDS)

    def run(self, image, arguments=()):
        return call([self.bin / "tatami-run", "--timing", "off", "--max-cycles",
                     RUN_CYCLES, *arguments, image], RUN_SECONDS)

    def verify_debug_information(self, file):
        """Of all units: what is well formed on its own may contradict itself."""
        return call([self.bin / "tatami-dwarfdump", "--verify", file], COMPILE_SECONDS)

    def disassemble(self, file):
        return call([self.bin / "tatami-objdump", "-d", file], COMPILE_SECONDS)
