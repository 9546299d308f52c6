//===- start.c - What happens before and after main -----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Run with the arguments `one`, an empty one and `last one`; prints the order
// of events and exits with 42.
//===----------------------------------------------------------------------===//

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

__attribute__((constructor(200))) static void second(void) { puts("second"); }
__attribute__((constructor(101))) static void first(void) { puts("first"); }
__attribute__((destructor)) static void last(void) { puts("last"); }
static void atExit(void) { puts("at exit"); }

int main(int argc, char **argv) {
  if (argc != 4 || strcmp(argv[1], "one") || strcmp(argv[2], "") ||
      strcmp(argv[3], "last one") || argv[4])
    printf("argc %d\n", argc);
  if (!strstr(argv[0], "start"))
    printf("argv[0] %s\n", argv[0]);
  atexit(atExit);
  fputs("main", stdout); // no newline: flushed at exit
  exit(42);
}
