#!/bin/sh
# Lines of all nodes, in whatever order: each names its node, none is broken.
# usage: check-nodes.sh <tatami-run> <image of nodes.c>
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
lines=$("$1" --timing off --machine mesh-4x4 "$2") || exit 1
for length in short long; do
  count=$(echo "$lines" | grep -cE \
    "^\[node ([0-9]+) \([0-3],[0-3]\)\] a $length line.*from \1$")
  if [ "$count" != 16 ]; then
    echo "$count $length lines instead of 16"
    echo "$lines"
    exit 1
  fi
done
