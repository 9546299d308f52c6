#!/usr/bin/env bash
# Runs a program on the host and its image on the device; they must print the same.
# usage: same-output.sh HOST_PROGRAM TATAMI_RUN IMAGE
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$1" > "$folder/host"
"$2" --timing off --max-cycles 4000000000 "$3" > "$folder/device"
[ -s "$folder/host" ] || { echo "same-output.sh: the program prints nothing" >&2; exit 1; }
diff "$folder/host" "$folder/device" || { echo "same-output.sh: < host, > device" >&2; exit 1; }
