// Compiled twice, as left.c and as right.c: a static function in both has one
// name. Of left.c the source is gone afterwards.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
static volatile int Sink;

static __attribute__((noinline)) int helper(int x) {
  Sink = x; // helper
  return x + 1;
}

int NAME(int x) { return helper(x) + helper(x + 1); }

#ifdef MAIN
int left(int x);
__attribute__((noinline)) int beyond(int x) {
#line 5000
  Sink = x;
  return 3 * x;
}

int main(void) { return left(1) + right(2) + beyond(3); }
#endif
