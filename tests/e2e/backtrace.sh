#!/usr/bin/env bash
# A trap shows who called whom, with what: values of all kinds, inlined calls, C++
# names, deep recursion, jumps to nowhere, threads, and programs without -g.
# usage: backtrace.sh BUILD SOURCE
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -euo pipefail
bin="$1/bin"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
bad=0
# run NAME OPTION...: compiles and runs; the report is in NAME.out.
run() {
  local name="$1"; shift
  case "$name" in *pp) compiler=tatami-clang++ ;; *) compiler=tatami-clang ;; esac
  "$bin/$compiler" "$@" "$name" -o "$name.elf"
  "$bin/tatami-run" "$name.elf" >"$name.out" 2>&1 || true
}
# has NAME TEXT: the report has that line, runs of blanks apart.
has() {
  tr -s ' ' <"$1.out" >"$1.flat"
  if ! grep -qF -- "$2" "$1.flat"; then
    echo "backtrace: expected '$2' in:" >&2; cat "$1.out" >&2; bad=1
  fi
}

cat >values.c <<'C'
#include <tatami.h>
#include <stdbool.h>
struct pair { int x, y; };
enum color { red, green = 5 };
__attribute__((noinline)) long load(int *p, long n, const char *name, float f, double d, struct pair q,
          enum color c, char letter, bool yes, tatami_v16f32 v, unsigned char *bytes) {
  return *p + n + *name + (long)f + (long)d + q.x + c + letter + yes + (long)v[0] + *bytes;
}
static inline __attribute__((always_inline)) long wrap(int *p, unsigned char depth) {
  return load(p, -depth, "hello\n", 1.5f, 2.25, (struct pair){1, 2}, green, 'x', true,
              (tatami_v16f32){1, 2, 3, 4}, 0);
}
int main(int argc, char **argv) {
  int *volatile p = 0;
  return (int)wrap(p, (unsigned char)argc);
}
C
run values.c -O0 -g
has values.c '#0 0x'
has values.c ' in load (p=0x0, n=-1, name=0x'
has values.c ' "hello\n", f=1.5, d=2.25, q={...}, c=green, letter=120 '"'x'"', yes=true, v={1, 2, 3, 4, ...}, bytes=0x0) at values.c:7'
has values.c ' in wrap (p=0x0, depth=1 '"'\001'"') [inlined] at values.c:10'
has values.c ' in main (argc=1, argv=0x'
has values.c ') at values.c:15'
has values.c ' in __tatami_start () at '

run values.c -O2 -g
has values.c ' in load (p='
has values.c 'f=1.5'
has values.c ' in wrap ('
has values.c '[inlined] at values.c:10'
has values.c ' in main ('
run values.c -O2
has values.c '#0 0x'
has values.c ' in load ()'
has values.c '#1 0x'
has values.c ' in main ()'

cat >scopes.cpp <<'C'
namespace space {
struct Box {
  int *Inside;
  __attribute__((noinline)) int get(int By) const { return *Inside * By; }
  template <class T> __attribute__((noinline)) T as(T Value) const { return get(2) + Value; }
};
namespace { __attribute__((noinline)) int hidden(const Box &B) { return B.as<long>(7) + 1; } }
}
int main() {
  space::Box B{nullptr};
  auto Call = [&](int N) __attribute__((noinline)) { return space::hidden(B) + N; };
  return Call(3) + 1;
}
C
run scopes.cpp -O0 -g
has scopes.cpp 'in space::Box::get (this=0x'
has scopes.cpp ', By=2) at scopes.cpp:4'
has scopes.cpp 'in space::Box::as<long> (this=0x'
has scopes.cpp ', Value=7) at scopes.cpp:5'
has scopes.cpp 'in space::(anonymous namespace)::hidden (B=@0x'
has scopes.cpp ' in {lambda}::operator() (this=0x'
run scopes.cpp -O1 -fno-inline
has scopes.cpp 'in space::Box::get(int) const'

cat >deep.c <<'C'
int deep(int n, int *p) { int a[100]; a[n % 100] = n; return deep(n + 1, a) + a[n % 99] + *p; }
int main(void) { return deep(0, 0); }
C
run deep.c -O0 -g
has deep.c 'trap: stack-overflow'
has deep.c 'in deep (n=<not stored yet>, p=<not stored yet>) at deep.c:1'
has deep.c ' more)'
has deep.c 'in deep (n=0, p=0x0) at deep.c:1'
has deep.c 'in main () at deep.c:2'
[ "$(grep -c ' in deep ' deep.c.out)" -lt 60 ] || { echo "backtrace: too many frames" >&2; bad=1; }

cat >nowhere.c <<'C'
__attribute__((noinline)) int call(int (*f)(int), int n) { return f(n) + 1; }
int main(void) { return call(0, 3) * 5; }
C
run nowhere.c -O1 -g
has nowhere.c 'trap: bad-fetch'
has nowhere.c '#0 0x0 in ??'
has nowhere.c 'in call ('
has nowhere.c 'in main () at nowhere.c:2'

cat >library.c <<'C'
#include <string.h>
#include <stdlib.h>
static int order(const void *a, const void *b) { return (int)strlen(*(char *const *)a) - (int)strlen(*(char *const *)b); }
int main(void) { char *names[] = {"a", 0, "abc"}; qsort(names, 3, sizeof *names, order); return 0; }
C
run library.c -O1 -g
has library.c '#0 0x'
has library.c ' in strlen () at '
has library.c ' in order (a='
has library.c ' in qsort '
has library.c 'in main () at library.c:4'

cat >thread.c <<'C'
#include <tatami/node.h>
static void work(void *argument) { *(int *)argument = 1; }
int main(void) { tatami_thread_start(2, work, 0); return tatami_thread_join(2); }
C
run thread.c -O0 -g
has thread.c 'thread 2'
has thread.c 'in work (argument=0x0) at thread.c:2'
has thread.c 'in __tatami_thread_main ('
has thread.c 'in __tatami_thread_entry ()'

cat >wait.c <<'C'
#include <tatami.h>
__attribute__((noinline)) void forever(int which) { tatami_sem_wait(which, 1); }
int main(void) { forever(3); return 1; }
C
run wait.c -O0 -g
has wait.c 'trap: deadlock'
has wait.c 'in forever (which=3) at wait.c:2'
if grep -l 'no further' ./*.out; then echo "backtrace: a stack could not be followed" >&2; bad=1; fi
exit $bad
