/* What the kernels share: one call measured in a region, its bound on the
 * modelled node, and a check of its result.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The bound counts the instructions that any code for the kernel needs, on the
 * unit that has most of them (docs/timing-model.md): two memory slots a cycle,
 * one of them a store's; an access that is not known to be aligned takes two
 * slots; one vector instruction a cycle. A register has 16 floats. */
#ifndef KERNEL_H
#define KERNEL_H
#include <stdio.h>
#include <tatami.h>

#define KERNEL __attribute__((noinline)) static
#define LANES 16

/* Runs a call once to be measured and prints its bound in cycles. */
#define MEASURE(cycles, call)                                                  \
  do {                                                                         \
    tatami_region_begin("kernel");                                             \
    call;                                                                      \
    tatami_region_end();                                                       \
    printf("bound %ld\n", (long)(cycles));                                     \
  } while (0)

static int failures;
static void expect(int good, const char *what, long where) {
  if (!good && ++failures < 5)
    printf("wrong: %s %ld\n", what, where);
}
#endif
