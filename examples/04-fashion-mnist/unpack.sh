#!/usr/bin/env bash
# Unpacks Debian's dataset-fashion-mnist into a folder, under the names that the
# example reads. usage: unpack.sh FOLDER
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -euo pipefail
from=/usr/share/datasets/fashion-mnist
[ $# = 1 ] || { echo "usage: unpack.sh FOLDER" >&2; exit 2; }
[ -d "$from" ] || { echo "unpack.sh: error: $from is missing; install the package dataset-fashion-mnist" >&2; exit 1; }
mkdir -p "$1"
for part in train t10k; do
  gunzip -c "$from/$part-images-idx3-ubyte.gz" >"$1/$part-images"
  gunzip -c "$from/$part-labels-idx1-ubyte.gz" >"$1/$part-labels"
done
