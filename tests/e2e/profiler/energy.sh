#!/usr/bin/env bash
# Energy and roofline of programs that were run.
# usage: energy.sh BUILD SOURCE           a GEMM of one node, messages of sixteen
#        energy.sh BUILD SOURCE die       the GEMM of a die against its published
#                                         power
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
bin="$1/bin" examples="$1/examples" machines="$2/emulator/machines"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

if [ "${3:-}" = die ]; then
  "$bin/tatami-run" --machine die --profile gemm.prof --dir "$work::/tmp" \
    "$examples/05-gemm-tile.elf" /tmp/c.bin 7 >out 2>&1
  "$bin/tatami-prof" report gemm.prof --energy --json >gemm.json
  "$bin/tatami-prof" report gemm.prof --roofline --json | python3 "$here/check-roofline.py" gemm-tile
  python3 - gemm.json <<'PY'
import json, sys
energy = json.load(open(sys.argv[1]))["energy"]
over_time = energy["watts_over_time"]
# What docs/energy.md says of the 533,482 cycles in which all nodes multiply.
count = 533482 // energy["interval"]
means = [sum(over_time[i : i + count]) / count for i in range(len(over_time) - count)]
(gemm,) = energy["regions"]
print(f"{energy['watts']:.1f} W, {gemm['watts']:.1f} W in its region, {max(means):.1f} W while all multiply, {max(over_time):.1f} W at most")
assert abs(max(means) - 425) < 5, "docs/energy.md says 425 W"
assert gemm["nodes"] == 340 and abs(gemm["watts"] - 435.4) < 5, "docs/energy.md says 435 W"
assert 250 <= energy["watts"] <= 400, "the published envelope of a die"
die = [check for check in energy["checks"] if check["what"] == "a die"]
assert die and die[0]["published_watts"] == 400
PY
  exit
fi

"$bin/tatami-run" --profile one.prof --stats one.stats "$examples/03-gemm.elf" >out 2>&1
"$bin/tatami-run" --machine mesh-4x4 --profile mesh.prof --stats mesh.stats "$examples/03-gemm-mesh.elf" >out 2>&1
"$bin/tatami-run" --machine mesh-4x4 --profile many.prof "$examples/06-allreduce.elf" >out 2>&1
for run in one mesh many; do
  "$bin/tatami-prof" report $run.prof --energy --energy-sensitivity --roofline --json >$run.json
  "$bin/tatami-prof" report $run.prof --energy --energy-sensitivity --roofline >$run.txt
done
sed 's/^{/{"energy_mac_bf16_pj": 1.18,/' "$machines/node.json" >double.json
"$bin/tatami-prof" report one.prof --energy --json --energy-machine double.json >double.out
python3 - <<'PY'
import json

def near(a, b):
    return abs(a - b) <= 1e-9 * max(abs(a), abs(b), 1e-12)

def add(all_parts, name):
    return sum(parts[name] for parts in all_parts)

# Regions, the outside and the mesh are the run; what was recorded by region is
# what statistics, counted apart, say of it.
for run in "one", "mesh":
    energy = json.load(open(f"{run}.json"))["energy"]
    rows = [r["parts"] for r in energy["regions"] + [energy["outside"]]] + [energy["regionless_mesh"]]
    for name, joules in energy["parts"].items():
        assert near(add(rows, name), joules), (run, name)
    (gemm,) = energy["regions"]
    stats = json.load(open(f"{run}.stats"))["regions"]["gemm"]
    assert gemm["region"] == "gemm" and gemm["flops"] == stats["flops"] > 0
    assert gemm["nodes"] == stats["nodes"] == (1 if run == "one" else 16)
    assert gemm["seconds"] <= 1.000001 * stats["cycles"] / 2e9
    assert gemm["seconds"] >= 0.9 * stats["cycles"] / 2e9
    assert near(gemm["joules"], sum(gemm["parts"].values()))
    assert near(gemm["watts"], gemm["joules"] / gemm["seconds"])
    assert gemm["parts"]["matrix"] == energy["parts"]["matrix"]
    assert gemm["flops"] + energy["outside"]["flops"] == energy["flops"]
    assert gemm["watts"] > 1.5 * energy["outside"]["watts"], "products take more than printing"

for run in "one", "many":
    whole = json.load(open(f"{run}.json"))
    energy = whole["energy"]
    rows = [f["parts"] for f in energy["functions"]] + [energy["mesh"], energy["idle"]]
    for name, joules in energy["parts"].items():
        assert near(add(rows, name), joules), (run, name)
    assert near(sum(energy["parts"].values()), energy["joules"])
    assert near(sum(energy["node_joules"]) + energy["die_static_joules"], energy["joules"])
    # Every doubled number adds what it stands for.
    gained = sum(watts - energy["watts"] for watts in whole["sensitivity"].values())
    assert near(gained, energy["watts"]), run
    # Intervals are of one length, but the last one.
    seconds, interval = energy["seconds"], energy["interval"] / 2e9
    watts = energy["watts_over_time"]
    last = seconds - interval * (len(watts) - 1)
    joules = sum(watts[:-1]) * interval + watts[-1] * last
    assert near(joules, energy["joules"]), (run, joules, energy["joules"])

one = json.load(open("one.json"))["energy"]
double = json.load(open("double.out"))["energy"]
for name, joules in one["parts"].items():
    assert near(double["parts"][name], joules * (2 if name == "matrix" else 1)), name
