//===- strings.c - Vectorised string functions against plain loops --------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#define _GNU_SOURCE
#include "Check.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { Size = 2048, Guard = 64 };
static unsigned char from[Size + 2 * Guard], to[Size + 2 * Guard];
static unsigned char expected[Size + 2 * Guard];

// Pointers, so that the compiler cannot replace the calls.
static void *(*volatile copy)(void *, const void *, size_t) = memcpy;
static void *(*volatile move)(void *, const void *, size_t) = memmove;
static void *(*volatile set)(void *, int, size_t) = memset;
static int (*volatile compare)(const void *, const void *, size_t) = memcmp;
static void *(*volatile find)(const void *, int, size_t) = memchr;
static size_t (*volatile length)(const char *) = strlen;
static size_t (*volatile lengthUpTo)(const char *, size_t) = strnlen;
static char *(*volatile findInString)(const char *, int) = strchr;
static int (*volatile compareStrings)(const char *, const char *) = strcmp;
static int (*volatile compareUpTo)(const char *, const char *,
                                   size_t) = strncmp;

static unsigned seed = 1;
static unsigned next(void) { return (seed = seed * 1664525 + 1013904223) >> 8; }

static void fill(void) {
  for (int i = 0; i < (int)sizeof from; ++i) {
    from[i] = next();
    expected[i] = to[i] = next();
  }
}

static int same(const unsigned char *a, const unsigned char *b) {
  for (int i = 0; i < (int)sizeof to; ++i)
    if (a[i] != b[i])
      return 0;
  return 1;
}

static void testCopy(int toOffset, int fromOffset, int size) {
  fill();
  for (int i = 0; i < size; ++i)
    expected[Guard + toOffset + i] = from[Guard + fromOffset + i];
  void *result = copy(to + Guard + toOffset, from + Guard + fromOffset, size);
  CHECK(result == to + Guard + toOffset);
  CHECK(same(to, expected));
}

static void testMove(int toOffset, int fromOffset, int size) {
  fill();
  for (int i = 0; i < size; ++i)
    from[Guard + i] = expected[Guard + fromOffset + i];
  for (int i = 0; i < size; ++i)
    expected[Guard + toOffset + i] = from[Guard + i];
  move(to + Guard + toOffset, to + Guard + fromOffset, size);
  CHECK(same(to, expected));
}

static void testSet(int offset, int size) {
  fill();
  for (int i = 0; i < size; ++i)
    expected[Guard + offset + i] = (unsigned char)(size + offset);
  // Only the low eight bits count.
  CHECK(set(to + Guard + offset, 0x5a00 | ((size + offset) & 0xff), size) ==
        to + Guard + offset);
  CHECK(same(to, expected));
}

static void testCompare(int offsetA, int offsetB, int size) {
  fill();
  unsigned char *a = from + Guard + offsetA, *b = to + Guard + offsetB;
  for (int i = 0; i < size; ++i)
    b[i] = a[i];
  b[size] = a[size] + 1; // beyond what counts
  CHECK(compare(a, b, size) == 0);
  if (size == 0)
    return;
  int where = next() % size;
  b[where] = a[where] + 1;
  b[size - 1] = where == size - 1 ? b[where] : a[size - 1] - 1;
  int sign = a[where] < b[where] ? -1 : 1;
  int result = compare(a, b, size);
  CHECK(sign < 0 ? result < 0 : result > 0);
  CHECK(sign < 0 ? compare(b, a, size) > 0 : compare(b, a, size) < 0);
}

static void testFind(int offset, int size) {
  unsigned char *text = to + Guard + offset;
  set(to, 'x', sizeof to);
  text[-1] = text[size] = 'y';
  CHECK(find(text, 'y', size) == NULL);
  if (size) {
    int where = next() % size;
    text[where] = text[size - 1] = 'y';
    CHECK(find(text, 'y', size) == text + where);
    CHECK(find(text, 0x100 | 'y', -1) == text + where);
  }
}

