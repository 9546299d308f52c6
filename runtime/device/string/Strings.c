//===- Strings.c - String functions made of the vectorised ones -----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A length found 64 bytes at a time and a copy of 64 bytes at a time are faster
// than one loop that does both byte by byte.
//===----------------------------------------------------------------------===//

#define _GNU_SOURCE
#include <string.h>

size_t strnlen(const char *string, size_t limit) {
  const char *end = memchr(string, 0, limit);
  return end ? (size_t)(end - string) : limit;
}

char *strcpy(char *restrict to, const char *restrict from) {
  return memcpy(to, from, strlen(from) + 1);
}

char *stpcpy(char *restrict to, const char *restrict from) {
  size_t length = strlen(from);
  memcpy(to, from, length + 1);
  return to + length;
}

char *strncpy(char *restrict to, const char *restrict from, size_t size) {
  size_t length = strnlen(from, size);
  memcpy(to, from, length);
  memset(to + length, 0, size - length);
  return to;
}

char *strcat(char *restrict to, const char *restrict from) {
  strcpy(to + strlen(to), from);
  return to;
}

char *strncat(char *restrict to, const char *restrict from, size_t limit) {
  size_t length = strnlen(from, limit);
  char *end = to + strlen(to);
  memcpy(end, from, length);
  end[length] = 0;
  return to;
}

void *mempcpy(void *restrict to, const void *restrict from, size_t size) {
  return (char *)memcpy(to, from, size) + size;
}
