//===- undefined.c - Every check of -fsanitize=undefined ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Each function does one thing that C leaves undefined. "TRAP name: words" says
// what the report must say, of the line that it stands on. See traps.sh.
//===----------------------------------------------------------------------===//

#include <stdlib.h>
#include <string.h>

// Not constants for the compiler.
static volatile int zero = 0, one = 1, minusOne = -1, large = 0x7fffffff;
static volatile int smallest = -0x7fffffff - 1;
static volatile float hugeFloat = 1e30f;
static volatile int result;
static int *volatile null = 0;
static int array[4];
static char bytes[16] __attribute__((aligned(16)));
enum Colour { Red, Green };

#define CHECK __attribute__((noinline)) static void

CHECK add(void) {
  result = large + one; // TRAP add: addition overflows
}
CHECK subtract(void) {
  result = smallest - one; // TRAP subtract: subtraction overflows
}
CHECK multiply(void) {
  result = large * large; // TRAP multiply: multiplication overflows
}
CHECK negate(void) {
  result = -smallest; // TRAP negate: negation overflows
}
CHECK divide(void) {
  result = smallest / minusOne; // TRAP divide: division
}
CHECK remainderByZero(void) {
  result = one % zero; // TRAP remainderByZero: division
}
CHECK shift(void) {
  result = one << (large & 63); // TRAP shift: shift
}
CHECK shiftNegative(void) {
  result = one >> minusOne; // TRAP shiftNegative: shift
}
CHECK bounds(void) {
  result = array[one + 3]; // TRAP bounds: index is out of bounds
}
CHECK nullPointer(void) {
  result = *null; // TRAP nullPointer: null or misaligned
}
CHECK misaligned(void) {
  char *volatile p = bytes + 1;
  result = *(int *)p; // TRAP misaligned: null or misaligned
}
CHECK pointerOverflow(void) {
  char *p = (char *)-8L;
  p += (long)large; // TRAP pointerOverflow: pointer
  result = p != 0;
}
CHECK floatCast(void) {
  result = (int)hugeFloat; // TRAP floatCast: cannot hold
}
CHECK boolean(void) {
  _Bool flag;
  memset(&flag, large, sizeof flag);
  volatile _Bool *p = &flag;
  result = *p; // TRAP boolean: value that its type does not have
}
CHECK vla(void) {
  int elements[minusOne]; // TRAP vla: array's size
  result = (int)sizeof elements;
}
CHECK unreachable(void) {
  if (one)
    __builtin_unreachable(); // TRAP unreachable: unreachable
}
__attribute__((returns_nonnull, noinline)) static int *notNull(void) {
  return null; // TRAP returnsNull: null is returned from a function
}
CHECK returnsNull(void) { result = notNull() != 0; }
__attribute__((nonnull, noinline)) static void wantsPointer(int *p) {
  result = p != 0;
}
CHECK nullArgument(void) {
  wantsPointer(null); // TRAP nullArgument: null is passed to a parameter
}
CHECK builtin(void) {
  result = __builtin_clz((unsigned)zero); // TRAP builtin: builtin
}
CHECK assumption(void) {
  char *p = bytes + one;
  p = __builtin_assume_aligned(p, 16); // TRAP assumption: alignment
  result = *p;
}
CHECK libraryAbort(void) {
  abort(); // TRAP libraryAbort: abort
}
CHECK builtinTrap(void) {
  __builtin_trap(); // TRAP builtinTrap: breakpoint
}

static const struct {
  const char *name;
  void (*run)(void);
} checks[] = {{"add", add},
              {"subtract", subtract},
              {"multiply", multiply},
              {"negate", negate},
              {"divide", divide},
              {"remainderByZero", remainderByZero},
              {"shift", shift},
              {"shiftNegative", shiftNegative},
              {"bounds", bounds},
              {"nullPointer", nullPointer},
              {"misaligned", misaligned},
              {"pointerOverflow", pointerOverflow},
              {"floatCast", floatCast},
              {"boolean", boolean},
              {"vla", vla},
              {"unreachable", unreachable},
              {"returnsNull", returnsNull},
              {"nullArgument", nullArgument},
              {"builtin", builtin},
              {"assumption", assumption},
              {"libraryAbort", libraryAbort},
              {"builtinTrap", builtinTrap}};

int main(int argc, char **argv) {
  for (size_t i = 0; i < sizeof checks / sizeof *checks; ++i)
    if (argc > 1 && strcmp(argv[1], checks[i].name) == 0)
      checks[i].run();
  return 0;
}
