// What a thread ran between two waits.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Stretch.h"

#include <catch2/catch.hpp>

using namespace tatami;

namespace {

enum : uint64_t { Start = 0x100, Main = 0x200, A = 0x300, B = 0x400, C = 0x500, Exit = 0x600 };

/// Start calls main, which calls A and B; A calls C.
struct Tree : CallTree {
  uint32_t start = child(CallContext::none, Start), main = child(start, Main),
           a = child(main, A), b = child(main, B), c = child(a, C),
           exit = child(start, Exit);
};

uint64_t nameOf(const Tree &tree, uint32_t first, uint32_t last,
                const std::vector<uint32_t> &samples = {}) {
  Stretch stretch;
  stretch.begin(first);
  for (uint32_t context : samples)
    stretch.sample(context);
  return stretch.end(tree, last);
}

} // namespace

TEST_CASE("a stretch has the name of what is around both of its ends") {
  const Tree t;
  CHECK(nameOf(t, t.a, t.a) == A);
  CHECK(nameOf(t, t.a, t.b) == Main);
  CHECK(nameOf(t, t.c, t.b) == Main);
  CHECK(nameOf(t, t.b, t.c) == Main);
  CHECK(nameOf(t, t.c, t.a) == A);
  // What the thread began with says nothing.
  CHECK(nameOf(t, t.start, t.c) == C);
  CHECK(nameOf(t, t.main, t.exit) == Main);
  CHECK(nameOf(t, t.start, t.start) == Start);
  // Of one that has not run, and of one whose calls are not known.
  CHECK(nameOf(t, t.a, CallContext::none) == 0);
  CHECK(nameOf(t, CallContext::none, t.b) == B);
}

TEST_CASE("a stretch has the name of where most samples were") {
  const Tree t;
  CHECK(nameOf(t, t.main, t.main, {t.c, t.c, t.c, t.c}) == C);
  CHECK(nameOf(t, t.main, t.main, {t.c, t.b, t.c, t.c}) == C);
  CHECK(nameOf(t, t.main, t.main, {t.b, t.b, t.c, t.c, t.c, t.c, t.c, t.c}) == C);
  // Several that share it, in whichever order.
  CHECK(nameOf(t, t.main, t.main, {t.c, t.b, t.c, t.b}) == Main);
  CHECK(nameOf(t, t.main, t.main, {t.c, t.c, t.c, t.b, t.b, t.b}) == Main);
  // Too few.
  CHECK(nameOf(t, t.main, t.main, {t.c, t.c}) == Main);
  // The stretch before is forgotten.
  Stretch stretch;
  stretch.begin(t.main);
  for (int i = 0; i < 10; ++i)
    stretch.sample(t.c);
  stretch.begin(t.main);
  CHECK(stretch.end(t, t.main) == Main);
}
