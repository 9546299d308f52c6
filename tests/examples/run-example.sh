#!/usr/bin/env bash
# Runs one example and compares its results. usage: run-example.sh NAME BUILD SOURCE
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -euo pipefail
name="$1" build="$2" source="$3"
run="$build/bin/tatami-run" images="$build/examples"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
fail() { echo "$name: $*" >&2; exit 1; }
# A number of the first region in a statistics file. One program does it: a
# reader that stops early would end the one that writes to it.
region() { awk -v key="\"$2\"" '/"regions"/ { r = 1 } r && index($0, key) { sub(/.*: */, ""); sub(/,.*/, ""); print; exit }' "$1"; }

case "$name" in
01-hello)
  [ "$("$run" "$images/01-hello.elf" | grep -c hello)" = 1 ] || fail "one node says hello once"
  "$run" --machine mesh-4x4 "$images/01-hello.elf" >"$work/1"
  [ "$(grep -c hello "$work/1")" = 16 ] || fail "16 nodes say hello"
  [ "$(sort -u "$work/1" | wc -l)" = 16 ] || fail "each node says something else"
  "$run" --machine mesh-4x4 --timing unit "$images/01-hello.elf" | sort >"$work/2"
  sort "$work/1" | cmp - "$work/2" || fail "timing changed the results"
  "$run" --machine die "$images/01-hello.elf" >"$work/3"
  [ "$(grep -c hello "$work/3")" = 354 ] || fail "354 nodes of a die say hello"
  ;;
02-saxpy)
  for timing in d1 unit off; do
    "$run" --timing $timing "$images/02-saxpy.elf" >"$work/out"
    grep -q "16384 elements, all right" "$work/out" || fail "wrong with --timing $timing"
  done
  "$build/bin/tatami-objdump" -d --disassemble-symbols=saxpy "$images/02-saxpy.elf" >"$work/dump"
  grep -q vfmadd.s "$work/dump" || fail "the loop is not vectorised"
  ;;
03-gemm)
  for timing in d1 unit off; do
    "$run" --timing $timing --dir "$work::/data" --stats "$work/$timing.json" "$images/03-gemm.elf" /data/c.bin
    "$images/gemm-reference" 256 "$work/c.bin" || fail "wrong bits with --timing $timing"
  done
  use="$(region "$work/d1.json" matrix_utilization)"
  awk -v u="$use" 'BEGIN { exit !(u >= 0.95 && u <= 1) }' || fail "matrix unit used to $use, expected at least 0.95"
  echo "matrix unit used to $use in the region gemm"
  "$build/bin/tatami-objdump" -d "$images/03-gemm.elf" >"$work/dump"
  grep -q 'mma\.bf16' "$work/dump" || fail "no matrix instruction found"
  ! grep -q accst "$work/dump" || fail "the kernel spills accumulators"
  ;;
03-gemm-mesh)
  for timing in d1 off; do
    "$run" --machine mesh-4x4 --timing $timing --dir "$work::/data" "$images/03-gemm-mesh.elf" /data/c.bin
    "$images/gemm-reference" 512 "$work/c.bin" || fail "wrong bits with --timing $timing"
  done
  ;;
04-fashion-mnist)
  "$source/examples/04-fashion-mnist/unpack.sh" "$work/mnist"
  for threads in 1 2; do
    "$run" --machine mesh-4x4 --host-threads $threads --dir "$work/mnist::/data" "$images/04-fashion-mnist.elf" /data 1 2560 320 >"$work/out$threads"
    cp "$work/mnist/weights.bin" "$work/weights$threads"
  done
  cat "$work/out1"
  cmp "$work/weights1" "$work/weights2" || fail "host threads changed the weights"
  cmp "$work/out1" "$work/out2" || fail "host threads changed the output"
  "$images/fashion-mnist-reference" "$work/mnist" 1 2560 320 >"$work/reference" || fail "wrong bits: $(cat "$work/reference")"
  # The loss is summed in another order, so only the accuracies are compared.
  diff <(grep -o 'training.*' "$work/out1") <(grep -o 'training.*' "$work/reference") || fail "the reference has another accuracy"
  "$run" --machine die --timing off --dir "$work/mnist::/data" "$images/04-fashion-mnist.elf" /data 1 11328 354 >"$work/out"
  cat "$work/out"
  "$images/fashion-mnist-reference" "$work/mnist" 1 11328 354 >"$work/reference" || fail "wrong bits on a die: $(cat "$work/reference")"
  ;;
