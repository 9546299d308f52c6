//===- heap.c - malloc within a node --------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Check.h"
#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

// A compiler may leave out an allocation that nobody uses, but not this one.
static void *(*volatile allocate)(size_t) = malloc;
static void *(*volatile allocateZeros)(size_t, size_t) = calloc;

int main(void) {
  // A node has a bit more than a million bytes, most of it free here.
  void *large = allocate(900000);
  CHECK(large != NULL);
  memset(large, 1, 900000);
  errno = 0;
  CHECK(allocate(900000) == NULL);
  CHECK(errno == ENOMEM);
  free(large);
  large = allocate(900000);
  CHECK(large != NULL);
  free(large);

  int blocks = 0;
  void **list = NULL;
  for (void **block; (block = allocate(10000)); list = block, ++blocks)
    *block = list;
  CHECK(blocks > 80);
  while (list) {
    void **next = *list;
    free(list);
    list = next;
  }

  CHECK(allocate((size_t)-100) == NULL);
  CHECK(allocateZeros((size_t)1 << 40, (size_t)1 << 40) == NULL);
  void *vector = memalign(64, 100);
  CHECK(vector != NULL && (size_t)vector % 64 == 0);
  vector = aligned_alloc(64, 128);
  CHECK(vector != NULL && (size_t)vector % 64 == 0);
  char *grown = realloc(NULL, 10);
  strcpy(grown, "straw");
  grown = realloc(grown, 10000);
  CHECK(strcmp(grown, "straw") == 0);
  int *zeros = calloc(1000, sizeof *zeros);
  for (int i = 0; i < 1000; ++i)
    CHECK(zeros[i] == 0);
  for (size_t size = 1; size < 200; ++size)
    CHECK((size_t)allocate(size) % 16 == 0);

  const int readWrite = PROT_READ | PROT_WRITE;
  const int plain = MAP_PRIVATE | MAP_ANONYMOUS;
  char *mapping = mmap(NULL, 5000, readWrite, plain, -1, 0);
  CHECK(mapping != MAP_FAILED && (size_t)mapping % 4096 == 0);
  for (int i = 0; i < 8192; ++i)
    CHECK(mapping[i] == 0);
  memset(mapping, 1, 8192);
  CHECK(munmap(mapping, 5000) == 0);
  CHECK(munmap(mapping + 1, 5000) == -1 && errno == EINVAL);
  mapping = mmap(NULL, 5000, readWrite, plain, -1, 0);
  CHECK(mapping != MAP_FAILED && mapping[8191] == 0);
  CHECK(mmap(NULL, 0, readWrite, plain, -1, 0) == MAP_FAILED && errno == EINVAL);
  CHECK(mmap(NULL, 1, PROT_NONE, plain, -1, 0) == MAP_FAILED && errno == ENOTSUP);
  CHECK(mmap(NULL, 1, readWrite, plain | MAP_FIXED, -1, 0) == MAP_FAILED &&
        errno == ENOTSUP);
  CHECK(mmap(NULL, 1, readWrite, MAP_PRIVATE, 0, 0) == MAP_FAILED && errno == ENODEV);
  CHECK(mmap(NULL, (size_t)1 << 40, readWrite, plain, -1, 0) == MAP_FAILED &&
        errno == ENOMEM);
  CHECK(mmap(NULL, (size_t)-1, readWrite, plain, -1, 0) == MAP_FAILED &&
        errno == ENOMEM);
  return checked();
}
