//===- Check.h - Checks in programs that run on the device ------*- C -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TATAMI_TESTS_RUNTIME_CHECK_H
#define TATAMI_TESTS_RUNTIME_CHECK_H

#include <stdio.h>

static int failures;

#define CHECK(...)                                                             \
  do {                                                                         \
    if (!(__VA_ARGS__) && ++failures <= 10)                                    \
      printf("%s:%d: %s\n", __FILE__, __LINE__, #__VA_ARGS__);                 \
  } while (0)

/// What main returns: not zero if a check failed.
static inline int checked(void) {
  if (failures)
    printf("%d checks failed\n", failures);
  return failures != 0;
}

#endif // TATAMI_TESTS_RUNTIME_CHECK_H
