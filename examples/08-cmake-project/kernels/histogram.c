// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "histogram.h"

void histogram(const uint32_t *values, size_t count, uint32_t bins[HistogramBins]) {
  for (size_t i = 0; i < count; ++i)
    ++bins[values[i] >> 29];
}
