//===- mathematics.c - libm, complex numbers, sorting ---------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Check.h"
#include <complex.h>
#include <fenv.h>
#include <math.h>
#include <stdlib.h>
#include <time.h>

// Not constants for the compiler.
static volatile float one = 1.0f, two = 2.0f, half = 0.5f;
static volatile double doubleTwo = 2.0;

static int near(double value, double wanted, double ulp) {
  return fabs(value - wanted) <= ulp * fabs(wanted);
}

static int byValue(const void *a, const void *b) {
  return *(const int *)a - *(const int *)b;
}

int main(void) {
  const double Ulp32 = 0x1p-23, Ulp64 = 0x1p-52;
  CHECK(near(sinf(one), 0.8414709848078965, Ulp32));
  CHECK(near(cosf(one), 0.5403023058681398, Ulp32));
  CHECK(near(tanf(one), 1.5574077246549023, Ulp32));
  CHECK(near(expf(one), 2.718281828459045, Ulp32));
  CHECK(near(logf(two), 0.6931471805599453, Ulp32));
  CHECK(near(powf(two, half), 1.4142135623730951, Ulp32));
  CHECK(near(tanhf(half), 0.46211715726000975, Ulp32));
  CHECK(near(atan2f(one, two), 0.4636476090008061, Ulp32));
  CHECK(sqrtf(two) == 0x1.6a09e6p+0f);
  CHECK(fmaf(0x1.000002p0f, 0x1.000002p0f, -0x1.000004p0f) == 0x1p-46f);
  CHECK(floorf(-half) == -1 && ceilf(half) == 1 && truncf(-1.5f * one) == -1 &&
        rintf(2.5f * one) == 2 && roundf(2.5f * one) == 3);

  CHECK(near(sin(doubleTwo), 0.9092974268256817, Ulp64));
  CHECK(near(exp(doubleTwo), 7.38905609893065, Ulp64));
  CHECK(near(log(doubleTwo), 0.6931471805599453, Ulp64));
  CHECK(near(pow(doubleTwo, 0.5), 1.4142135623730951, Ulp64));
  CHECK(sqrt(doubleTwo) == 0x1.6a09e667f3bcdp+0);
  CHECK(fma(0x1.0000000000001p0, 0x1.0000000000001p0 * half * 2,
            -0x1.0000000000002p0) == 0x1p-104);
  CHECK(fmod(5.5, doubleTwo) == 1.5 && floor(-0.5 * doubleTwo) == -1);
  CHECK(isnan(sqrt(-doubleTwo)) && isinf(exp(1000 * doubleTwo)));

  double complex z = csqrt(-4.0 * doubleTwo / 2);
  CHECK(creal(z) == 0 && cimag(z) == 2);
  z = (1 + 2 * I) * (3 - I) / (1 + doubleTwo * I);
  CHECK(creal(z) == 3 && cimag(z) == -1);

  int numbers[200];
  srand(1);
  for (int i = 0; i < 200; ++i)
    numbers[i] = rand() % 1000;
  qsort(numbers, 200, sizeof *numbers, byValue);
  for (int i = 1; i < 200; ++i)
    CHECK(numbers[i - 1] <= numbers[i]);
  CHECK(bsearch(&numbers[77], numbers, 200, sizeof *numbers, byValue));

  // The clock shows simulated time: it advances, and never much.
  clock_t before = clock();
  CHECK(before >= 0 && before < CLOCKS_PER_SEC);
  CHECK(clock() >= before && time(NULL) < 10);
  return checked();
}
