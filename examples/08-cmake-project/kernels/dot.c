// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dot.h"

float dot(const float *a, const float *b, size_t count) {
  float sum = 0;
  for (size_t i = 0; i < count; ++i)
    sum += a[i] * b[i];
  return sum;
}
