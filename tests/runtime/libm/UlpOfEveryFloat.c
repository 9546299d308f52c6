//===- UlpOfEveryFloat.c - The largest error of libm's functions ----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The functions as built for the host against its double functions, over all
// floats or every STEP-th. Fails where a promise is broken.
// usage: UlpOfEveryFloat STEP [NAME]...
//===----------------------------------------------------------------------===//

#include "Functions.h"
#include <stdio.h>
#include <stdlib.h>

static const struct Promise {
  const char *name;
  float (*function)(float);
  double (*exact)(double);
  double limit; // 0: none
} promises[] = {
    {"exp", newlib_expf, exp, 2},       {"exp2", newlib_exp2f, exp2, 2},
    {"log", newlib_logf, log, 2},       {"log2", newlib_log2f, log2, 2},
    {"sin", newlib_sinf, sin, 2},       {"cos", newlib_cosf, cos, 2},
    {"tan", newlib_tanf, tan, 2},       {"tanh", newlib_tanhf, tanh, 2},
    {"erf", newlib_erff, erf, 2},       {"sqrt", newlib_sqrtf, sqrt, 0.5},
    {"exp10", newlib_exp10f, exp10, 0}, {"expm1", newlib_expm1f, expm1, 0},
    {"log10", newlib_log10f, log10, 0}, {"log1p", newlib_log1pf, log1p, 0},
    {"sinh", newlib_sinhf, sinh, 0},    {"cosh", newlib_coshf, cosh, 0},
    {"asin", newlib_asinf, asin, 0},    {"acos", newlib_acosf, acos, 0},
    {"atan", newlib_atanf, atan, 0},    {"asinh", newlib_asinhf, asinh, 0},
    {"acosh", newlib_acoshf, acosh, 0}, {"atanh", newlib_atanhf, atanh, 0},
    {"cbrt", newlib_cbrtf, cbrt, 0},    {"erfc", newlib_erfcf, erfc, 0}};

/// The distance of \p got from \p exact, in units of the last place of the
/// float nearest to it; infinite for a wrong NaN or infinity.
static double errorOf(float got, double exact) {
  float nearest = (float)exact;
  if (isnan(nearest) || isinf(nearest) || isnan(got) || isinf(got))
    return asBits(got) == asBits(nearest) ? 0 : INFINITY;
  int exponent;
  frexpf(nearest, &exponent);
  if (nearest == 0 || exponent < -125)
    exponent = -125;
  return fabs(got - exact) / ldexp(1, exponent - 24);
}

static int check(const struct Promise *promise, uint64_t step) {
  double worst = 0;
  float at = 0;
  for (uint64_t bits = 0; bits < (uint64_t)1 << 32; bits += step) {
    float x = asFloat((uint32_t)bits);
    double ulp = errorOf(promise->function(x), promise->exact(x));
    if (ulp > worst) {
      worst = ulp;
      at = x;
    }
  }
  // A double function's own error, 2^-29 of such a unit, is allowed for.
  int good = !promise->limit || worst <= promise->limit + 0x1p-28;
  printf("%-6s %8.4f ulp at %a%s\n", promise->name, worst, at,
         good ? "" : ", more than promised");
  fflush(stdout);
  return !good;
}

int main(int argc, char **argv) {
  uint64_t step = argc > 1 ? strtoull(argv[1], NULL, 0) : 0;
  if (!step) {
    fprintf(stderr, "usage: UlpOfEveryFloat STEP [NAME]...\n");
    return 2;
  }
  int failures = 0;
  for (size_t i = 0; i < sizeof promises / sizeof *promises; ++i) {
    int wanted = argc == 2;
    for (int j = 2; j < argc; ++j)
      wanted |= strcmp(argv[j], promises[i].name) == 0;
    if (wanted)
      failures += check(&promises[i], step);
  }
  return failures != 0;
}
