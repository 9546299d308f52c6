#!/usr/bin/env bash
# Pages of a made-up run of 354 nodes and of a real one, used in a browser.
# usage: run-tests.sh BUILD-FOLDER OUTPUT-FOLDER
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
build="$1" out="$2"
for tool in chromium chromedriver; do
  command -v "$tool" >/dev/null ||
    { echo "run-tests.sh: error: $tool is not installed; scripts/setup installs it" >&2; exit 1; }
done
mkdir -p "$out"

"$build/bin/make-test-page" "$build/examples/05-gemm-tile.elf" die "$out/die.html"
python3 "$here/check-page.py" "$out/die.html"

# A real run whose function, region and argument are markup.
"$build/bin/tatami-clang" -O2 -g "$here/hostile.c" -o "$out/hostile.elf"
"$build/bin/tatami-prof" run -o "$out/hostile.prof" --machine mesh-4x4 --timeline "$out/hostile.elf" "<!--<script>" >/dev/null 2>&1
"$build/bin/tatami-prof" html "$out/hostile.prof" -o "$out/hostile.html"
python3 "$here/check-page.py" "$out/hostile.html" --timeline --shows "<img src=x onerror=work>" \
  --shows "</script><img src=x onerror=document.title='broken'><!--" --shows "'<!--<script>'"

# What cannot be done is said.
fails() { # STATUS TEXT COMMAND...
  local status=0
  "${@:3}" >"$out/message" 2>&1 || status=$?
  [ "$status" = "$1" ] && grep -qF -- "$2" "$out/message" ||
    { echo "run-tests.sh: error: status $status, not $1 and '$2', of: ${*:3}" >&2; cat "$out/message" >&2; exit 1; }
}
fails 1 "cannot be written" "$build/bin/tatami-prof" html "$out/hostile.prof" -o "$out/none/page.html"
fails 1 "cannot be read" "$build/bin/tatami-prof" html "$out/none.prof"
fails 1 "hostile.c" "$build/bin/tatami-prof" html "$here/hostile.c"
"$build/bin/tatami-prof" html "$out/hostile.prof" -o - | cmp - "$out/hostile.html"
