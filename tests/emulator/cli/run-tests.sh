#!/bin/sh
# Runs tatami-run on good and bad input and compares status and message.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
run=$1
images=$(mktemp -d)
trap 'rm -rf "$images"' EXIT
"$2" "$images" || exit 1
failures=0

# expect STATUS TEXT ARGUMENT... : the status, and a text in the output.
expect() {
  status=$1 text=$2
  shift 2
  output=$("$run" "$@" 2>&1)
  got=$?
  if [ "$got" != "$status" ]; then
    echo "FAILED: tatami-run $*: status $got, expected $status: $output"
    failures=$((failures + 1))
  fi
  case $output in
  *"$text"*) ;;
  *)
    echo "FAILED: tatami-run $*: expected '$text' in: $output"
    failures=$((failures + 1))
    ;;
  esac
}

expect 7 "2 instructions" "$images/exit7.elf"
expect 7 "IPC" --timing off "$images/exit7.elf"
expect 7 "timing unit" --timing unit --host-threads 2 "$images/exit7.elf"
expect 7 "timing d1" --timing reference "$images/exit7.elf"
expect 7 "matrix utilisation" --host-level generic "$images/exit7.elf"
expect 7 "32 instructions" --machine mesh-4x4 "$images/exit7.elf"
expect 7 "708 instructions" --machine die "$images/exit7.elf"
expect 0 "h" "$images/output.elf"
expect 0 "IMAGE.elf" --help

# Wrong command lines.
expect 2 "tatami-run: error:" --no-such-flag "$images/exit7.elf"
expect 2 "tatami-run: error:"
expect 2 "--timing" --timing fast "$images/exit7.elf"
expect 2 "--host-threads" --host-threads 0 "$images/exit7.elf"
expect 2 "--max-cycles" --max-cycles x "$images/exit7.elf"
expect 2 "HOST::GUEST" --dir "$images" "$images/exit7.elf"
expect 2 "host level" --host-level v9 "$images/exit7.elf"

# Wrong images.
echo hello > "$images/text.elf"
expect 1 "text.elf: is no ELF file" "$images/text.elf"
expect 1 "no-such.elf: cannot be opened" "$images/no-such.elf"
expect 1 "truncated" "$images/truncated.elf"
expect 1 "another machine" "$images/other-machine.elf"
expect 1 "does not fit" "$images/too-large.elf"
expect 1 "cannot be" "$images"

# Wrong machine files.
echo '{"schema": 1, "columns": 1, "rows": 1, "hops": 3}' > "$images/key.json"
expect 1 "key.json: unknown key 'hops'" --machine "$images/key.json" "$images/exit7.elf"
echo '{"schema": 1, "columns": 1, "rows": 0}' > "$images/value.json"
expect 1 "value.json: key 'rows' is 0" --machine "$images/value.json" "$images/exit7.elf"
expect 1 "no machine 'moon'" --machine moon "$images/exit7.elf"

# Wrong programs.
expect 134 "out-of-bounds" "$images/out-of-bounds.elf"
expect 134 "divide-by-zero" "$images/divide.elf"
expect 124 "--max-cycles" --max-cycles 10000 "$images/forever.elf"
expect 124 "--max-cycles" --timing off --max-cycles 10000 "$images/forever.elf"

# Files: only below what was granted, whatever the path.
mkdir "$images/granted" "$images/secret"
echo x > "$images/granted/file"
echo x > "$images/secret/file"
ln -s ../secret/file "$images/granted/link"
ln -s ../secret "$images/granted/folder"
expect 0 "" --dir "$images/granted::/data" "$images/open.elf" /data/file
expect 1 "" "$images/open.elf" "$images/granted/file"
expect 1 "" --dir "$images/granted::/data" "$images/open.elf" /data/../secret/file
expect 1 "" --dir "$images/granted::/data" "$images/open.elf" /data/link
expect 1 "" --dir "$images/granted::/data" "$images/open.elf" /data/folder/file
expect 1 "" --dir "$images/granted::/data" "$images/open.elf" /data
expect 1 "cannot be opened" --dir "$images/nowhere::/data" "$images/open.elf" x

# Statistics and log.
expect 7 "" --stats "$images/stats.json" --trace "$images/log" "$images/exit7.elf"
grep -q '"lost_cycles"' "$images/stats.json" || {
  echo "FAILED: no lost_cycles in the statistics"
  failures=$((failures + 1))
}
[ "$(wc -l < "$images/log")" = 2 ] || {
  echo "FAILED: the log has not one line per instruction"
  failures=$((failures + 1))
}
expect 1 "cannot be written" --stats "$images/no/stats.json" "$images/exit7.elf"

[ "$failures" = 0 ]