many = json.load(open("many.json"))["energy"]
assert many["parts"]["links"] > 0 and one["parts"]["links"] == 0
assert [r["scope"] for r in json.load(open("many.json"))["roofline"]] == ["node", "machine"]
PY
grep -q "of the published 1.13 W" one.txt
grep -qE "^ +[0-9.]+ uJ +[0-9.]+ % +1 .* gemm$" one.txt
grep -q "energy_mac_bf16_pj" one.txt
grep -q "BF16 peak" one.txt

# No function of any example is above a ceiling, and what calculates has points.
# The GEMM of a die is run with its energy.
mkdir data
"$2/examples/04-fashion-mnist/unpack.sh" data >out
"$bin/tatami-run" --dir data::/tmp "$examples/09-profiling-operands.elf" /tmp/operands.bin >out 2>&1
roofs() {
  local name="$1"
  shift
  "$bin/tatami-run" --profile "$name.prof" --dir data::/data "$@" >out 2>&1
  "$bin/tatami-prof" report "$name.prof" --roofline --json | python3 "$here/check-roofline.py" "$name"
}
roofs hello "$examples/01-hello.elf"
roofs saxpy "$examples/02-saxpy.elf"
roofs gemm "$examples/03-gemm.elf"
roofs gemm-mesh --machine mesh-4x4 "$examples/03-gemm-mesh.elf"
roofs fashion-mnist --machine mesh-4x4 "$examples/04-fashion-mnist.elf" /data 1 256 256
roofs gemm-kernel "$examples/05-gemm-kernel.elf"
roofs allreduce --machine mesh-4x4 "$examples/06-allreduce.elf"
roofs stencil --machine mesh-4x4 "$examples/07-stencil.elf"
for step in 0 1 2 3 4; do
  roofs "profiling-$step" "$examples/09-profiling-step$step.elf" /data/operands.bin /data/c.bin
done

# Regions of threads side by side, more names than are told apart, no name at all,
# and a run that ends inside of one.
"$bin/tatami-clang" -O2 -g "$here/regions.c" -o regions.elf
"$bin/tatami-run" --profile regions.prof regions.elf >out 2>&1
"$bin/profile-sums" regions.prof
"$bin/tatami-prof" report regions.prof --energy -n 400 >regions.txt
"$bin/tatami-prof" report regions.prof --energy --json >regions.json
if "$bin/tatami-run" --profile trap.prof regions.elf trap >out 2>&1; then
  echo "error: the run should trap" >&2
  exit 1
fi
"$bin/profile-sums" trap.prof
"$bin/tatami-prof" report trap.prof --energy --json 2>/dev/null >trap.json
python3 - <<'PY'
import json
ended, trapped = (json.load(open(f"{run}.json"))["energy"] for run in ("regions", "trap"))
for energy in ended, trapped:
    assert energy["regions_overlap"]
    names = [row["region"] for row in energy["regions"]]
    assert len(names) == len(set(names)) == 255, len(names)
    assert {"all", "", "left", "right", "r0", "r249", "(all others)"} <= set(names), names
    assert "r250" not in names, names
    joules = sum(row["joules"] for row in energy["regions"] + [energy["outside"]])
    assert abs(joules / energy["joules"] - 1) < 1e-9
# 50 more names are one; where it traps belongs to that.
others, more = ([row for row in energy["regions"] if row["region"] == "(all others)"][0] for energy in (ended, trapped))
assert more["joules"] > others["joules"] > 0
PY
grep -q "the one opened last" regions.txt
grep -qE ' ""$' regions.txt

# Memory behind the rim: an access for each packet to or from it.
cat >rim.json <<'JSON'
{"schema": 1, "columns": 4, "rows": 4, "die_columns": 2, "die_rows": 4,
 "interface_processors": [{"side": "west", "first": 0, "last": 3}, {"side": "south", "first": 2, "last": 3}]}
JSON
"$bin/tatami-clang" -O2 "$2/tests/e2e/communication/hbm.c" -o hbm.elf
"$bin/tatami-run" --machine rim.json --profile hbm.prof --stats stats.json hbm.elf >out 2>&1
"$bin/tatami-prof" report hbm.prof --energy --json >hbm.json
python3 - <<'PY'
import json
mesh = json.load(open("stats.json"))["mesh"]
parts = json.load(open("hbm.json"))["energy"]["parts"]
assert mesh["from_devices"] > 500, mesh
accesses = mesh["to_devices"] + mesh["from_devices"]
assert abs(parts["hbm"] - accesses * 2800e-12) < 1e-15, (parts, mesh)
assert parts["crossings"] > mesh["from_devices"] * 768e-12
PY

# What cannot be: another grid, a machine that is none.
expect() {
  local message="$1"
  shift
  if "$@" >out 2>errors; then
    echo "error: succeeded: $*" >&2
    exit 1
  fi
  grep -qF -- "$message" errors || { cat errors >&2; exit 1; }
}
expect "the grid may not" "$bin/tatami-prof" report one.prof --energy --energy-machine die
expect "'energy_hop_pj' is -1" "$bin/tatami-prof" report one.prof --energy \
  --energy-machine <(sed 's/^{/{"energy_hop_pj": -1,/' "$machines/node.json")
