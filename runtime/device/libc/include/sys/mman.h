/*===- mman.h - Memory without files ------------------------------------------
  SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

  There is no memory management unit: a mapping is zeroed memory of the heap,
  readable and writable, at an address that the system chooses.
===------------------------------------------------------------------------===*/
#ifndef _SYS_MMAN_H
#define _SYS_MMAN_H

#include <stddef.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PROT_NONE 0
#define PROT_READ 1
#define PROT_WRITE 2
#define PROT_EXEC 4

#define MAP_SHARED 1
#define MAP_PRIVATE 2
#define MAP_FIXED 0x10
#define MAP_ANONYMOUS 0x20
#define MAP_ANON MAP_ANONYMOUS

#define MAP_FAILED ((void *)-1)

/* Anonymous and private: `address` is a hint, which is not followed, `file` and
   `offset` are ignored. ENODEV for a file, ENOTSUP for MAP_FIXED, MAP_SHARED and
   any protection but PROT_READ | PROT_WRITE. */
void *mmap(void *address, size_t length, int protection, int flags, int file,
           off_t offset);
/* A whole mapping, not a part of one. */
int munmap(void *address, size_t length);

#ifdef __cplusplus
}
#endif

#endif /* _SYS_MMAN_H */
