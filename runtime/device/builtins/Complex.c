//===- Complex.c - Products and quotients of complex numbers --------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include <stdint.h>

#define REAL float
#define BITS uint32_t
#define FRACTION_BITS 23
#define MAX_EXPONENT 0xff
#define FABS __builtin_fabsf
#define COPYSIGN __builtin_copysignf
#define NAME(operation) __##operation##sc3
#include "ComplexArithmetic.inc"

#define REAL double
#define BITS uint64_t
#define FRACTION_BITS 52
#define MAX_EXPONENT 0x7ff
#define FABS __builtin_fabs
#define COPYSIGN __builtin_copysign
#define NAME(operation) __##operation##dc3
#include "ComplexArithmetic.inc"
