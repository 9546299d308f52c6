//===- integers.c - __int128 and _BitInt of many widths -------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Report.h"
#include <stdarg.h>

enum { Rounds = 60 };

/// Everything that can be done with two values of one type, its unsigned
/// counterpart and a shift. Each TYPE##Draw makes a value of 64-bit words,
/// each TYPE##Note takes one apart.
#define OPERATIONS(NAME, TYPE, UNSIGNED, BITS)                                 \
  static __attribute__((noinline)) UNSIGNED NAME##Draw(void) {                 \
    UNSIGNED value = (UNSIGNED)drawWord();                                     \
    for (int bit = 64; bit < (BITS); bit += 64)                                \
      value |= (UNSIGNED)drawWord() << bit;                                    \
    return value;                                                              \
  }                                                                            \
  static __attribute__((noinline)) void NAME##Note(UNSIGNED value) {           \
    for (int bit = 0; bit < (BITS); bit += 64)                                 \
      note((uint64_t)(value >> bit));                                          \
  }                                                                            \
  struct NAME##Struct {                                                        \
    char before;                                                               \
    TYPE value;                                                                \
    char after;                                                                \
  };                                                                           \
  static __attribute__((noinline)) struct NAME##Struct NAME##Swap(             \
      struct NAME##Struct s) {                                                 \
    return (struct NAME##Struct){s.after, (TYPE)(s.value ^ 1), s.before};      \
  }                                                                            \
  static __attribute__((noinline)) void NAME##Variable(int count, ...) {       \
    va_list list;                                                              \
    va_start(list, count);                                                     \
    for (int i = 0; i < count; ++i) {                                          \
      note((uint64_t)va_arg(list, int));                                       \
      NAME##Note((UNSIGNED)va_arg(list, TYPE));                                \
    }                                                                          \
    va_end(list);                                                              \
  }                                                                            \
  static void NAME(void) {                                                     \
    note(sizeof(TYPE) * 1000 + _Alignof(TYPE));                                \
    for (int i = 0; i < Rounds; ++i) {                                         \
      UNSIGNED a = NAME##Draw(), b = NAME##Draw();                             \
      TYPE sa = (TYPE)a, sb = (TYPE)b;                                         \
      int shift = (int)(draw() % (BITS));                                      \
      NAME##Note(a + b);                                                       \
      NAME##Note(a - b);                                                       \
      NAME##Note(a * b);                                                       \
      NAME##Note((a & b) ^ (a | ~b));                                          \
      NAME##Note(-a);                                                          \
      NAME##Note(a << shift);                                                  \
      NAME##Note(a >> shift);                                                  \
      NAME##Note((UNSIGNED)(sa >> shift));                                     \
      if (b) {                                                                 \
        NAME##Note(a / b);                                                     \
        NAME##Note(a % b);                                                     \
        if (sb != -1) {                                                        \
          NAME##Note((UNSIGNED)(sa / sb));                                     \
          NAME##Note((UNSIGNED)(sa % sb));                                     \
        }                                                                      \
        NAME##Note(a / (uint16_t)(b | 3) % 10);                                \
      }                                                                        \
      note((uint64_t)((a < b) | (a <= b) << 1 | (a == b) << 2 |                \
                      (sa < sb) << 3 | (sa >= sb) << 4 | (a != 0) << 5));      \
      UNSIGNED sum;                                                            \
      note(__builtin_add_overflow(a, b, &sum));                                \
      note(__builtin_sub_overflow(a, b, &sum));                                \
      NAME##Note(sum);                                                         \
      noteDouble((double)a);                                                   \
      noteDouble((double)sa);                                                  \
      noteFloat((float)sb);                                                    \
      /* Where it fits, back to an integer. */                                 \
      NAME##Note((UNSIGNED)(double)(a >> ((BITS) > 52 ? (BITS) - 50 : 1)));    \
      struct NAME##Struct s = NAME##Swap((struct NAME##Struct){'a', sa, 'b'}); \
      note((uint64_t)s.before << 8 | (uint64_t)s.after);                       \
      NAME##Note((UNSIGNED)s.value);                                           \
      NAME##Variable(3, i, sa, -i, sb, 7, (TYPE)(sa ^ sb));                    \
    }                                                                          \
    report(#NAME);                                                             \
  }

typedef unsigned __int128 Unsigned128;
OPERATIONS(int128, __int128, Unsigned128, 128)
#define BITINT(BITS)                                                           \
  typedef unsigned _BitInt(BITS) Unsigned_##BITS;                              \
  OPERATIONS(bitInt##BITS, _BitInt(BITS), Unsigned_##BITS, BITS)
BITINT(8)
BITINT(13)
BITINT(31)
BITINT(33)
BITINT(64)
BITINT(65)
BITINT(100)
BITINT(128)
BITINT(129)
BITINT(200)
BITINT(256)
BITINT(511)
BITINT(512)
BITINT(1000)

/// Bit-fields of odd widths, volatile and in loops.
static void bitFields(void) {
  struct {
    _BitInt(40) a : 37;
    unsigned _BitInt(7) b : 5;
    unsigned long c : 61;
    int d : 3;
  } fields = {0};
  for (int i = 0; i < 500; ++i) {
    uint64_t word = drawWord();
    fields.a += (int)word;
    fields.b ^= (unsigned)(word >> 20) & 31;
    fields.c = word >> 3 | fields.c << 7;
    fields.d = (int)(word >> 40) & 3;
    note((uint64_t)(int64_t)fields.a);
    note((uint64_t)fields.b << 40 ^ fields.c);
    note((uint64_t)(int64_t)fields.d);
  }
  report("bitFields");
}

int main(void) {
  int128();
  bitInt8();
  bitInt13();
  bitInt31();
  bitInt33();
  bitInt64();
  bitInt65();
  bitInt100();
  bitInt128();
  bitInt129();
  bitInt200();
  bitInt256();
  bitInt511();
  bitInt512();
  bitInt1000();
  bitFields();
  return 0;
}