05-gemm-tile)
  "$run" --stats "$work/kernel.json" "$images/05-gemm-kernel.elf" || fail "the kernel is wrong"
  use="$(region "$work/kernel.json" matrix_utilization)"
  awk -v u="$use" 'BEGIN { exit !(u >= 0.95 && u <= 1) }' || fail "matrix unit used to $use by the kernel, expected at least 0.95"
  echo "matrix unit used to $use in the region kernel"
  for options in "--timing d1" "--timing d1 --host-threads 2" "--timing off"; do
    "$run" --machine mesh-4x4 $options --dir "$work::/data" --stats "$work/gemm.json" "$images/05-gemm-tile.elf" /data/c.bin 7 ||
      fail "wrong elements with $options"
    "$images/gemm-tile-reference" 4 4 7 "$work/c.bin" || fail "wrong bits with $options"
    use="$(region "$work/gemm.json" matrix_utilization)"
    case "$options" in *d1*)
      [ -z "${first-}" ] || [ "$use" = "$first" ] || fail "host threads changed the cycles"
      first="$use"
      awk -v u="$use" 'BEGIN { exit !(u >= 0.92 && u <= 1) }' || fail "matrix units used to $use, expected at least 0.92"
      echo "matrix units used to $use in the region gemm" ;;
    esac
  done
  # Cut off while lists are under way, and continued.
  whole() { grep -v host_seconds "$work/gemm.json"; }
  "$run" --machine mesh-4x4 --stats "$work/gemm.json" "$images/05-gemm-tile.elf" >"$work/out1"
  whole >"$work/stats1"
  status=0
  "$run" --machine mesh-4x4 --checkpoint-every 50000 --checkpoint "$work/checkpoint" --max-cycles 500000 "$images/05-gemm-tile.elf" 2>"$work/cut" || status=$?
  [ $status = 124 ] || fail "a run that is cut off ends with $status"
  "$run" --machine mesh-4x4 --restore "$work/checkpoint" --stats "$work/gemm.json" "$images/05-gemm-tile.elf" >"$work/out2"
  whole >"$work/stats2"
  cmp "$work/out1" "$work/out2" || fail "another output after a restored checkpoint"
  cmp "$work/stats1" "$work/stats2" || fail "other statistics after a restored checkpoint"
  ;;
06-allreduce)
  # Sizes with and without a rest, for streams of a few packets and of many.
  for machine in mesh-4x4 die; do
    "$run" --machine $machine "$images/06-allreduce.elf" 64 448 4096 17664 >"$work/out"
    cat "$work/out"
    grep -q "^all sums are right" "$work/out" || fail "wrong sums on $machine"
    [ "$(grep -c '^ *[0-9]* *[0-9]* *[0-9]* *[0-9]* *[0-9.]* *[0-9.]*$' "$work/out")" = 4 ] || fail "expected four rows"
  done
  ;;
07-stencil)
  for machine in mesh-4x4 die; do
    for timing in d1 off; do
      "$run" --machine $machine --timing $timing "$images/07-stencil.elf" 6 >"$work/out"
      grep -q "^all elements are right" "$work/out" || fail "wrong elements on $machine with --timing $timing"
    done
    cat "$work/out"
  done
  ;;
*) fail "unknown example" ;;
esac
