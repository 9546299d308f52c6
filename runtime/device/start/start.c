//===- start.c - From the first instruction to main and back --------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Runtime.h"
#include <stdlib.h>
#include <string.h>

typedef void (*Function)(void);

// Defined by the linker: lists of functions to call before and after main.
extern Function __preinit_array_start[], __preinit_array_end[];
extern Function __init_array_start[], __init_array_end[];
extern Function __fini_array_start[], __fini_array_end[];

extern int main(int argc, char **argv, char **environment);
extern char **environ;

/// Arguments longer than this would be an unusual use of a node's memory.
enum { MaxArgumentBytes = 2048, MaxArguments = 64 };

static char argumentBytes[MaxArgumentBytes];
static char *arguments[MaxArguments + 1];

/// Fetches the command line and returns the number of arguments.
static int fetchArguments(void) {
  long count = hostCall(HostArguments, argumentBytes, sizeof argumentBytes, 0);
  if (count < 0 || count > MaxArguments) {
    static const char message[] =
        "tatami: the program's arguments are too long; at most 64 of them and "
        "2048 bytes reach it\n";
    hostCall(HostWrite, 2, message, sizeof message - 1);
    _Exit(127);
  }
  char *next = argumentBytes;
  for (long i = 0; i < count; ++i) {
    arguments[i] = next;
    next += strlen(next) + 1;
  }
  return (int)count;
}

static void runAll(Function *begin, Function *end) {
  for (; begin != end; ++begin)
    (*begin)();
}

static void runFinalizers(void) {
  for (Function *f = __fini_array_end; f != __fini_array_start;)
    (*--f)();
}

/// C++ destructors of static objects are registered under this name.
void *__dso_handle = 0;

__attribute__((noreturn)) void __tatami_start(void) {
  __tatami_init_thread();
  int count = fetchArguments();
  // Only programs that have finalizers pay for the list of exit functions.
  if ((uintptr_t)__fini_array_start != (uintptr_t)__fini_array_end)
    atexit(runFinalizers);
  runAll(__preinit_array_start, __preinit_array_end);
  runAll(__init_array_start, __init_array_end);
  exit(main(count, arguments, environ));
}
