//===- float.c - Float functions that are one instruction -----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Programs get the instructions inline; these are for calls through pointers
// and for newlib's own code. In the place of newlib's, which compute bit by
// bit.
//===----------------------------------------------------------------------===//

#include <math.h>

#define UNARY(name)                                                            \
  float name(float x) { return __builtin_##name(x); }

UNARY(sqrtf)
UNARY(floorf)
UNARY(ceilf)
UNARY(truncf)
UNARY(rintf)
UNARY(nearbyintf)
UNARY(roundf)
UNARY(fabsf)

float __ieee754_sqrtf(float x) { return __builtin_sqrtf(x); }
float fminf(float x, float y) { return __builtin_fminf(x, y); }
float fmaxf(float x, float y) { return __builtin_fmaxf(x, y); }
float copysignf(float x, float y) { return __builtin_copysignf(x, y); }
float fmaf(float x, float y, float z) { return __builtin_fmaf(x, y, z); }
