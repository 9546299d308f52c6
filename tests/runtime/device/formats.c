//===- formats.c - printf, scanf and numbers in text ----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Check.h"
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static char buffer[400];

#define FORMATS(text, ...)                                                     \
  do {                                                                         \
    int count = snprintf(buffer, sizeof buffer, __VA_ARGS__);                  \
    if (strcmp(buffer, text) != 0)                                             \
      printf("got '%s', want '%s'\n", buffer, text);                           \
    CHECK(strcmp(buffer, text) == 0 && count == (int)strlen(text));            \
  } while (0)

static double zero; // not a constant for the compiler

int main(void) {
  FORMATS("42 -7 2a 0X2A 052", "%d %i %x %#X %#o", 42, -7, 42, 42, 42);
  FORMATS("  +42|42   |00042", "%+5d|%-5d|%05d", 42, 42, 42);
  FORMATS("-9223372036854775808 18446744073709551615", "%ld %lu", INT64_MIN,
          UINT64_MAX);
  FORMATS("-1 255 65535", "%hhd %hhu %hu", 255, 255, 65535);
  FORMATS("abc|  abc|ab |%|c", "%s|%5s|%-3.2s|%%|%c", "abc", "abc", "abc", 'c');
  FORMATS("3 of 7", "%2$d of %1$d", 7, 3);
  FORMATS("17 5", "%zu %td", (size_t)17, (ptrdiff_t)5);
  FORMATS("0x1234", "%p", (void *)0x1234);

  FORMATS("0.100000 1.500000 -2.000000", "%f %f %f", 0.1, 1.5, -2.0);
  FORMATS("3.142 3.1416 3", "%.3f %.4f %.0f", M_PI, M_PI, M_PI);
  FORMATS("0 2 2 4", "%.0f %.0f %.0f %.0f", 0.5, 1.5, 2.5, 3.5);
  FORMATS("1.234560e+05 1.0E-10", "%e %.1E", 123456.0, 1e-10);
  FORMATS("100000 1e+06 0.0001 1e-05", "%g %g %g %g", 1e5, 1e6, 1e-4, 1e-5);
  FORMATS("0x1.8p+1 -0x1p-1074", "%a %a", 3.0, -0x1p-1074);
  FORMATS("inf -inf nan INF", "%f %f %f %F", 1 / zero, -1 / zero, NAN,
          1 / zero);
  FORMATS("2.2250738585072014e-308 5e-324", "%.17g %.0e",
          2.2250738585072014e-308, 5e-324);
  FORMATS("1.25", "%Lg", (long double)1.25);

  // What is printed with 17 digits is read back as the same number.
  unsigned long bits = 1;
  for (int i = 0; i < 300; ++i) {
    bits = bits * 6364136223846793005u + 1442695040888963407u;
    double value;
    memcpy(&value, &bits, sizeof value);
    if (isnan(value))
      continue;
    snprintf(buffer, sizeof buffer, "%.17g", value);
    CHECK(strtod(buffer, NULL) == value);
  }

  int a, b;
  float f;
  double d;
  char word[20];
  CHECK(sscanf("12 0x1f 2.5 1e-3 word", "%d %i %f %lf %19s", &a, &b, &f, &d,
               word) == 5);
  CHECK(a == 12 && b == 31 && f == 2.5f && d == 1e-3 &&
        strcmp(word, "word") == 0);
  CHECK(sscanf("abc", "%d", &a) == 0);
  CHECK(strtol("-123xyz", NULL, 10) == -123);
  CHECK(strtoul("ff", NULL, 16) == 255);
  CHECK(strtof("0.1", NULL) == 0.1f);
  CHECK(atof("1e400") == HUGE_VAL);
  return checked();
}
