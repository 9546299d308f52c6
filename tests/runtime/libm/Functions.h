//===- Functions.h - The binary32 functions of libm -------------*- C -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Every function of <math.h> and <complex.h> on float, called in one way: words
// in, words out. Compiled for the device, where the names mean its libm, and
// for the host, where FUNCTION(name) is the same source built for the host.
//===----------------------------------------------------------------------===//

#ifndef TATAMI_TESTS_RUNTIME_LIBM_FUNCTIONS_H
#define TATAMI_TESTS_RUNTIME_LIBM_FUNCTIONS_H

#include <complex.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

enum { MaxInputs = 4, MaxOutputs = 2 };

/// Kinds of inputs and outputs, a letter each: f float, i int, l the low word
/// of a long.
struct Function {
  const char *name;
  const char *inputs, *outputs;
  void (*call)(const uint32_t *in, uint32_t *out);
};

static inline float asFloat(uint32_t bits) {
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

/// The bits of \p value; NaN has one code, as on the machine.
static inline uint32_t asBits(float value) {
  if (value != value)
    return 0x7fc00000;
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

static inline float _Complex asComplex(const uint32_t *in) {
  float parts[2] = {asFloat(in[0]), asFloat(in[1])};
  float _Complex value;
  memcpy(&value, parts, sizeof value);
  return value;
}

static inline void putComplex(float _Complex value, uint32_t *out) {
  out[0] = asBits(crealf(value));
  out[1] = asBits(cimagf(value));
}

// X(name, inputs, outputs, statements that set out[] from in[])
#define UNARY(X, name)                                                         \
  X(name, "f", "f", out[0] = asBits(F(name)(asFloat(in[0]))))
#define BINARY(X, name)                                                        \
  X(name, "ff", "f", out[0] = asBits(F(name)(asFloat(in[0]), asFloat(in[1]))))
// Undefined for what no long can hold.
#define TO_LONG(X, name)                                                       \
  X(name, "f", "l",                                                            \
    out[0] = fabsf(asFloat(in[0])) < 0x1p63f                                   \
                 ? (uint32_t)F(name)(asFloat(in[0]))                           \
                 : 0)
#define WITH_INT(X, name)                                                      \
  X(name, "fi", "f", out[0] = asBits(F(name)(asFloat(in[0]), (int32_t)in[1])))
#define ORDER(X, name)                                                         \
  X(name, "if", "f", out[0] = asBits(F(name)((int32_t)in[0], asFloat(in[1]))))
#define COMPLEX(X, name)                                                       \
  X(name, "ff", "ff", putComplex(F(name)(asComplex(in)), out))
#define TO_REAL(X, name)                                                       \
  X(name, "ff", "f", out[0] = asBits(F(name)(asComplex(in))))

#define ALL_FUNCTIONS(X)                                                       \
  UNARY(X, acosf)                                                              \
  UNARY(X, acoshf)                                                             \
  UNARY(X, asinf)                                                              \
  UNARY(X, asinhf)                                                             \
  UNARY(X, atanf)                                                              \
  UNARY(X, atanhf)                                                             \
  UNARY(X, cbrtf)                                                              \
  UNARY(X, ceilf)                                                              \
  UNARY(X, cosf)                                                               \
  UNARY(X, coshf)                                                              \
  UNARY(X, erfcf)                                                              \
  UNARY(X, erff)                                                               \
  UNARY(X, exp10f)                                                             \
  UNARY(X, exp2f)                                                              \
  UNARY(X, expf)                                                               \
  UNARY(X, expm1f)                                                             \
  UNARY(X, fabsf)                                                              \
  UNARY(X, floorf)                                                             \
  UNARY(X, j0f)                                                                \
  UNARY(X, j1f)                                                                \
  UNARY(X, lgammaf)                                                            \
  UNARY(X, log10f)                                                             \
  UNARY(X, log1pf)                                                             \
  UNARY(X, log2f)                                                              \
  UNARY(X, logbf)                                                              \
  UNARY(X, logf)                                                               \
  UNARY(X, nearbyintf)                                                         \
  UNARY(X, rintf)                                                              \
  UNARY(X, roundf)                                                             \
  UNARY(X, sinf)                                                               \
  UNARY(X, sinhf)                                                              \
  UNARY(X, sqrtf)                                                              \
  UNARY(X, tanf)                                                               \
  UNARY(X, tanhf)                                                              \
  UNARY(X, tgammaf)                                                            \
  UNARY(X, truncf)                                                             \
  UNARY(X, y0f)                                                                \
  UNARY(X, y1f)                                                                \
  X(frexpf, "f", "fi", int exponent = 0;                                       \
    out[0] = asBits(F(frexpf)(asFloat(in[0]), &exponent));                     \
    out[1] = asFloat(in[0]) - asFloat(in[0]) == 0 ? (uint32_t)exponent : 0)    \
  X(modff, "f", "ff", float whole = 0;                                         \
    out[0] = asBits(F(modff)(asFloat(in[0]), &whole)); out[1] = asBits(whole)) \
  X(lgammaf_r, "f", "fi", int sign = 0;                                        \
    out[0] = asBits(F(lgammaf_r)(asFloat(in[0]), &sign));                      \
    out[1] = (uint32_t)sign)                                                   \
  X(sincosf, "f", "ff", float sine = 0; float cosine = 0;                      \
    F(sincosf)(asFloat(in[0]), &sine, &cosine); out[0] = asBits(sine);         \
    out[1] = asBits(cosine))                                                   \
  X(ilogbf, "f", "i", out[0] = (uint32_t)F(ilogbf)(asFloat(in[0])))            \
  TO_LONG(X, llrintf)                                                          \
  TO_LONG(X, llroundf)                                                         \
  TO_LONG(X, lrintf)                                                           \
  TO_LONG(X, lroundf)                                                          \
  BINARY(X, atan2f)                                                            \
  BINARY(X, copysignf)                                                         \
  BINARY(X, fdimf)                                                             \
  BINARY(X, fmaxf)                                                             \
  BINARY(X, fminf)                                                             \
  BINARY(X, fmodf)                                                             \
  BINARY(X, hypotf)                                                            \
  BINARY(X, nextafterf)                                                        \
  BINARY(X, powf)                                                              \
  BINARY(X, remainderf)                                                        \
  X(remquof, "ff", "fi", int quotient = 0;                                     \
    out[0] = asBits(F(remquof)(asFloat(in[0]), asFloat(in[1]), &quotient));    \
    out[1] = (uint32_t)quotient)                                               \
  X(fmaf, "fff", "f",                                                          \
    out[0] = asBits(F(fmaf)(asFloat(in[0]), asFloat(in[1]), asFloat(in[2]))))  \
  WITH_INT(X, ldexpf)                                                          \
  WITH_INT(X, scalblnf)                                                        \
  WITH_INT(X, scalbnf)                                                         \
  ORDER(X, jnf)                                                                \
  ORDER(X, ynf)                                                                \
  TO_REAL(X, cabsf)                                                            \
  TO_REAL(X, cargf)                                                            \
  COMPLEX(X, cacosf)                                                           \
  COMPLEX(X, cacoshf)                                                          \
  COMPLEX(X, casinf)                                                           \
  COMPLEX(X, casinhf)                                                          \
  COMPLEX(X, catanf)                                                           \
  COMPLEX(X, catanhf)                                                          \
  COMPLEX(X, ccosf)                                                            \
  COMPLEX(X, ccoshf)                                                           \
  COMPLEX(X, cexpf)                                                            \
  COMPLEX(X, clogf)                                                            \
  COMPLEX(X, clog10f)                                                          \
  COMPLEX(X, cprojf)                                                           \
  COMPLEX(X, csinf)                                                            \
  COMPLEX(X, csinhf)                                                           \
  COMPLEX(X, csqrtf)                                                           \
  /* Newlib converts angles to long. */                                        \
  X(ctanf, "ff", "ff",                                                         \
    if (!(fabsf(asFloat(in[0])) >= 0x1p62f))                                   \
        putComplex(F(ctanf)(asComplex(in)), out))                              \
  COMPLEX(X, ctanhf)                                                           \
  X(cpowf, "ffff", "ff",                                                       \
    putComplex(F(cpowf)(asComplex(in), asComplex(in + 2)), out))

#ifdef __tatami__
#define F(name) name
#else
#define F(name) newlib_##name
#define DECLARE(name, ...) extern __typeof(name) newlib_##name;
ALL_FUNCTIONS(DECLARE)
#endif

#define DEFINE(name, inputs, outputs, ...)                                     \
  static void call_##name(const uint32_t *in, uint32_t *out) {                 \
    (void)in;                                                                  \
    __VA_ARGS__;                                                               \
  }
ALL_FUNCTIONS(DEFINE)

#define LIST(name, inputs, outputs, ...) {#name, inputs, outputs, call_##name},
static const struct Function functions[] = {ALL_FUNCTIONS(LIST)};

enum { NumFunctions = sizeof functions / sizeof *functions };

#endif // TATAMI_TESTS_RUNTIME_LIBM_FUNCTIONS_H
