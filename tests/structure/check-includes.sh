#!/usr/bin/env bash
# Scans every #include of our headers against the table of docs/architecture.md:
# who may know whom. usage: check-includes.sh ROOT
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -euo pipefail
cd "$1"

# folder: the <lib> of "tatami/<lib>/..." that it may include, itself included.
rules='
isa/gen             isagen
emulator/numerics   numerics
emulator/node       node numerics isa archive
emulator/semantics  semantics node numerics isa
emulator/archive    archive
emulator/timing     timing isa archive
emulator/mesh       mesh archive
emulator/loader     loader node isa
emulator/trace      trace timing isa archive
emulator/host       host node isa archive
emulator/debug      debug loader node isa
emulator/machine    machine archive debug semantics node numerics isa timing mesh loader trace host
emulator/profiler   profiler machine trace timing isa mesh archive
emulator/tools      profiler machine loader trace host isa timing mesh
compiler/target     target isa
compiler/linker     linker isa
compiler/driver     driver target isa
compiler/tools      tools
'
bad=0
while read -r folder allowed; do
  [ -n "$folder" ] && [ -d "$folder" ] || continue
  while IFS=: read -r file line text; do
    lib="$(sed -E 's@.*["<]tatami/([^/]+)/.*@\1@' <<<"$text")"
    if ! grep -qw "$lib" <<<"$allowed"; then
      echo "$file:$line: error: $folder may not include tatami/$lib (see docs/architecture.md)" >&2
      bad=1
    fi
  done < <(grep -rnE '^#include ["<]tatami/[^/]+/' "$folder" --include='*.cpp' --include='*.h' --include='*.inc' || true)
done <<<"$rules"

# The emulator builds without LLVM, its profiler apart; the compiler without the emulator.
if grep -rnE '^#include [<"](llvm|clang)/' emulator isa/gen --include='*.cpp' --include='*.h' --exclude-dir=profiler >&2; then
  echo "error: emulator/ but profiler/ and isa/gen may not include LLVM's headers" >&2; bad=1
fi
if grep -rnE 'Tatami(Machine|Semantics|Node|Numerics|Mesh|Timing)\b' compiler --include=CMakeLists.txt | grep -v TatamiNodes >&2; then
  echo "error: compiler/ may not link the emulator" >&2; bad=1
fi
exit $bad
