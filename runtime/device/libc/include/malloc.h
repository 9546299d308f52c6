/*===- malloc.h - Memory, beyond what stdlib.h has -------------------------===
 *
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * In place of newlib's, whose declarations C++ finds to contradict stdlib.h.
 *
 *===----------------------------------------------------------------------===*/

#ifndef _INCLUDE_MALLOC_H_
#define _INCLUDE_MALLOC_H_

#include <stdlib.h>

#ifdef __cplusplus
extern "C" {
#endif

struct mallinfo {
  size_t arena, ordblks, smblks, hblks, hblkhd;
  size_t usmblks, fsmblks, uordblks, fordblks, keepcost;
};

struct mallinfo mallinfo(void);
void malloc_stats(void);
int mallopt(int parameter, int value);
size_t malloc_usable_size(void *memory);
void *memalign(size_t alignment, size_t size);
void *valloc(size_t size);
void *pvalloc(size_t size);
int malloc_trim(size_t keep);

/* newlib's own code asks for these. */
struct _reent;
struct mallinfo _mallinfo_r(struct _reent *);
void _malloc_stats_r(struct _reent *);
int _mallopt_r(struct _reent *, int, int);
size_t _malloc_usable_size_r(struct _reent *, void *);
void *_memalign_r(struct _reent *, size_t, size_t);
void *_valloc_r(struct _reent *, size_t);
void *_pvalloc_r(struct _reent *, size_t);
int _malloc_trim_r(struct _reent *, size_t);
void __malloc_lock(struct _reent *);
void __malloc_unlock(struct _reent *);
void mstats(char *);

#ifdef __cplusplus
}
#endif

#endif /* _INCLUDE_MALLOC_H_ */
