#!/usr/bin/env python3
"""Holds the table of docs/energy.md against the one that the emulator prints.

usage: check-energy.py TATAMI-RUN ENERGY.md
SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""

import re
import subprocess
import sys

run, document = sys.argv[1:]
info = subprocess.run(
    [run, "--machine", "node", "--machine-info"],
    check=True, capture_output=True, text=True,
).stdout
pattern = r"^  (energy_\w+) +(\S+) +(published|derived|chosen) "
printed = {key: (value, source) for key, value, source in re.findall(pattern, info, re.M)}
pattern = r"^\| `(energy_\w+)` \| (\S+) \| (\w+) \|"
written = {key: (value, source) for key, value, source in re.findall(pattern, open(document).read(), re.M)}

errors = []
if len(printed) < 20:
    errors.append(f"--machine-info shows only {len(printed)} energies")
for key in sorted(printed.keys() | written.keys()):
    ours, theirs = printed.get(key), written.get(key)
    if not ours or not theirs:
        errors.append(f"{key}: only in {'the document' if theirs else '--machine-info'}")
    elif float(ours[0]) != float(theirs[0]) or ours[1] != theirs[1]:
        errors.append(f"{key}: the machine has {ours}, the document {theirs}")
print("\n".join(errors) or f"{len(printed)} energies")
sys.exit(bool(errors))
