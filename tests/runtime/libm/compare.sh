#!/usr/bin/env bash
# Compares the results of libm's functions on the device with those of the same
# sources built for the host, bit by bit.
# usage: compare.sh HOST_PROGRAM TATAMI_RUN IMAGE COUNT [NAME|every-unary]...
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -euo pipefail
host=$1 run=$2 image=$3 count=$4
shift 4
names=()
for name in "$@"; do
  if [ "$name" = every-unary ]; then
    mapfile -t unary < <("$host" names | awk '$2 == "f" { print $1 }')
    names+=("${unary[@]}")
  else
    names+=("$name")
  fi
done

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$run" --timing off "$image" sample "$count" ${names[@]+"${names[@]}"} \
  > "$folder/device" 2> "$folder/errors" || { cat "$folder/errors" >&2; exit 1; }
"$host" sample "$count" ${names[@]+"${names[@]}"} > "$folder/host"
[ -s "$folder/host" ] || { echo "compare.sh: no results" >&2; exit 1; }
if cmp -s "$folder/host" "$folder/device"; then
  echo "$(cut -d' ' -f1 "$folder/host" | sort -u | wc -l) functions, $count operands each: the same bits"
  exit 0
fi
# The first operands of each function that differs.
diff "$folder/host" "$folder/device" > "$folder/lines" || true
awk '$1 == ">" && !seen[$2]++ { print $2, $3 }' "$folder/lines" > "$folder/parts"
while read -r name part; do
  echo "$name differs: inputs : outputs, < host, > device"
  "$host" show "$count" "$name" "$part" > "$folder/host.part"
  "$run" --timing off "$image" show "$count" "$name" "$part" > "$folder/device.part" \
    2> "$folder/errors" < /dev/null
  diff "$folder/host.part" "$folder/device.part" > "$folder/differences" || true
  head -n 5 "$folder/differences"
done < "$folder/parts"
exit 1
