//===- allocate.c - What newlib's malloc lacks ----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// newlib makes aligned_alloc of posix_memalign, which it leaves to the system,
// and its calloc multiplies without looking.
//===----------------------------------------------------------------------===//

#include <errno.h>
#include <malloc.h>
#include <reent.h>
#include <stdlib.h>
#include <string.h>

void *_calloc_r(struct _reent *state, size_t count, size_t size) {
  size_t bytes;
  if (__builtin_mul_overflow(count, size, &bytes)) {
    state->_errno = ENOMEM;
    return NULL;
  }
  void *memory = _malloc_r(state, bytes);
  return memory ? memset(memory, 0, bytes) : NULL;
}

static int isPowerOfTwo(size_t value) {
  return value && (value & (value - 1)) == 0;
}

void *aligned_alloc(size_t alignment, size_t size) {
  if (isPowerOfTwo(alignment))
    return memalign(alignment, size);
  errno = EINVAL;
  return NULL;
}

int posix_memalign(void **result, size_t alignment, size_t size) {
  if (!isPowerOfTwo(alignment) || alignment % sizeof(void *))
    return EINVAL;
  void *memory = memalign(alignment, size);
  if (!memory)
    return ENOMEM;
  *result = memory;
  return 0;
}
