//===- DoubleCompare.c - Comparisons of doubles ---------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The result is compared with 0 as the name says: a < b is __ltdf2(a, b) < 0.
// What a NaN gives is chosen so that every such comparison is false.
//===----------------------------------------------------------------------===//

#include "SoftDouble.h"

/// -1, 0 or 1; \p unordered if one is a NaN.
static inline int compareDoubles(DoubleBits a, DoubleBits b, int unordered) {
  if (isNaN(a) || isNaN(b))
    return unordered;
  if (magnitude(a | b) == 0)
    return 0;
  // Negative numbers count down, and all of them are below the positive ones.
  uint64_t orderA = a & DOUBLE_SIGN ? ~a : a | DOUBLE_SIGN;
  uint64_t orderB = b & DOUBLE_SIGN ? ~b : b | DOUBLE_SIGN;
  return (orderA > orderB) - (orderA < orderB);
}

int __eqdf2(DoubleBits a, DoubleBits b) { return compareDoubles(a, b, 1); }
int __nedf2(DoubleBits a, DoubleBits b) { return compareDoubles(a, b, 1); }
int __ltdf2(DoubleBits a, DoubleBits b) { return compareDoubles(a, b, 1); }
int __ledf2(DoubleBits a, DoubleBits b) { return compareDoubles(a, b, 1); }
int __gtdf2(DoubleBits a, DoubleBits b) { return compareDoubles(a, b, -1); }
int __gedf2(DoubleBits a, DoubleBits b) { return compareDoubles(a, b, -1); }
int __cmpdf2(DoubleBits a, DoubleBits b) { return compareDoubles(a, b, 1); }
int __unorddf2(DoubleBits a, DoubleBits b) { return isNaN(a) || isNaN(b); }
