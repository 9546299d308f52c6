#!/usr/bin/env python3
"""Turns the reference of the builtins into a C file that calls each of them.

usage: check-builtins.py BUILTINS.md TATAMI-CLANG OUTPUT.c

Compiling it proves every declaration: the types convert into each other only if
they are the ones that the compiler has, and constants are at their limits.
SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""

import re
import subprocess
import sys

DECLARATION = re.compile(r"^(.*?)(__builtin_tatami_\w+)\((.*)\)$")
CONSTANT = re.compile(r"constant \w+ (-?\d+)\.\.(-?\d+)$")


def callsOf(result, name, parameters):
    """Two functions: one for each end of the ranges of constants."""
    for end in (1, 2):
        formal, actual = [], []
        for i, parameter in enumerate(parameters):
            constant = CONSTANT.match(parameter)
            actual.append(constant.group(end) if constant else f"a{i}")
            if not constant:
                formal.append(f"{parameter} a{i}")
        call = f"{name}({', '.join(actual)})"
        body = f"{call};" if result == "void" else f"{result}_is({call});"
        yield (
            f"void use{end}_{name}({', '.join(formal) or 'void'}) "
            f"{{ {body} }}"
        )


def main():
    reference, compiler, output = sys.argv[1:]
    declarations = []
    for line in open(reference):
        match = DECLARATION.match(line.strip())
        if match:
            result, name, parameters = (group.strip() for group in match.groups())
            parameters = [] if parameters == "void" else parameters.split(", ")
            declarations.append((result, name, parameters))
    if len(declarations) < 100:
        sys.exit(f"{reference}: only {len(declarations)} declarations")
    with open(output, "w") as out:
        out.write("#include <tatami.h>\n")
        for result in sorted({d[0] for d in declarations} - {"void"}):
            # _Generic tells int64_t from uint64_t, which assignment does not.
            out.write(
                f"#define {result}_is(x) "
                f"_Static_assert(_Generic((x), {result}: 1, default: 0), #x)\n"
            )
        for declaration in declarations:
            out.writelines(use + "\n" for use in callsOf(*declaration))
    command = [compiler, "-Wall", "-Werror", "-fsyntax-only", "-ferror-limit=5", output]
    if subprocess.run(command).returncode:
        sys.exit(f"{reference}: the compiler disagrees")
    print(f"{len(declarations)} declarations")


main()
