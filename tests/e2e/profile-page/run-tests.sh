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
