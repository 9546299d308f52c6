"""A program of a suite: what to compile, how, and what it should print.

SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
from dataclasses import dataclass, field
from pathlib import Path


class Skip(Exception):
    """This program cannot be judged: the message says why."""


@dataclass
class Program:
    name: str
    source: Path
    flags: list = field(default_factory=list)
    link: list = field(default_factory=list)
    run: list = field(default_factory=list)  # arguments of tatami-run
    output: str = None  # what it must print, if that is judged
    generated: bool = False  # the source may be removed when all went well

    def prepare(self):
        """Makes what the program needs; may raise Skip."""

    @property
    def stem(self):
        return self.name.removesuffix(".c").replace("/", ".")
