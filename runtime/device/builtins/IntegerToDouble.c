//===- IntegerToDouble.c - Integers of every width to double --------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "SoftDouble.h"
#include "Wide.h"

DoubleBits __floatundidf(uint64_t value) {
  return value ? integerToDouble(0, value) : 0;
}

DoubleBits __floatdidf(int64_t value) {
  if (value < 0)
    return integerToDouble(DOUBLE_SIGN, -(uint64_t)value);
  return __floatundidf((uint64_t)value);
}

DoubleBits __floatunsidf(uint32_t value) { return __floatundidf(value); }

DoubleBits __floatsidf(int32_t value) { return __floatdidf(value); }

static DoubleBits wideToDouble(uint64_t sign, UInt128 value) {
  if (value == 0)
    return 0;
  int zeros = leadingZeros128(value);
  UInt128 aligned = shiftLeft128(value, zeros);
  uint64_t significand = highWord(aligned) >> 1 | (highWord(aligned) & 1) |
                         (lowWord(aligned) != 0);
  return roundToDouble(sign, DOUBLE_BIAS + 127 - zeros, significand);
}

DoubleBits __floatuntidf(UInt128 value) { return wideToDouble(0, value); }

DoubleBits __floattidf(Int128 value) {
  return value < 0 ? wideToDouble(DOUBLE_SIGN, -(UInt128)value)
                   : wideToDouble(0, (UInt128)value);
}
