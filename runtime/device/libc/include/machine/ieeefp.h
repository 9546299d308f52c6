/*===- machine/ieeefp.h - Floating point, as newlib wants to know it -------===
 *
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 *===----------------------------------------------------------------------===*/

#ifndef _MACHINE_IEEEFP_H
#define _MACHINE_IEEEFP_H

#define __IEEE_LITTLE_ENDIAN

/* float is hardware and double is not: newlib's older float functions, which
   compute in float, are the faster and hardly less accurate ones. */
#ifndef __OBSOLETE_MATH
#define __OBSOLETE_MATH 1
#endif

/* The state of the C library is asked for by a call, one per thread. Newlib's
   own headers look for this before they look for anything else. */
#define __DYNAMIC_REENT__

#endif /* _MACHINE_IEEEFP_H */
