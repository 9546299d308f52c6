#!/bin/bash
# Compiles and runs the self-checking C programs of gcc.c-torture/execute, from
# Debian's package gcc-12-source, and compares who passes with what is expected.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# An expected failure that passes is an error as well: the list stays true.
set -u

usage() {
  cat <<'END'
usage: run-gcc-torture.sh --compiler FILE --runner FILE --work FOLDER [option...]
  --compiler FILE   tatami-clang
  --runner FILE     tatami-run
  --work FOLDER     where the programs are extracted and results are written
  --list FILE       names of the programs (default: gcc-torture.txt beside this script)
  --failures FILE   name, levels and reason of expected failures
                    (default: gcc-torture-failures.txt beside this script)
  --level FLAG      optimisation level, such as -O2 (default); may be repeated
  --every N         only every Nth program (default 1)
  --only PATTERN    only programs whose name matches a shell pattern
  --jobs N          programs at a time (default 2)
END
  exit "${1:-2}"
}

fail() { echo "run-gcc-torture.sh: error: $*" >&2; exit 2; }

here=$(cd "$(dirname "$0")" && pwd)
compiler= runner= work= every=1 jobs=2 only='*' levels=()
list=$here/gcc-torture.txt
failures=$here/gcc-torture-failures.txt
while (($#)); do
  [[ $1 == --help ]] && usage 0
  (($# >= 2)) || usage
  case $1 in
    --compiler) compiler=$2 ;;
    --runner) runner=$2 ;;
    --work) work=$2 ;;
    --list) list=$2 ;;
    --failures) failures=$2 ;;
    --level) levels+=("$2") ;;
    --every) every=$2 ;;
    --only) only=$2 ;;
    --jobs) jobs=$2 ;;
    *) usage ;;
  esac
  shift 2
done
[[ -n $compiler && -n $runner && -n $work ]] || usage
((${#levels[@]})) || levels=(-O2)
for tool in "$compiler" "$runner"; do
  [[ -x $tool ]] || fail "$tool: no such program"
done

# Extracted once per work folder, also when several tests start together.
mkdir -p "$work" || exit 2
sources=$work/execute
(
  flock 9
  if [[ ! -e $work/extracted ]]; then
    archives=(/usr/src/gcc-12/gcc-12*.tar.xz)
    [[ -e ${archives[0]} ]] ||
      fail "the programs are missing: install Debian's package gcc-12-source"
    tar -C "$work" -xf "${archives[0]}" --strip-components=4 --wildcards \
      '*/gcc/testsuite/gcc.c-torture/execute/*' || exit 2
    touch "$work/extracted"
  fi
) 9>"$work/lock" || exit 2

# One program: prints "pass", or what went wrong.
run_one() {
  local name=$1 level=$2
  local source=$sources/$name image=$work/images/${level#-}/${name%.c}.elf
  local log=${image%.elf}.log options status
  mkdir -p "${image%/*}"
  # The flags that the program asks for, unless it asks for one target only.
  options=$(sed -n 's/.*{ *dg-\(additional-\)\?options *"\([^"]*\)" *}.*/\2/p' "$source")
  grep -q 'dg-add-options stack_size' "$source" && options+=" -DSTACK_SIZE=131072"
  ulimit -v 8000000 # KiB
  # shellcheck disable=SC2086
  timeout 120 "$compiler" -std=gnu17 -w -Wno-implicit-int -Wno-int-conversion \
    -Wno-implicit-function-declaration -Wno-incompatible-function-pointer-types \
    -Wno-return-mismatch "$level" $options -Wl,--stack-size=786432 "$source" -lm -o "$image" >"$log" 2>&1
  status=$?
  if ((status)); then
    if ((status == 124)); then echo "compiler: time limit"; return; fi
    echo "compiler: $(grep -m1 -E 'error|Assertion|LLVM ERROR|UNREACHABLE' "$log" |
      cut -c1-160)"
    return
  fi
  # Some programs write a temporary file.
  local files=${image%.elf}.files
  mkdir -p "$files"
  timeout 60 "$runner" --timing off --max-cycles 3000000000 --dir "$files::/tmp" \
    "$image" >"$log" 2>&1 </dev/null
  status=$?
  rm -rf "$image" "$files"
  if ((status == 0)); then
    rm -f "$log"
    echo pass
  elif ((status == 124)); then
    echo "run: time limit"
  else
    echo "run: status $status: $(grep -m1 -aE 'trap|error' "$log" | cut -c1-160)"
  fi
}
export -f run_one
export compiler runner work sources

names=()
index=0
while read -r name; do
  [[ -n $name && $name != \#* ]] || continue
  # shellcheck disable=SC2053
  (((index++) % every == 0)) && [[ $name == $only ]] && names+=("$name")
done <"$list"
((${#names[@]})) || fail "no program is left to run"

wrong=0
for level in "${levels[@]}"; do
  results=$work/results${level}-$every.tsv
  printf '%s\n' "${names[@]}" |
    xargs -P "$jobs" -I NAME bash -c \
      'printf "%s\t%s\n" NAME "$(run_one NAME '"$level"')"' | sort >"$results"
  passed=$(grep -c $'\tpass$' "$results")
  echo "gcc.c-torture/execute $level: $passed of ${#names[@]} pass"

  declare -A expected=()
  if [[ -e $failures ]]; then
    while IFS=$'\t' read -r name where reason; do
      [[ -n $name && $name != \#* ]] || continue
      [[ -n ${reason:-} ]] || fail "$failures: $name has no reason"
      if [[ $where == all || ,$where, == *,$level,* ]]; then
        expected[$name]=$reason
      fi
    done <"$failures"
  fi
  while IFS=$'\t' read -r name result; do
    if [[ $result == pass && -n ${expected[$name]:-} ]]; then
      echo "  $name passes now: take it off the list of failures"
      wrong=1
    elif [[ $result != pass && -z ${expected[$name]:-} ]]; then
      echo "  $name: $result"
      wrong=1
    fi
  done <"$results"
  unset expected
done
exit $wrong
