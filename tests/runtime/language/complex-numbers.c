//===- complex-numbers.c - _Complex of float, double and integers ---------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Products are exact or rounded once, so their bits are compared. A quotient
// may be rounded in several places: here the divisor times the quotient must be
// near the dividend. Infinities follow Annex G of the C standard.
//===----------------------------------------------------------------------===//

#include "Report.h"
#include <complex.h>
#include <math.h>

enum { Rounds = 2000 };

static double special(uint64_t random) {
  static const double values[] = {0.0, -0.0,      1.0,       -1.0,
                                  2.5, INFINITY,  -INFINITY, NAN,
                                  3.0, 0x1p-1020, 0x1p1000,  -7.0};
  return values[random % 12];
}
static double moderate(uint64_t random) {
  return (double)(int64_t)random * 0x1p-50;
}

/// An infinity by its side only: which of two zeros or infinities stands beside
/// it is free.
static double side(double x) { return isinf(x) ? x : 0; }

#define OPERATIONS(NAME, TYPE, NOTE, EPSILON)                                  \
  static __attribute__((noinline)) TYPE _Complex NAME##Swap(                   \
      TYPE _Complex a, int which, TYPE _Complex b, TYPE _Complex c) {          \
    return which == 0 ? a : which == 1 ? b : c;                                \
  }                                                                            \
  static void NAME(void) {                                                     \
    int far = 0;                                                               \
    for (int i = 0; i < Rounds; ++i) {                                         \
      double (*pick)(uint64_t) = i % 4 == 0 ? special : moderate;              \
      TYPE _Complex a, b;                                                      \
      __real__ a = (TYPE)pick(draw() >> 8);                                    \
      __imag__ a = (TYPE)pick(draw() >> 8);                                    \
      __real__ b = (TYPE)pick(draw() >> 8);                                    \
      __imag__ b = (TYPE)pick(draw() >> 8);                                    \
      TYPE _Complex sum = a + b, product = a * b, quotient = a / b;            \
      NOTE(__real__ sum);                                                      \
      NOTE(__imag__(a - b));                                                   \
      NOTE(__imag__ ~a);                                                       \
      NOTE(__real__(a + 1));                                                   \
      NOTE(__imag__(-b * 3));                                                  \
      note((uint64_t)((a == b) | (a != 0) << 1));                              \
      TYPE _Complex one = NAME##Swap(a, i % 3, b, sum);                        \
      NOTE(__real__ one);                                                      \
      if (pick == special) {                                                   \
        NOTE((TYPE)side(__real__ product));                                    \
        NOTE((TYPE)side(__imag__ product));                                    \
        note(isnan(__real__ product) && isnan(__imag__ product));              \
        note(isinf(__real__ quotient) || isinf(__imag__ quotient));            \
        continue;                                                              \
      }                                                                        \
      NOTE(__real__ product);                                                  \
      NOTE(__imag__ product);                                                  \
      TYPE _Complex back = quotient * b - a;                                   \
      far +=                                                                   \
          !(fabs((double)__real__ back) + fabs((double)__imag__ back) <=       \
            EPSILON * (fabs((double)__real__ a) + fabs((double)__imag__ a)));  \
    }                                                                          \
    note((uint64_t)far);                                                       \
    printf("%d quotients far away\n", far);                                    \
    report(#NAME);                                                             \
  }
OPERATIONS(ofFloat, float, noteFloat, 0x1p-20)
OPERATIONS(ofDouble, double, noteDouble, 0x1p-49)

static void ofInt(void) {
  for (int i = 0; i < 100; ++i) {
    _Complex int a, b;
    __real__ a = (int)(draw() >> 50);
    __imag__ a = (int)(draw() >> 50);
    __real__ b = (int)(draw() >> 55) + 1;
    __imag__ b = (int)(draw() >> 55);
    _Complex int product = a * b, sum = a - b;
    note((uint64_t)(__real__ product ^ __imag__ product));
    note((uint64_t)(__real__ sum - __imag__ sum));
  }
  report("ofInt");
}

int main(void) {
  ofFloat();
  ofDouble();
  ofInt();
  return 0;
}
