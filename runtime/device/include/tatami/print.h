/*===- tatami/print.h - Output that says which node speaks -----------------===
 *
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 *===----------------------------------------------------------------------===*/

#ifndef TATAMI_PRINT_H
#define TATAMI_PRINT_H

#ifdef __cplusplus
extern "C" {
#endif

/** As printf, as one line of its own: "[node 5 (1,1)] ..." and a newline if
 *  \p format does not end with one. Lines of different nodes and threads never
 *  mix. A call. Returns the number of characters, or a negative number. */
int tatami_printf(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

#ifdef __cplusplus
}
#endif

#endif /* TATAMI_PRINT_H */
