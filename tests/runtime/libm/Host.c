//===- Host.c - What newlib's float functions need on the host ------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// All names of the host's newlib start with newlib_; these are the few that its
// float functions call and that are not float functions themselves.
//===----------------------------------------------------------------------===//

#include <complex.h>
#include <math.h>

static int error;
int *newlib___errno(void) { return &error; }

/// Newlib keeps the sign of lgammaf here.
static char state[4096];
void *newlib___getreent(void) { return state; }

double newlib_copysign(double x, double y) { return copysign(x, y); }
double newlib_rint(double x) { return rint(x); }

// Newlib's rounds twice. The machine has the right one as an instruction.
float newlib_fmaf(float x, float y, float z) { return fmaf(x, y, z); }

// The machine orders zeros, as IEEE 754-2019 does and newlib need not.
static int below(float x, float y) {
  return x < y || (x == y && signbit(x) && !signbit(y));
}
float newlib_fmaxf(float x, float y) {
  return isnan(x) ? y : isnan(y) ? x : below(x, y) ? y : x;
}
float newlib_fminf(float x, float y) {
  return isnan(x) ? y : isnan(y) ? x : below(x, y) ? x : y;
}

float _Complex __mulsc3(float a, float b, float c, float d);
float _Complex newlib___mulsc3(float a, float b, float c, float d) {
  return __mulsc3(a, b, c, d);
}
