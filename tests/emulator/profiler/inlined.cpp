// A function that is inlined into one that is not, both worth a name; and a
// recursion.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
volatile int sink;

namespace inner {
[[gnu::always_inline]] inline int square(int x) {
  sink = x; // square
  return x * x;
}
} // namespace inner

[[gnu::noinline]] int outer(int x) {
  int y = inner::square(x + sink); // call
  sink = 3;                        // outer
  return y;
}

[[gnu::noinline]] int fibonacci(int n) {
  return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

int main() { return outer(5) + fibonacci(6) - 8; }
