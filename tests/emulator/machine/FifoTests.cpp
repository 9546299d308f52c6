// The queue in which replies wait.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Fifo.h"

#include <catch2/catch.hpp>

using tatami::Fifo;

TEST_CASE("a queue that is never empty keeps about what waits") {
  Fifo<int> queue;
  int in = 0, out = 0;
  auto waiting = [&] { return size_t(in - out); };
  auto push = [&] { queue.push(in++); };
  auto pop = [&] {
    REQUIRE(queue.front() == out);
    ++out;
    queue.pop();
    REQUIRE(queue.held() <= 2 * waiting() + 2 * 64 + 2);
  };
  for (size_t load : {1, 3, 100, 2000, 7}) {
    while (waiting() > load)
      pop();
    while (waiting() < load)
      push();
    for (int i = 0; i < 5000; ++i) {
      push();
      pop();
      REQUIRE(!queue.empty());
    }
  }
  while (waiting() > 0)
    pop();
  CHECK(queue.empty());
  CHECK(queue.held() == 0);
}
