/*===- newlib.h - How the C library is configured --------------------------===
 *
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * What newlib's configure would write.
 *
 *===----------------------------------------------------------------------===*/

#ifndef __NEWLIB_H__
#define __NEWLIB_H__ 1

#include <_newlib_version.h>

/* printf and scanf are complete. */
#define _WANT_IO_C99_FORMATS 1
#define _WANT_IO_LONG_LONG 1
#define _WANT_IO_LONG_DOUBLE 1
#define _WANT_IO_POS_ARGS 1
#define _FVWRITE_IN_STREAMIO 1
#define _FSEEK_OPTIMIZATION 1
#define _UNBUF_STREAM_OPT 1
#define _WIDE_ORIENT 1

/* long double is double. */
#define _HAVE_LONG_DOUBLE 1
#define _LDBL_EQ_DBL 1

/* One locale: characters are bytes. */
#define _MB_LEN_MAX 1

/* Four threads share the streams; each has its own errno and the like. */
#define _WANT_REENT_GLOBAL_STDIO_STREAMS 1
#define _RETARGETABLE_LOCKING 1

/* More exit functions than fit the first block are kept on the heap. */
#define _ATEXIT_DYNAMIC_ALLOC 1
#define _WANT_USE_LONG_TIME_T 1

#endif /* __NEWLIB_H__ */
