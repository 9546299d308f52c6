"""What is asked of a program at one level: "pass", or what went wrong.

SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import re
import shutil
import threading
from pathlib import Path

from .elf import code_words
from .programs import Program, Skip
from .tools import DIALECT, Toolchain

PASS = "pass"


class RunCheck:
    """The program compiles, runs, and answers what it should."""

    expects_failures = True  # those of the suite's list

    def __init__(self, tools: Toolchain, work: Path):
        self.tools, self.work = tools, work

    def check(self, program: Program, level: str):
        folder = self.work / f"{program.stem}{level}"
        folder.mkdir(parents=True, exist_ok=True)
        image = folder / "program.elf"
        made = self.tools.compile([*DIALECT, level, *program.flags, *program.link,
                                   program.source, "-lm", "-o", image])
        if made.status:
            return f"compiler: {made.trouble}"
        # Some programs write a temporary file.
        ran = self.tools.run(image, ["--dir", f"{folder}::/tmp", *program.run])
        shutil.rmtree(folder)
        lines = ran.output.splitlines(keepends=True)
        printed = "".join(line for line in lines if not line.startswith("tatami-run: "))
        if ran.status:
            return f"run: {ran.trouble}"
        if program.output is not None and printed != program.output:
            return f"run: prints {printed.strip()!r} instead of {program.output.strip()!r}"
        return PASS

    def finish(self):
        return []


class RoundTripCheck:
    """The object equals that of -S and assembling; and every instruction in it,
    disassembled and assembled again, is the same word. No failure is expected."""

    expects_failures = False

    def __init__(self, tools: Toolchain, work: Path):
        self.tools, self.work = tools, work
        self.words = {}  # a word -> the program it was first seen in
        self.lock = threading.Lock()

    def check(self, program: Program, level: str):
        folder = self.work / f"{program.stem}{level}.round-trip"
        folder.mkdir(parents=True, exist_ok=True)
        direct, text, again = folder / "c.o", folder / "s.s", folder / "s.o"
        flags = [*DIALECT, level, *program.flags, program.source]
        made = self.tools.compile([*flags, "-c", "-o", direct])
        if made.status:
            shutil.rmtree(folder)
            raise Skip(f"compiler: {made.trouble}")
        for what, arguments in (("-S", [*flags, "-S", "-o", text]),
                                ("assembler", ["-c", text, "-o", again])):
            made = self.tools.assemble(arguments)
            if made.status:
                return f"{what}: {made.trouble}"
        if direct.read_bytes() != again.read_bytes():
            return f"the object of -c and of -S differ: see {folder}"
        words = code_words(direct)
        with self.lock:
            for word in words:
                self.words.setdefault(word, f"{program.name} {level}")
        shutil.rmtree(folder)
        return PASS

    def finish(self):
        """All words at once: few of millions differ."""
        words = sorted(self.words)
        source, made = self.work / "words.s", self.work / "words.o"
        text, again = self.work / "printed.s", self.work / "printed.o"
        source.write_text(".text\n" + "".join(f".word {word:#x}\n" for word in words))
        assembled = self.tools.assemble(["-c", source, "-o", made])
        if assembled.status:
            return [f"words: {assembled.trouble}"]
        printed = self.tools.disassemble(made)
        lines = instructions(printed.output)
        if printed.status or len(lines) != len(words):
            return [f"tatami-objdump: {len(lines)} lines of {len(words)}: {printed.trouble}"]
        text.write_text(".text\n" + "".join(line + "\n" for line in lines))
        assembled = self.tools.assemble(["-c", text, "-o", again])
        if assembled.status:
            return [f"disassembly: {assembled.trouble}"]
        wrong = []
        result = code_words(again, ordered=True)
        if len(result) != len(words):
            return [f"disassembly: {len(result)} words of {len(words)}: see {text}"]
        for word, line, back in zip(words, lines, result):
            if word != back:
                wrong.append(f"{self.words[word]}: {word:#010x} prints as '{line}', "
                             f"which assembles to {back:#010x}")
        print(f"round trip: {len(words) - len(wrong)} of {len(words)} different "
              "instruction words are the same after disassembling and assembling")
        return wrong


class DebugCheck:
    """The debug information of the object and of the image is consistent. No
    failure is expected."""

    expects_failures = False

    def __init__(self, tools: Toolchain, work: Path):
        self.tools, self.work = tools, work

    def check(self, program: Program, level: str):
        folder = self.work / f"{program.stem}{level}.debug"
        folder.mkdir(parents=True, exist_ok=True)
        flags = [*DIALECT, "-g", level, *program.flags, program.source]
        files = {folder / "c.o": ["-c"], folder / "c.elf": [*program.link, "-lm"]}
        for file, options in files.items():
            made = self.tools.compile([*flags, *options, "-o", file])
            if made.status:
                break  # whether it compiles is for RunCheck to say
            said = self.tools.verify_debug_information(file)
            if said.status or "No errors." not in said.output:
                return f"debug information: {said.trouble}: see {file}"
        shutil.rmtree(folder)
        return PASS

    def finish(self):
        return []


def instructions(listing):
    """The text of each instruction of an objdump listing, in a form that assembles:
    `0x1c <main+0x1c>` is an address, the assembler wants the distance."""
    lines = []
    for line in listing.splitlines():
        match = re.fullmatch(r"\s*([0-9a-f]+): [0-9a-f ]+\t(.*)", line)
        if not match:
            continue
        address, text = int(match[1], 16), match[2]
        if text.endswith(">"):
            text, target = text[: text.rindex("<")].rstrip().rsplit(None, 1)
            text += f" {int(target, 0) - address}"
        lines.append(text)
    return lines
