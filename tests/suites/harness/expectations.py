"""The programs that are known to fail, and why.

SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
from pathlib import Path

LEVELS = ["-O0", "-O1", "-O2", "-O3", "-Os"]


def read(file: Path):
    """name <tab> levels, such as -O0,-O2, or all <tab> reason."""
    expected = {}
    if not file.exists():
        return expected
    for number, line in enumerate(file.read_text().splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        fields = line.split("\t")
        levels = LEVELS if fields[1:2] == ["all"] else fields[1:2][0].split(",") if fields[1:2] else []
        if len(fields) != 3 or not fields[2] or not set(levels) <= set(LEVELS) or not levels:
            raise SystemExit(f"{file}:{number}: error: wants name, levels and reason "
                             "with tabs between them")
        for level in levels:
            if (fields[0], level) in expected:
                raise SystemExit(f"{file}:{number}: error: {fields[0]} {level} is listed twice")
            expected[fields[0], level] = fields[2]
    return expected
