#!/usr/bin/env bash
# Builds the emulator's fuzzers with clang 22, ASan and UBSan, and runs each for
# some seconds from its corpus. usage: run-fuzzers.sh BUILD SOURCE SECONDS [NAME...]
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -euo pipefail
build="$(realpath "$1")" source="$(realpath "$2")" seconds="$3"; shift 3
names=("${@:-}"); [ -n "${names[0]}" ] || names=(Decoder Elf MachineFile Checkpoint Profile)
here="$source/tests/fuzz/emulator"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
emulator="$source/emulator"

# The code under test is compiled in, so that the fuzzer sees its branches.
isa=("$source/isa/lib/Codec.cpp" "$build"/isa/lib/*.cpp)
declare -A sources=(
  [Decoder]="" [Elf]="$(echo "$emulator"/{loader,debug}/*.cpp)"
  [MachineFile]="$emulator/machine/MachineConfig.cpp $emulator/machine/EnergyTable.cpp $emulator/machine/MachineKeys.cpp $(echo "$emulator"/mesh/*.cpp)"
  [Checkpoint]="$emulator/machine/CheckpointFile.cpp"
  [Profile]="$emulator/trace/Profile.cpp $emulator/trace/ProfileFile.cpp")
includes=("-I$source/isa/include" "-I$build/isa/include")
for folder in archive loader debug mesh machine node numerics semantics timing trace; do
  includes+=("-I$emulator/$folder/include")
done
for name in "${names[@]}"; do
  # shellcheck disable=SC2086
  clang++-22 -std=c++20 -O1 -g -w -DFMT_HEADER_ONLY -DTATAMI_MACHINES_DIR="\"$emulator/machines\"" \
    -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined "${includes[@]}" \
    "$here/${name}Fuzzer.cpp" ${sources[$name]} "${isa[@]}" -lz -lzstd -o "$work/$name"
  mkdir "$work/found-$name"
  echo "== $name, $seconds s"
  (cd "$work" && "./$name" -max_total_time="$seconds" -timeout=10 -print_final_stats=1 \
    "found-$name" "$here/corpus/$name" >"$name.log" 2>&1) ||
    { tail -40 "$work/$name.log" >&2; cp "$work"/crash-* "$work"/timeout-* "$work"/oom-* "$build/" 2>/dev/null || true; echo "$name: a finding; the input is in $build" >&2; exit 1; }
  grep -E 'number_of_executed_units|peak_rss' "$work/$name.log"
done
