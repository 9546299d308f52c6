# What the scripts of this folder share. Sourced, not run.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -euo pipefail

TATAMI_ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
TATAMI_BUILD="$TATAMI_ROOT/build/release"

say() { printf '\n== %s\n' "$*"; }
die() { printf '%s: error: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }

# Installs what is missing, configures and builds the release preset.
buildRelease() {
  "$TATAMI_ROOT/scripts/setup"
  say "configure"
  cmake -S "$TATAMI_ROOT" --preset release >"$TATAMI_ROOT/build/configure.log" 2>&1 ||
    { tail -30 "$TATAMI_ROOT/build/configure.log" >&2; die "configuring failed; the whole log is build/configure.log"; }
  say "build (some minutes the first time)"
  cmake --build --preset release "$@"
}
mkdir -p "$TATAMI_ROOT/build"
cd "$TATAMI_ROOT"
