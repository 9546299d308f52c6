/*===- sys/fenv.h - The floating-point environment: there is one -----------===
 *
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Arithmetic rounds to nearest even and sets no flags.
 *
 *===----------------------------------------------------------------------===*/

#ifndef _SYS_FENV_H_
#define _SYS_FENV_H_

#define FE_TONEAREST 0
#define FE_ALL_EXCEPT 0

typedef int fenv_t;
typedef int fexcept_t;

#define FE_DFL_ENV ((const fenv_t *)-1)

#endif /* _SYS_FENV_H_ */
