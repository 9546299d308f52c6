#!/usr/bin/env bash
# Runs the device's libm over the operands of glibc's table and prints the errors.
# usage: glibc-table.sh HOST_PROGRAM TATAMI_RUN IMAGE FOLDER
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -euo pipefail
host=$1 run=$2 image=$3 folder=$4
here=$(dirname "${BASH_SOURCE[0]}")
archive=(/usr/src/glibc/glibc-*.tar.xz)
[ -f "${archive[-1]}" ] ||
  { echo "glibc-table.sh: glibc's sources are missing: install Debian's package glibc-source" >&2; exit 1; }

mkdir -p "$folder"
rm -f "$folder/results"
"$host" names > "$folder/names"
"$here/glibc-table.py" write "${archive[-1]}" "$folder/names" "$folder/table" "$folder/operands"
"$run" --timing off --dir "$folder::/data" "$image" values /data/operands /data/results
"$here/glibc-table.py" judge "$folder/table" "$folder/results"
