# Sourced by scripts that check many commands and tell of all that are wrong:
# they work in a folder of their own, and end with `exit $bad`.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
bad=0

complain() { echo "$1" >&2; bad=1; }
# expect NAME STATUS STREAM PATTERN COMMAND...: exit status, and what a stream has
expect() {
  local name="$1" status="$2" stream="$3" pattern="$4"; shift 4
  timeout 60 "$@" >out 2>err; local got=$?
  if [ $got != "$status" ] || ! grep -qE -- "$pattern" "$stream"; then
    complain "$name: '$*' ended with $got; expected $status and /$pattern/ in:"
    head -20 "$stream" >&2
  fi
}