static void testStrings(int offsetA, int offsetB, int size) {
  set(to, 'x', sizeof to);
  set(from, 'x', sizeof from);
  char *a = (char *)to + Guard + offsetA, *b = (char *)from + Guard + offsetB;
  a[-1] = b[-1] = 0;
  a[size] = b[size] = 0;
  CHECK(length(a) == (size_t)size);
  CHECK(lengthUpTo(a, size) == (size_t)size);
  CHECK(lengthUpTo(a, size + 1) == (size_t)size);
  CHECK(lengthUpTo(a, size / 2) == (size_t)size / 2);
  CHECK(findInString(a, 0) == a + size);
  CHECK(findInString(a, 'y') == NULL);
  CHECK(compareStrings(a, b) == 0);
  CHECK(compareUpTo(a, b, (size_t)-1) == 0);
  if (size == 0)
    return;
  int where = next() % size;
  a[where] = 'y';
  CHECK(findInString(a, 'y') == a + where);
  CHECK(compareStrings(a, b) > 0);
  CHECK(compareStrings(b, a) < 0);
  CHECK(compareUpTo(a, b, where) == 0);
  CHECK(compareUpTo(a, b, where + 1) > 0);
  a[where] = '\x80'; // characters compare as unsigned
  CHECK(compareStrings(a, b) > 0);
  a[where] = 0; // a is a prefix of b
  CHECK(compareStrings(a, b) < 0);
  CHECK(compareUpTo(a, b, where) == 0);
  CHECK(length(a) == (size_t)where);
}

/// At the very end of the memory, where a load of 64 bytes would reach beyond.
static void testEndOfMemory(void) {
  extern char __stack_top[];
  char *end = __stack_top, saved[128], other[128];
  int wrong = 0;
  memcpy(saved, end - 128, 128); // thread-local variables live there
  for (int size = 0; size < 100; ++size) {
    char *text = end - size - 1;
    for (int i = 0; i < size; ++i)
      text[i] = other[i] = 'x';
    text[size] = other[size] = 0;
    wrong += length(text) != (size_t)size;
    wrong += findInString(text, 'y') != NULL;
    wrong += compareStrings(text, other) != 0;
    wrong += compareStrings(other, text) != 0;
    wrong += compareUpTo(text, other, 200) != 0;
    wrong += find(text, 0, size + 1) != text + size;
    wrong += compare(text, other, size + 1) != 0;
    copy(text, other, size + 1);
    set(text, 0, size + 1);
  }
  memcpy(end - 128, saved, 128);
  CHECK(wrong == 0);
}

static void testComposed(void) {
  char buffer[200];
  set(buffer, '#', sizeof buffer);
  CHECK(strcpy(buffer, "tatami") == buffer && strcmp(buffer, "tatami") == 0);
  CHECK(stpcpy(buffer, "mat") == buffer + 3);
  CHECK(strcat(buffer, " of straw") == buffer);
  CHECK(strcmp(buffer, "mat of straw") == 0);
  CHECK(strcmp(strncat(buffer, "berries", 3), "mat of strawber") == 0);
  strncpy(buffer, "short", 12);
  CHECK(memcmp(buffer, "short\0\0\0\0\0\0\0ber", 15) == 0);
  strncpy(buffer, "longer than that", 6);
  CHECK(memcmp(buffer, "longer\0", 7) == 0);
  CHECK(mempcpy(buffer, "abc", 3) == buffer + 3);
  CHECK(strcmp(strstr("a needle in a haystack", "needle"),
               "needle in a haystack") == 0);
  CHECK(strrchr("a/b/c", '/')[1] == 'c');
  char words[] = "one two  three";
  CHECK(strcmp(strtok(words, " "), "one") == 0);
  CHECK(strcmp(strtok(NULL, " "), "two") == 0);
  CHECK(strcmp(strtok(NULL, " "), "three") == 0);
  CHECK(strtok(NULL, " ") == NULL);
}

int main(void) {
  for (int size = 0; size <= 200; ++size)
    for (int i = 0; i < 4; ++i) {
      int a = next() % 80, b = next() % 80;
      testCopy(a, b, size);
      testMove(a, b, size);
      testSet(a, size);
      testCompare(a, b, size);
      testFind(a, size);
      testStrings(a, b, size);
    }
  // Long ones, with every alignment of source and target relative to a vector.
  for (int offset = 0; offset < 64; ++offset) {
    int size = 600 + next() % 1300;
    testCopy(offset, next() % 64, size);
    testCopy(offset, offset, size);
    testMove(offset, 32, size);
    testMove(32, offset, size);
    testSet(offset, size);
    testCompare(offset, 7, size);
  }
  testEndOfMemory();
  testComposed();
  return checked();
}
