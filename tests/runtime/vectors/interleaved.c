/* Arrays of structures: every factor and lane width, against a loop that is
 * not vectorised.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "../device/Check.h"

enum { N = 200 };
static unsigned long random_state = 88172645463325252u;
static unsigned char next_byte(void) {
  random_state ^= random_state << 13;
  random_state ^= random_state >> 7;
  random_state ^= random_state << 17;
  return (unsigned char)(random_state >> 24);
}

static union {
  unsigned char bytes[N * 8 * 8];
  long align;
} in, out, expected;

static int same(const void *a, const void *b, long bytes) {
  const unsigned char *x = a, *y = b;
  for (long i = 0; i < bytes; ++i)
    if (x[i] != y[i])
      return 0;
  return 1;
}

#define FAST _Pragma("clang loop vectorize(enable)")
#define SLOW _Pragma("clang loop vectorize(disable) unroll(disable)")

/* All members of the structure are read, some of them, and one; all are
 * written. */
#define BODY(NAME, PRAGMA, T, F)                                               \
  __attribute__((noinline)) static void NAME##_all_##T##F(                     \
      T *restrict r, const T *restrict p, long n) {                            \
    PRAGMA for (long i = 0; i < n; ++i) {                                      \
      T s = 0;                                                                 \
      for (int j = 0; j < F; ++j)                                              \
        s = (T)(s + p[F * i + j] * (T)(j + 1));                                \
      r[i] = s;                                                                \
    }                                                                          \
  }                                                                            \
  __attribute__((noinline)) static void NAME##_ends_##T##F(                    \
      T *restrict r, const T *restrict p, long n) {                            \
    PRAGMA for (long i = 0; i < n; ++i) r[i] =                                 \
        (T)(p[F * i] - p[F * i + F - 1]);                                      \
  }                                                                            \
  __attribute__((noinline)) static void NAME##_one_##T##F(                     \
      T *restrict r, const T *restrict p, long n) {                            \
    PRAGMA for (long i = 0; i < n; ++i) r[i] = (T)(p[F * i + F / 2] + 1);      \
  }                                                                            \
  __attribute__((noinline)) static void NAME##_mixed_##T##F(                   \
      float *restrict r, const T *restrict p, long n) {                        \
    PRAGMA for (long i = 0; i < n; ++i) r[i] =                                 \
        (float)(int)p[F * i] + (float)(int)p[F * i + 1];                       \
  }                                                                            \
  __attribute__((noinline)) static void NAME##_store_##T##F(                   \
      T *restrict r, const T *restrict p, long n) {                            \
    PRAGMA for (long i = 0; i < n; ++i) for (int j = 0; j < F; ++j)            \
        r[F * i + j] = (T)(p[i] * (T)(j + 1));                                 \
  }

#define TEST1(T, F, KIND, OUT, FROM)                                           \
  for (long n = 1; n <= N; n += 66) {                                          \
    for (int i = 0; i < (int)sizeof out; ++i)                                  \
      out.bytes[i] = expected.bytes[i] = 0xa5;                                 \
    fast_##KIND##_##T##F((OUT *)out.bytes, FROM, n);                           \
    slow_##KIND##_##T##F((OUT *)expected.bytes, FROM, n);                      \
    CHECK(same(out.bytes, expected.bytes, sizeof out) && #KIND #T #F[0]);      \
  }
#define TESTS(T, F)                                                            \
  BODY(fast, FAST, T, F)                                                       \
  BODY(slow, SLOW, T, F)                                                       \
  static void test_##T##F(void) {                                              \
    const T *p = (const T *)in.bytes;                                          \
    TEST1(T, F, all, T, p)                                                     \
    TEST1(T, F, ends, T, p)                                                    \
    TEST1(T, F, one, T, p)                                                     \
    TEST1(T, F, mixed, float, p)                                               \
    TEST1(T, F, store, T, p)                                                   \
  }

typedef unsigned char u8;
typedef short i16;
typedef int i32;
typedef long i64;
#define FACTORS(T)                                                             \
  TESTS(T, 2) TESTS(T, 3) TESTS(T, 4) TESTS(T, 5) TESTS(T, 6) TESTS(T, 8)
FACTORS(u8)
FACTORS(i16)
FACTORS(i32)
FACTORS(i64)
FACTORS(float)
#define RUN(T) test_##T##2(), test_##T##3(), test_##T##4(), test_##T##5(),     \
               test_##T##6(), test_##T##8()

int main(void) {
  for (int i = 0; i < (int)sizeof in; ++i)
    in.bytes[i] = next_byte();
  RUN(u8);
  RUN(i16);
  RUN(i32);
  RUN(i64);
  /* Small numbers: no NaN. */
  for (int i = 0; i < N * 8; ++i)
    ((float *)in.bytes)[i] = next_byte();
  RUN(float);
  return checked();
}
