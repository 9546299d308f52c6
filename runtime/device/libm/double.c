//===- double.c - Double functions that newlib has less exactly -----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include <math.h>

extern double __tatami_fma(double x, double y, double z);

/// Rounded once, as C demands; see builtins/DoubleFused.c.
double fma(double x, double y, double z) { return __tatami_fma(x, y, z); }
