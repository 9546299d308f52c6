# FileCheck tests of the compiler.
#
# LLVM's stock tools run with our plugin: `llvm-mc`, `llc`, `llvm-objdump` and
# `llvm-dwarfdump` in a RUN line know the target, and the first two default to
# it. Our own programs are called by their names. Every tool runs under limits of
# time and memory: a selection loop must not take the machine with it.
#
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
import os
import sys

import lit.formats

config.name = "tatami"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = []  # each folder's lit.local.cfg names its own
config.excludes = ["Inputs", "CMakeLists.txt", "lit.cfg.py", "lit.site.cfg.py.in"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = config.tatami_test_root

bin_dir = os.path.join(config.tatami_build, "bin")
plugin = os.path.join(config.tatami_build, "lib", "TatamiPlugin.so")
config.environment["PATH"] = os.pathsep.join(
    [bin_dir, config.llvm_tools, os.environ.get("PATH", "")]
)
if config.tatami_preload_first:
    config.available_features.add("sanitized")
    # Stock tools are not checked for leaks: those are not ours.
    config.environment["ASAN_OPTIONS"] = "detect_leaks=0"

triple = "tatami-unknown-elf"
preload = "env LD_PRELOAD=" + config.tatami_preload_first + plugin
limits = "prlimit --as=6000000000 --cpu=60"
if config.tatami_preload_first:
    limits = "prlimit --cpu=60"  # shadow memory is larger than any limit


def stock(name, arguments=""):
    path = os.path.join(config.llvm_tools, name)
    return f"{limits} {preload} {path} {arguments}".rstrip()


# `%name` in a RUN line.
config.substitutions += [
    ("%llvm-mc", stock("llvm-mc", f"--triple={triple}")),
    ("%llc", stock("llc", f"-mtriple={triple} -verify-machineinstrs")),
    ("%llvm-objdump", stock("llvm-objdump")),
    ("%llvm-dwarfdump", stock("llvm-dwarfdump")),
    ("%triple", triple),
    ("%python", sys.executable),
    ("%source_root", config.tatami_source),
    ("%build_root", config.tatami_build),
]
