#!/usr/bin/env bash
# Executes the blocks of a document: on a copy of the tree, or, with folders of
# programs (BIN[:BIN]), in an empty folder with these programs in the PATH, or in
# FOLDER of a copy of the examples.
# usage: run-document.sh DOCUMENT SOURCE
#        run-document.sh DOCUMENT --programs BIN [EXAMPLES FOLDER]
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#   ```after FILE: TEXT    the block goes behind the one line of FILE that contains TEXT
#   ```file NAME           the block becomes a file
#   ```from FILE           the block is a part of FILE
#   ```run                 each line is a command that succeeds
#   ```prints, ```fails    the first line is a command that succeeds, or fails;
#                          its output contains what follows "# " on the next lines
set -euo pipefail
document="$(realpath "$1")" source="$2"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
export BUILD="$work/build"
fail() { echo "$(basename "$document"): error: $*" >&2; exit 1; }

if [ "$source" = --programs ]; then
  export PATH="$3:$PATH"
  if [ "$#" -gt 3 ]; then
    cp -r "$4" "$work/examples"
    cd "$work/examples/$5"
  else
    mkdir "$work/empty"
    cd "$work/empty"
  fi
else
  # Only what an instruction needs: the tree without the compiler and the programs.
  mkdir -p "$work/tree/tests"
  cp -r "$source/CMakeLists.txt" "$source/cmake" "$source/isa" "$source/emulator" "$work/tree/"
  cp -r "$source/tests/CMakeLists.txt" "$source/tests/emulator" "$work/tree/tests/"
  cd "$work/tree"
  cmake -S . -B "$BUILD" -G Ninja -DCMAKE_BUILD_TYPE=Release >"$work/log" 2>&1 || { cat "$work/log" >&2; fail "configuring failed"; }
fi

# What programs print is part of the document, figures included.
update="; what it prints is above: if that is right, put it into the document"

execute() { # KIND ARGUMENT BLOCK
  case "$1" in
  after)
    local file="${2%%: *}" text="${2#*: }"
    [ "$(grep -cF -- "$text" "$file")" = 1 ] || fail "'$text' is not in exactly one line of $file"
    awk -v text="$text" -v block="$3" '{ print } index($0, text) { print block }' "$file" >"$work/new"
    cat "$work/new" >"$file" ;;
  file) printf '%s\n' "$3" >"$2" ;;
  from) # It may be shown further left than it is.
    [[ "$(sed 's/^ *//' "$2")" == *"$(sed 's/^ *//' <<<"$3")"* ]] || fail "$2 does not contain the block that begins with '$(head -1 <<<"$3")'" ;;
  run)
    while read -r command; do
      echo "\$ $command"
      eval "$command" >"$work/log" 2>&1 || { tail -40 "$work/log" >&2; fail "'$command' failed"; }
    done <<<"$3" ;;
  prints | fails)
    local command; command="$(head -1 <<<"$3")"
    echo "\$ $command"
    if eval "$command" >"$work/log" 2>&1; then
      [ "$1" = prints ] || fail "'$command' should have failed"
    else
      [ "$1" = fails ] || { tail -40 "$work/log" >&2; fail "'$command' failed"; }
    fi
    while read -r expected; do
      grep -qF -- "${expected#\# }" "$work/log" || { tail -40 "$work/log" >&2; fail "'$command' did not say '${expected#\# }'$update"; }
      grep -F -- "${expected#\# }" "$work/log" | head -3
    done < <(tail -n +2 <<<"$3") ;;
  esac
}

blocks=0 kind="" block=""
while IFS= read -r line; do
  if [ -z "$kind" ]; then
    if [[ "$line" =~ ^\`\`\`(after|file|from|run|prints|fails)\ ?(.*)$ ]]; then
      kind="${BASH_REMATCH[1]}" argument="${BASH_REMATCH[2]}" block=""
    fi
  elif [ "$line" = '```' ]; then
    execute "$kind" "$argument" "${block%$'\n'}"
    kind="" blocks=$((blocks + 1))
  else
    block+="$line"$'\n'
  fi
done <"$document"
[ "$blocks" -gt 0 ] || fail "no block found"
echo "$blocks blocks executed"
