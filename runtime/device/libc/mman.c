//===- mman.c - Anonymous mappings on the heap ----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What POSIX promises and memory protection is needed for is refused, not
// pretended.
//===----------------------------------------------------------------------===//

#include <errno.h>
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { PageSize = 4096 };

void *mmap(void *address, size_t length, int protection, int flags, int file,
           off_t offset) {
  (void)address, (void)file, (void)offset;
  if (length == 0 || !(flags & MAP_SHARED) == !(flags & MAP_PRIVATE)) {
    errno = EINVAL;
    return MAP_FAILED;
  }
  if (!(flags & MAP_ANONYMOUS)) {
    errno = ENODEV;
    return MAP_FAILED;
  }
  if (protection != (PROT_READ | PROT_WRITE) || flags & (MAP_FIXED | MAP_SHARED)) {
    errno = ENOTSUP;
    return MAP_FAILED;
  }
  if (length > SIZE_MAX - PageSize) {
    errno = ENOMEM;
    return MAP_FAILED;
  }
  length = (length + PageSize - 1) / PageSize * PageSize;
  void *memory = memalign(PageSize, length);
  if (!memory) {
    errno = ENOMEM;
    return MAP_FAILED;
  }
  return memset(memory, 0, length);
}

int munmap(void *address, size_t length) {
  if (length == 0 || (uintptr_t)address % PageSize) {
    errno = EINVAL;
    return -1;
  }
  free(address);
  return 0;
}
