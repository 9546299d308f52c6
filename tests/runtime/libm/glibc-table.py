#!/usr/bin/env python3
"""Compares libm's binary32 functions with glibc's correctly rounded table.

The table is in Debian's package glibc-source (math/auto-libm-test-out-*): results
of MPFR and MPC, of which the rows for binary32 and rounding to nearest are used.

usage: glibc-table.py write GLIBC.tar.xz NAMES TABLE IN
       glibc-table.py judge TABLE OUT

write: makes IN, what `Evaluate values IN OUT` reads, and TABLE, what to expect. NAMES
       is the output of `Evaluate names`.
judge: prints per function the rows and the largest error; fails if a function is
       further from the exact result than promised, or is missing.

SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import json
import math
import re
import struct
import sys
import tarfile

# Units in the last place. For the others the table only reports.
LIMITS = {"sqrtf": 0, "fmaf": 0} | {
    name: 2 for name in "expf exp2f logf log2f powf sinf cosf tanf tanhf erff".split()}
# The sign that lgamma stores has a name of its own.
NAMES_HERE = {"lgammaf": "lgammaf_r"}
SPECIAL = {"plus_infty": "inf", "minus_infty": "-inf", "qnan_value": "nan"}


def code(word, kind):
    """The bits of a number of the table, or None if it says that any will do."""
    if word == "IGNORE":
        return None
    if kind == "i":
        return int(word) & 0xffffffff
    value = float.fromhex(SPECIAL.get(word, word))
    if math.isnan(value):
        return 0x7fc00000
    return struct.unpack("<I", struct.pack("<f", value))[0]


def position(bits):
    """Codes in the order of their numbers, so that neighbours differ by one."""
    return bits if bits < 0x80000000 else 0x80000000 - bits


def is_nan(bits):
    return bits & 0x7fffffff > 0x7f800000


def distance(want, have, kind):
    """In units in the last place. Integers, NaN and signs of zero are right or wrong."""
    if want is None or want == have:
        return 0
    both_zero = (want | have) & 0x7fffffff == 0
    if kind == "i" or both_zero or is_nan(want) or is_nan(have):
        return math.inf
    return abs(position(want) - position(have))


def write(archive, names, table, records):
    functions = {}
    with open(names) as lines:
        for number, line in enumerate(lines):
            name, inputs, outputs = line.split()
            functions[name] = (number, inputs, outputs)
    rows = []
    with tarfile.open(archive) as tar, open(records, "wb") as out:
        for member in tar:
            if not re.search(r"/math/auto-libm-test-out-(?!narrow)", member.name):
                continue
            for line in tar.extractfile(member).read().decode().splitlines():
                found = re.match(r"= (\w+) tonearest binary32 (.*?) : (.*?) :", line)
                if not found:
                    continue
                name = found[1] + "f"
                name = NAMES_HERE.get(name, name)
                if name not in functions:
                    sys.exit(f"glibc-table.py: Evaluate does not know '{name}'")
                number, inputs, outputs = functions[name]
                given = [code(*pair) for pair in zip(found[2].split(), inputs, strict=True)]
                wanted = [code(*pair) for pair in zip(found[3].split(), outputs, strict=True)]
                out.write(struct.pack("<5I", number, *(given + [0] * (4 - len(given)))))
                rows.append((name, found[2], outputs, wanted))
    with open(table, "w") as out:
        json.dump(rows, out)
    print(f"{len(rows)} rows")


def judge(table, results):
    with open(table) as file:
        rows = json.load(file)
    with open(results, "rb") as file:
        got = list(struct.iter_unpack("<2I", file.read()))
    if len(got) != len(rows):
        sys.exit(f"glibc-table.py: {len(got)} results for {len(rows)} rows")
    summary = {}
    for (name, given, kinds, wanted), bits in zip(rows, got):
        worst = max(map(distance, wanted, bits, kinds))
        entry = summary.setdefault(name, {"rows": 0, "exact": 0, "worst": 0, "at": ""})
        entry["rows"] += 1
        entry["exact"] += worst == 0
        if worst > entry["worst"]:
            entry |= {"worst": worst, "at": given}
    print(f"{'function':12}{'rows':>6}{'exact':>7}{'largest error':>15}  at")
    failed = [f"{name} is not in the table" for name in LIMITS if name not in summary]
    for name, entry in sorted(summary.items()):
        print(f"{name:12}{entry['rows']:6}{entry['exact']:7}{entry['worst']:11} ulp  {entry['at']}")
        if entry["worst"] > LIMITS.get(name, math.inf):
            failed.append(f"{name} must be within {LIMITS[name]} ulp")
    for line in failed:
        print("glibc-table.py:", line)
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) == 6 and sys.argv[1] == "write":
        write(*sys.argv[2:])
    elif len(sys.argv) == 4 and sys.argv[1] == "judge":
        sys.exit(judge(*sys.argv[2:]))
    else:
        sys.exit(__doc__)
