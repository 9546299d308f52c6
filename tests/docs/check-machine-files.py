#!/usr/bin/env python3
"""Holds machine files and their documentation against the schema.

usage: check-machine-files.py TATAMI-RUN MACHINES-FOLDER MACHINE-FILES.md

The emulator prints the schema; the files that come with it follow it, state where
each number comes from, and the document lists every key with its range.
SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""

import json
import pathlib
import re
import subprocess
import sys

import jsonschema

run, machines, document = sys.argv[1:]
schema = json.loads(
    subprocess.run([run, "--machine-schema"], check=True, capture_output=True).stdout
)
jsonschema.Draft202012Validator.check_schema(schema)
errors = []

files = sorted(pathlib.Path(machines).glob("*.json"))
if len(files) < 4:
    errors.append(f"{machines}: node, mesh-4x4, die and tile are expected")
for file in files:
    machine = json.loads(file.read_text())
    try:
        jsonschema.validate(machine, schema)
    except jsonschema.ValidationError as error:
        errors.append(f"{file}: {error.message}")
    for key, value in machine.items():
        if key in ("schema", "name", "description"):
            continue
        if not isinstance(value, dict) or "provenance" not in value:
            errors.append(f"{file}: {key} does not say where it comes from")

rows = {}
for line in open(document):
    cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
    for key in re.findall(r"`(\w+)`", cells[0]) if line.startswith("|") else []:
        rows[key] = cells
for key, value in schema["properties"].items():
    kind = value["anyOf"][0]
    if key not in rows:
        errors.append(f"{document}: key {key} is missing")
    elif "minimum" in kind and kind["minimum"] != kind["maximum"]:
        expected = f"{kind['minimum']} to {kind['maximum']}"
        if expected not in rows[key][2]:
            errors.append(f"{document}: the range of {key} is {expected}")
for key in rows:
    if key not in schema["properties"]:
        errors.append(f"{document}: there is no key {key}")

print("\n".join(errors) or f"{len(files)} machine files, {len(rows)} keys")
sys.exit(bool(errors))
