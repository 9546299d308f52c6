"""The programs that are known to fail, and why.

SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
from pathlib import Path

LEVELS = ["-O0", "-O1", "-O2", "-O3", "-Os"]


def read(file: Path, names):
    """name <tab> levels, such as -O0,-O2, or all <tab> reason, of known names."""
    expected = {}
    if not file.exists():
        return expected
    for number, line in enumerate(file.read_text().splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        name, where, reason = (line.split("\t") + ["", ""])[:3]
        levels = LEVELS if where == "all" else where.split(",")
        if not reason or not set(levels) <= set(LEVELS):
            raise SystemExit(f"{file}:{number}: error: a name, levels and a reason are "
                             "needed, with tabs between them")
        if name not in names:
            raise SystemExit(f"{file}:{number}: error: no program is called {name}")
        for level in levels:
            if (name, level) in expected:
                raise SystemExit(f"{file}:{number}: error: {name} {level} is listed twice")
            expected[name, level] = reason
    return expected
