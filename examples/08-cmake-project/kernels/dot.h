// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef KERNELS_DOT_H
#define KERNELS_DOT_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Sum of a[i] * b[i].
float dot(const float *a, const float *b, size_t count);

#ifdef __cplusplus
}
#endif
#endif
