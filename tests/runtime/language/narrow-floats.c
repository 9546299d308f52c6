//===- narrow-floats.c - _Float16 and __bf16 ------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Each operation is a statement: within an expression a compiler may keep more
// digits.
//===----------------------------------------------------------------------===//

#include "Report.h"
#include <stdarg.h>
#include <stdbool.h>

enum { Rounds = 4000 };

#define OPERATIONS(NAME, TYPE, NAN_CODE)                                       \
  static TYPE NAME##Of(uint64_t bits) {                                        \
    uint16_t code = (uint16_t)bits;                                            \
    TYPE value;                                                                \
    memcpy(&value, &code, sizeof value);                                       \
    return value;                                                              \
  }                                                                            \
  static void NAME##Note(TYPE value) {                                         \
    uint16_t code;                                                             \
    memcpy(&code, &value, sizeof code);                                        \
    note(value == value ? code : NAN_CODE);                                    \
  }                                                                            \
  struct NAME##Three {                                                         \
    TYPE x, y, z;                                                              \
  };                                                                           \
  struct NAME##Mixed {                                                         \
    char c;                                                                    \
    TYPE x[5];                                                                 \
    double d;                                                                  \
  };                                                                           \
  static __attribute__((noinline)) struct NAME##Three NAME##Rotate(            \
      struct NAME##Three s) {                                                  \
    return (struct NAME##Three){s.y, s.z, s.x};                                \
  }                                                                            \
  static __attribute__((noinline)) struct NAME##Mixed NAME##Reverse(           \
      struct NAME##Mixed s) {                                                  \
    for (int i = 0; i < 2; ++i) {                                              \
      TYPE t = s.x[i];                                                         \
      s.x[i] = s.x[4 - i];                                                     \
      s.x[4 - i] = t;                                                          \
    }                                                                          \
    return s;                                                                  \
  }                                                                            \
  static __attribute__((noinline)) TYPE NAME##Tenth(                           \
      TYPE a, TYPE b, TYPE c, TYPE d, TYPE e, TYPE f, TYPE g, TYPE h, TYPE i,  \
      TYPE j, int which) {                                                     \
    TYPE all[] = {a, b, c, d, e, f, g, h, i, j};                               \
    return all[which];                                                         \
  }                                                                            \
  static void NAME(void) {                                                     \
    note(sizeof(TYPE) * 1000 + _Alignof(TYPE));                                \
    for (int i = 0; i < Rounds; ++i) {                                         \
      uint64_t random = drawWord();                                            \
      TYPE a = NAME##Of(random), b = NAME##Of(random >> 16);                   \
      if (i % 2) /* near each other: sums cancel */                            \
        b = NAME##Of(random ^ (random >> 20 & 0x83ff));                        \
      TYPE sum = a + b;                                                        \
      NAME##Note(sum);                                                         \
      TYPE difference = a - b;                                                 \
      NAME##Note(difference);                                                  \
      TYPE product = a * b;                                                    \
      NAME##Note(product);                                                     \
      TYPE quotient = a / b;                                                   \
      NAME##Note(quotient);                                                    \
      TYPE negative = -a;                                                      \
      NAME##Note(negative);                                                    \
      TYPE accumulated = a;                                                    \
      accumulated += b;                                                        \
      accumulated++;                                                           \
      NAME##Note(accumulated);                                                 \
      note((uint64_t)((a < b) | (a <= b) << 1 | (a == b) << 2 |                \
                      (a != b) << 3 | (a > b) << 4 | (bool)a << 5 | !b << 6)); \
      noteFloat((float)a);                                                     \
      noteDouble((double)b);                                                   \
      NAME##Note((TYPE)(float)(random >> 7));                                  \
      float narrow;                                                            \
      uint32_t code = (uint32_t)(random >> 30);                                \
      memcpy(&narrow, &code, sizeof narrow);                                   \
      NAME##Note((TYPE)narrow);                                                \
      double wide;                                                             \
      memcpy(&wide, &random, sizeof wide);                                     \
      NAME##Note((TYPE)wide);                                                  \
      /* Halfway cases of a conversion from double, which must round once. */  \
      wide = (double)(float)a * (1 + 0x1p-11) * (1 + 0x1p-40);                 \
      NAME##Note((TYPE)wide);                                                  \
      NAME##Note((TYPE)(int)(random >> 40));                                   \
      NAME##Note((TYPE)(int16_t)random);                                       \
      NAME##Note((TYPE)(unsigned char)random);                                 \
      NAME##Note((TYPE)(int64_t)(random >> 45));                               \
      NAME##Note((TYPE)(random >> 50));                                        \
      if (a < 16384 && a > -16384) {                                           \
        note((uint64_t)(int64_t)(int)a);                                       \
        note((uint64_t)(long)a);                                               \
        note((uint64_t)(short)a);                                              \
        note((uint64_t)(__int128)a);                                           \
        if (a > -1)                                                            \
          note((uint32_t)a ^ (uint64_t)a);                                     \
      }                                                                        \
      struct NAME##Three three =                                               \
          NAME##Rotate((struct NAME##Three){a, b, sum});                       \
      NAME##Note(three.x);                                                     \
      NAME##Note(three.z);                                                     \
      struct NAME##Mixed mixed = NAME##Reverse(                                \
          (struct NAME##Mixed){'c', {a, b, sum, product, negative}, 2.5});     \
      NAME##Note(mixed.x[0]);                                                  \
      NAME##Note(mixed.x[3]);                                                  \
      note((uint64_t)mixed.c + (uint64_t)mixed.d);                             \
      NAME##Note(NAME##Tenth(a, b, a, sum, b, a, product, b, negative,         \
                             quotient, i % 10));                               \
    }                                                                          \
    report(#NAME);                                                             \
    TYPE array[64], total = 0;                                                 \
    for (int i = 0; i < 64; ++i)                                               \
      array[i] = (TYPE)(i * 0.25f - 4);                                        \
    for (int i = 0; i < 64; ++i) {                                             \
      array[i] = array[i] * array[63 - i];                                     \
      total += array[i];                                                       \
    }                                                                          \
    for (int i = 0; i < 64; ++i)                                               \
      NAME##Note(array[i]);                                                    \
    NAME##Note(total);                                                         \
    report(#NAME " arrays");                                                   \
  }

OPERATIONS(half, _Float16, 0x7e00)
OPERATIONS(bfloat, __bf16, 0x7fc0)

// Both are passed to variable arguments as they are.
static __attribute__((noinline)) void variable(int count, ...) {
  va_list list;
  va_start(list, count);
  for (int i = 0; i < count; ++i) {
    note((uint64_t)va_arg(list, long));
    halfNote(va_arg(list, _Float16));
    noteDouble(va_arg(list, double));
    bfloatNote(va_arg(list, __bf16));
  }
  va_end(list);
}

int main(void) {
  half();
  bfloat();
  variable(4, 1L, (_Float16)1.5, 2.5, (__bf16)-0.75, 2L, (_Float16)-3, 1e300,
           (__bf16)1e30, 3L, (_Float16)65504, 0.1, (__bf16)0, 4L,
           (_Float16)6e-8, -0.0, (__bf16)3);
  report("variable");
  return 0;
}
