// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef KERNELS_HISTOGRAM_H
#define KERNELS_HISTOGRAM_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { HistogramBins = 8 };

/// Counts how many values fall into each eighth of the range of 32 bits.
void histogram(const uint32_t *values, size_t count, uint32_t bins[HistogramBins]);

#ifdef __cplusplus
}
#endif
#endif
