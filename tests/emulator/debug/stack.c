// Calls of every kind, for a test that unwinds the stack at each instruction.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <tatami.h>

#define apart __attribute__((noinline))

static volatile int sink;
static jmp_buf buffer;

apart static int leaf(int a) { return a * 3; }

apart static int sum(int count, ...) {
  va_list list;
  va_start(list, count);
  int total = 0;
  while (count-- > 0)
    total += va_arg(list, int);
  va_end(list);
  return total;
}

apart static int many(int a, int b, int c, int d, int e, int f, int g, int h,
                      int i, int j) {
  return leaf(a + b + c + d + e + f + g + h + i) + j;
}

apart static int large(int n) {
  char bytes[20000];
  memset(bytes, n, sizeof bytes);
  sink = bytes[n];
  return leaf(bytes[n + 1]);
}

apart static int huge(int n) {
  static int calls;
  volatile char bytes[70000];
  bytes[n] = 1;
  if (calls++ == 0)
    return leaf(n);
  return bytes[n];
}

apart static int variable(int n) {
  int values[n];
  for (int i = 0; i < n; ++i)
    values[i] = leaf(i);
  return many(values[0], n, 1, 2, 3, 4, 5, 6, 7, 8);
}

apart static int aligned(int n) {
  _Alignas(256) int values[4] = {n, n + 1};
  sink = values[1];
  return leaf(values[0]) + ((long)values & 255 ? 1 : 0);
}

apart static int both(int n) {
  _Alignas(128) int values[n];
  values[0] = n;
  return leaf(values[0]) + aligned(n);
}

// Pushes and pops its frame on one path only.
apart static int early(int n) {
  if (n < 3)
    return n;
  int a = leaf(n), b = leaf(n + a);
  if (a > b)
    return leaf(b);
  return leaf(a + b) + a;
}

apart static int deep(int n) { return n == 0 ? leaf(1) : deep(n - 1) + n; }

apart static int tail(int n) { return leaf(n + 1); }

apart static tatami_v16f32 vectors(tatami_v16f32 a, int n) {
  tatami_v16f32 b = a * a;
  sink = leaf(n);
  tatami_v16f32 c = b + a;
  sink = leaf(n);
  return b * c;
}

apart static int strings(void) {
  char text[100];
  memcpy(text, "a text of some length, to be searched", 38);
  return (int)strlen(text) + (strchr(text, 'h') != 0) + strcmp(text, "a test");
}

apart static void jump(int n) {
  if (n == 0)
    longjmp(buffer, 5);
  jump(n - 1);
}

apart static int jumps(void) {
  int got = setjmp(buffer);
  if (got == 0)
    jump(2);
  return got;
}

static int (*volatile indirect)(int) = leaf;

int main(void) {
  int total = leaf(1) + sum(3, 1, 2, 3) + many(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
  total += large(1) + huge(3) + huge(4) + variable(3) + aligned(1) + both(2);
  total += early(1) + early(5) + deep(4) + tail(2) + indirect(4);
  tatami_v16f32 v = vectors((tatami_v16f32){1, 2, 3}, 1);
  total += (int)v[0] + strings() + jumps();
  return total == 0;
}
