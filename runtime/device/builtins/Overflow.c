//===- Overflow.c - Arithmetic that notices overflow ----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `v` functions stop the program (-ftrapv), `o` functions report.
//===----------------------------------------------------------------------===//

#include "Wide.h"

#define TRAPPING(suffix, type)                                                 \
  type __addv##suffix##3(type a, type b) {                                     \
    type result;                                                               \
    if (__builtin_add_overflow(a, b, &result))                                 \
      __builtin_trap();                                                        \
    return result;                                                             \
  }                                                                            \
  type __subv##suffix##3(type a, type b) {                                     \
    type result;                                                               \
    if (__builtin_sub_overflow(a, b, &result))                                 \
      __builtin_trap();                                                        \
    return result;                                                             \
  }                                                                            \
  type __negv##suffix##2(type a) { return __subv##suffix##3(0, a); }           \
  type __absv##suffix##2(type a) { return a < 0 ? __negv##suffix##2(a) : a; }

TRAPPING(si, int32_t)
TRAPPING(di, int64_t)
TRAPPING(ti, Int128)

int32_t __mulosi4(int32_t a, int32_t b, int *overflow) {
  int64_t product = (int64_t)a * b;
  *overflow = product != (int32_t)product;
  return (int32_t)product;
}

int64_t __mulodi4(int64_t a, int64_t b, int *overflow) {
  Int128 product = (Int128)a * b;
  *overflow = product != (int64_t)product;
  return (int64_t)product;
}

Int128 __muloti4(Int128 a, Int128 b, int *overflow) {
  UInt128 magnitudeA = a < 0 ? -(UInt128)a : (UInt128)a;
  UInt128 magnitudeB = b < 0 ? -(UInt128)b : (UInt128)b;
  uint64_t highA = highWord(magnitudeA), lowA = lowWord(magnitudeA);
  uint64_t highB = highWord(magnitudeB), lowB = lowWord(magnitudeB);
  // At most one of the two cross products may be there, and it must fit the
  // upper word together with the carry from the lower ones.
  UInt128 low = multiplyWords(lowA, lowB);
  UInt128 cross =
      highA ? multiplyWords(highA, lowB) : multiplyWords(lowA, highB);
  UInt128 upper = (UInt128)highWord(low) + lowWord(cross);
  UInt128 product = fromWords(lowWord(upper), lowWord(low));
  int negative = (a < 0) != (b < 0);
  UInt128 limit = fromWords(1ull << 63, 0) - !negative;
  *overflow =
      (highA && highB) || highWord(cross) || highWord(upper) || product > limit;
  if (highA && highB)
    product += fromWords(lowA * highB, 0);
  return (Int128)(negative ? -product : product);
}

int32_t __mulvsi3(int32_t a, int32_t b) {
  int overflow;
  int32_t product = __mulosi4(a, b, &overflow);
  if (overflow)
    __builtin_trap();
  return product;
}

int64_t __mulvdi3(int64_t a, int64_t b) {
  int overflow;
  int64_t product = __mulodi4(a, b, &overflow);
  if (overflow)
    __builtin_trap();
  return product;
}

Int128 __mulvti3(Int128 a, Int128 b) {
  int overflow;
  Int128 product = __muloti4(a, b, &overflow);
  if (overflow)
    __builtin_trap();
  return product;
}
