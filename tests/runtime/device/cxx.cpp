//===- cxx.cpp - C++ without a C++ library --------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Check.h"
#include <stddef.h>
#include <stdlib.h>
#include <tatami.h>

namespace {

int constructed, destroyed;
void count(int &Events) { __atomic_fetch_add(&Events, 1, __ATOMIC_SEQ_CST); }

struct Counted {
  Counted() { count(constructed); }
  explicit Counted(int V) : Value(V) { count(constructed); }
  ~Counted() { count(destroyed); }
  int Value = 7;
};

Counted Global;

struct Shape {
  virtual ~Shape() = default;
  virtual int area() const = 0;
};
struct Square final : Shape {
  explicit Square(int S) : Side(S) {}
  int area() const override { return Side * Side; }
  int Side;
};

struct alignas(64) Wide {
  float Lanes[16];
};

/// Four threads race to be the first; one may construct.
Counted &onlyOnce() {
  static Counted Object([] {
    for (int I = 0; I < 100; ++I)
      tatami_pause();
    return 11;
  }());
  return Object;
}

thread_local Counted PerThread(5);
int Sums[4];

void run(void *) {
  Counted &Object = onlyOnce();
  CHECK(Object.Value == 11);
  PerThread.Value += tatami_thread();
  Sums[tatami_thread()] = PerThread.Value;
}

} // namespace

int main() {
  CHECK(constructed == 1 && Global.Value == 7);

  Shape *S = new Square(5);
  CHECK(S->area() == 25);
  delete S;
  auto *Several = new Counted[3];
  CHECK(constructed == 4 && Several[2].Value == 7);
  delete[] Several;
  CHECK(destroyed == 3);
  auto *W = new Wide;
  CHECK(reinterpret_cast<size_t>(W) % 64 == 0);
  delete W;

  int Before = constructed;
  for (int Thread = 1; Thread < 4; ++Thread)
    tatami_thread_start(Thread, run, nullptr);
  run(nullptr);
  for (int Thread = 1; Thread < 4; ++Thread)
    tatami_thread_join(Thread);
  // The static object once, the thread-local one on each thread.
  CHECK(constructed == Before + 5);
  CHECK(destroyed == 6); // those of the threads that have ended
  for (int Thread = 0; Thread < 4; ++Thread)
    CHECK(Sums[Thread] == 5 + Thread);

  auto Twice = [](auto Value) { return Value + Value; };
  CHECK(Twice(21) == 42 && Twice(0.5) == 1.0);
  return checked();
}
