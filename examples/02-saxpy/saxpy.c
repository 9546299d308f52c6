// y = a * x + y in plain C: the compiler makes 512-bit code of the loop.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <stdio.h>
#include <tatami.h>

enum { N = 16384 };

static float X[N], Y[N];

__attribute__((noinline)) static void saxpy(long n, float a,
                                            const float *restrict x,
                                            float *restrict y) {
  for (long i = 0; i < n; ++i)
    y[i] += a * x[i];
}

int main(void) {
  for (int i = 0; i < N; ++i) {
    X[i] = (float)i;
    Y[i] = 1.0f;
  }

  tatami_region_begin("saxpy");
  saxpy(N, 2.0f, X, Y);
  tatami_region_end();

  // Every value is an integer below 2^24, so the results are exact.
  for (int i = 0; i < N; ++i)
    if (Y[i] != 2.0f * (float)i + 1.0f) {
      printf("saxpy: wrong at %d: %f\n", i, (double)Y[i]);
      return 1;
    }
  printf("saxpy: %d elements, all right\n", N);
  return 0;
}
