//===- objects.c - Arrays of variable length, alloca, va_list, and more ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Report.h"
#include <alloca.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

//===----------------------------------------------------------------------===//
// Storage of variable size.
//===----------------------------------------------------------------------===//

static __attribute__((noinline)) long sumOf(int rows, int columns,
                                            int matrix[rows][columns]) {
  long sum = 0;
  for (int i = 0; i < rows; ++i)
    for (int j = 0; j < columns; ++j)
      sum += (long)matrix[i][j] * (i + 1) * (j + 3);
  return sum;
}

static __attribute__((noinline)) void variableLength(int rows, int columns) {
  int matrix[rows][columns];
  struct {
    _Alignas(64) char bytes[64];
  } aligned[columns];
  for (int i = 0; i < rows; ++i)
    for (int j = 0; j < columns; ++j)
      matrix[i][j] = i * 31 ^ j;
  memset(aligned, rows, sizeof aligned);
  note((uintptr_t)aligned % 64);
  note(sizeof matrix + sizeof aligned);
  note((uint64_t)sumOf(rows, columns, matrix));
  note((uint64_t)aligned[columns - 1].bytes[63]);
  // One per round, freed at its end: 200 rounds would not fit otherwise.
  for (int i = 1; i <= 200; ++i) {
    long round[i * 10];
    round[i * 10 - 1] = i;
    round[0] = -i;
    note((uint64_t)(round[i * 10 - 1] + round[0] * 3));
  }
  int (*pointer)[columns] = matrix;
  note((uint64_t)(pointer[rows - 1][1] + (pointer == &matrix[0])));
}

static __attribute__((noinline)) uint64_t useAlloca(int count) {
  struct Link {
    struct Link *next;
    int value;
  } *list = NULL;
  for (int i = 0; i < count; ++i) {
    struct Link *link = alloca(sizeof *link);
    *link = (struct Link){list, i * i};
    list = link;
  }
  uint64_t sum = 0;
  for (struct Link *link = list; link; link = link->next)
    sum = sum * 3 + (uint64_t)link->value;
  char *aligned = __builtin_alloca_with_align((size_t)count, 64 * 8);
  aligned[count - 1] = 1;
  return sum + (uintptr_t)aligned % 64;
}

/// Arguments on the stack while the stack pointer has moved.
static __attribute__((noinline)) long twelve(long a, long b, long c, long d,
                                             long e, long f, long g, long h,
                                             long i, long j, char k, short l) {
  return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h + 9 * i +
         10 * j + 11 * k + 12 * l;
}
static __attribute__((noinline)) long callWithArray(int count) {
  long values[count];
  for (int i = 0; i < count; ++i)
    values[i] = i * 7 - 20;
  return twelve(values[0], values[1], values[2], values[3], values[4],
                values[5], values[6], values[7], values[8], values[9],
                (char)values[10], (short)values[11]);
}

//===----------------------------------------------------------------------===//
// Variable arguments.
//===----------------------------------------------------------------------===//

struct Small {
  short a;
  char b;
};
struct Pair {
  long a, b;
};
struct Large {
  char text[40];
  double value;
};

static void take(const char *kinds, va_list list) {
  for (; *kinds; ++kinds)
    switch (*kinds) {
    case 'i':
      note((uint64_t)va_arg(list, int));
      break;
    case 'l':
      note((uint64_t)va_arg(list, long));
      break;
    case 'd':
      noteDouble(va_arg(list, double));
      break;
    case 'p':
      note((uint64_t)*va_arg(list, char *));
      break;
    case 'x': {
      __int128 value = va_arg(list, __int128);
      note((uint64_t)value ^ (uint64_t)(value >> 64));
      break;
    }
    case 's': {
      struct Small s = va_arg(list, struct Small);
      note((uint64_t)(s.a * 3 + s.b));
      break;
    }
    case 'q': {
      struct Pair s = va_arg(list, struct Pair);
      note((uint64_t)(s.a ^ s.b));
      break;
    }
    case 'b': {
      struct Large s = va_arg(list, struct Large);
      note(strlen(s.text));
      noteDouble(s.value);
      break;
    }
    case 'c':
      noteFloat(__imag__ va_arg(list, float _Complex));
      break;
    }
}
static __attribute__((noinline)) void variable(const char *kinds, ...) {
  va_list list, again;
  va_start(list, kinds);
  va_copy(again, list);
  take(kinds, list);
  take(kinds, again); // the copy begins where the first began
  va_end(list);
  va_end(again);
}

//===----------------------------------------------------------------------===//
// setjmp across frames with arrays of variable length.
//===----------------------------------------------------------------------===//

static jmp_buf handler;
static __attribute__((noinline)) void unwindFrom(int depth) {
  volatile char frame[depth + 1];
  frame[depth] = 1;
  if (depth == 0)
    longjmp(handler, 17);
  unwindFrom(depth - 1);
  note(frame[depth]);
}
static __attribute__((noinline)) void jumps(void) {
  volatile double kept = 1.25;
  for (volatile int i = 0; i < 20; ++i) {
    int code = setjmp(handler);
    if (code == 0)
      unwindFrom(i);
    kept += code;
  }
  noteDouble(kept);
}

//===----------------------------------------------------------------------===//
// Initialisers, unions, computed goto, nested aggregates by value.
//===----------------------------------------------------------------------===//

static __attribute__((noinline)) struct Large largeOf(int n) {
  struct Large large = {.value = n * 0.5};
  snprintf(large.text, sizeof large.text, "number %d", n);
  return large;
}

static int interpret(const unsigned char *code) {
  static const void *const labels[] = {&&add, &&multiply, &&jump, &&stop};
  int value = 1, count = 0;
  goto *labels[*code];
add:
  value += code[1];
  code += 2;
  goto *labels[*code];
multiply:
  value *= code[1];
  code += 2;
  goto *labels[*code];
jump:
  code += ++count < 5 ? -(int)code[1] : 2;
  goto *labels[*code];
stop:
  return value;
}

static void rest(void) {
  note(strlen(largeOf(12345).text));
  noteDouble(largeOf(-3).value);
  static const unsigned char code[] = {0, 3, 1, 2, 2, 4, 3};
  note((uint64_t)interpret(code));
  union {
    double d;
    uint8_t bytes[8];
    struct {
      uint32_t low, high;
    };
  } u = {.d = -1.5};
  note(u.bytes[7] * 256u + u.high);
  int values[] = {[5] = 7, [1] = 3, 4};
  note(sizeof values + (unsigned)values[2] * 3 + (unsigned)values[5]);
  char *text = (char[]){"compound"};
  text[0] = 'C';
  note((uint64_t)text[0]);
  note(({
    int statement = 5;
    statement * 2u;
  }));
  note(_Generic(text, char *: 1u, default: 2u));
}

int main(void) {
  variableLength(13, 17);
  variableLength(2, 3);
  report("variable length");
  note(useAlloca(50));
  note((uint64_t)callWithArray(12));
  report("alloca");
  struct Large large = {"forty", 2.5};
  variable("ilxdlxsqbpi", -5, 1L << 40, (__int128)7 << 70, 0.1, -9L,
           -(__int128)1, ((struct Small){300, 7}), ((struct Pair){4, -6}),
           large, "z", 12);
  float _Complex number;
  __real__ number = 1;
  __imag__ number = 2;
  variable("xxqqxcd", (__int128)3, -(__int128)3, ((struct Pair){1, 2}),
           ((struct Pair){3, 9}), (__int128)5 << 64, number, 6.0);
  report("variable arguments");
  jumps();
  report("setjmp");
  rest();
  report("rest");
  return 0;
}
