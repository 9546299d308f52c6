// Calls and returns, as the interpreter tells of them, against a stack that is
// followed step by step.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Calls.h"

#include <catch2/catch.hpp>

#include <map>
#include <random>

using namespace tatami;

namespace {

constexpr uint64_t textBase = 0x1000;

struct Clock {
  uint64_t time = 0;
  uint64_t nodeTime() const { return time; }
};

/// Of a context: calls and cycles of its own.
struct Count {
  uint64_t calls = 0, cycles = 0;
  bool operator==(const Count &) const = default;
};
using Path = std::vector<uint64_t>;
using Counts = std::map<Path, Count>;

std::ostream &operator<<(std::ostream &out, const Count &count) {
  return out << count.calls << " calls, " << count.cycles << " cycles";
}

/// A thread that calls, returns and jumps back over several frames. It tells two
/// threads of the host, now this and now that.
class Thread {
public:
  Thread(CallTree &tree, CallCounts &one, CallCounts &other)
      : tree(tree), counts{&one, &other} {
    stack.begin(one, 0x1000, clock.time);
    live.push_back({0x1000, 0, top});
    ++expected[path()].calls;
  }

  void pass(uint64_t cycles) {
    clock.time += cycles;
    expected[path()].cycles += cycles;
  }
  void call(uint64_t function) {
    const uint64_t returnAddress = 0x100000 + 4 * (next++ % 5);
    // A leaf has no frame in memory; who calls has.
    x[2] = live.back().stackPointer;
    x[1] = returnAddress;
    CallCursor cursor(stack, host());
    cursor.call((function - textBase) / 4, x, clock);
    cursor.end();
    live.push_back({function, returnAddress, x[2] - 16 * (1 + next % 3)});
    ++expected[path()].calls;
  }
  void doReturn() {
    const uint64_t target = live.back().returnAddress;
    live.pop_back();
    goTo(target);
  }
  /// To where a function that has returned was called from \p depth frames ago.
  void longJump(size_t depth) {
    live.resize(live.size() - depth);
    goTo(0x200000);
  }
  void end() { stack.end(host(), clock.time); }

  size_t depth() const { return live.size(); }
  const Counts &wanted() const { return expected; }
  /// Who runs according to the stack.
  Path present() const { return pathOf(stack.context()); }
  Path path() const {
    Path result;
    for (const Live &frame : live)
      if (result.size() <= CallContext::maxDepth)
        result.push_back(frame.function);
    return result;
  }
  Path pathOf(uint32_t context) const {
    Path result;
    for (; context != CallContext::none; context = tree[context].parent)
      result.insert(result.begin(), tree[context].function);
    return result;
  }

private:
  struct Live {
    uint64_t function, returnAddress, stackPointer;
  };

  CallCounts &host() { return *counts[++turn % 2]; }
  void goTo(uint64_t target) {
    x[2] = live.back().stackPointer;
    CallCursor cursor(stack, host());
    cursor.doReturn(target, x, clock);
    cursor.end();
  }

  static constexpr uint64_t top = 0x140000;
  CallTree &tree;
  std::array<CallCounts *, 2> counts;
  CallStack stack;
  Clock clock;
  std::vector<Live> live;
  Counts expected;
  uint64_t x[33] = {};
  size_t next = 0, turn = 0;
};

Counts countsOf(const CallTree &tree, const Thread &thread,
                const std::vector<const CallCounts *> &all) {
  std::vector<CallContext> contexts = tree.contexts();
  for (const CallCounts *counts : all)
    counts->addTo(contexts);
  Counts result;
  for (uint32_t i = 0; i < contexts.size(); ++i)
    result[thread.pathOf(i)] = {contexts[i].calls, contexts[i].cycles};
  return result;
}

} // namespace

TEST_CASE("contexts have the calls and cycles of a stack followed step by step") {
  const uint64_t seed = GENERATE(range(0, 20));
  INFO("seed " << seed);
  std::mt19937_64 random(seed);
  CallTree tree;
  CallCounts one(tree, textBase), other(tree, textBase);
  Thread thread(tree, one, other);
  // Some are deeper than what is kept.
  const size_t deepest = seed % 3 == 0 ? 200 : 8;
  for (int step = 0; step < 20'000; ++step) {
    thread.pass(random() % 10);
    const unsigned what = random() % 100;
    if (what < 55 && thread.depth() < deepest)
      thread.call(0x2000 + 4 * (random() % 3));
    else if (what < 99 && thread.depth() > 1)
      thread.doReturn();
    else if (thread.depth() > 4)
      thread.longJump(1 + random() % 3);
    REQUIRE(thread.present() == thread.path());
  }
  thread.end();
  CHECK(countsOf(tree, thread, {&one, &other}) == thread.wanted());
}

TEST_CASE("what is called when the tree is full counts for its caller") {
  CallTree tree;
  CallCounts counts(tree, textBase);
  Thread thread(tree, counts, counts);
  for (uint32_t i = 0; i < CallTree::maxContexts - 1; ++i)
    tree.child(0, 0x800000 + 4 * i);
  REQUIRE(tree.contexts().size() == CallTree::maxContexts);
  thread.pass(1);
  // This one has no place, what it calls has one in its caller.
  thread.call(0x2000);
  thread.pass(10);
  thread.call(0x800000);
  thread.pass(100);
  thread.doReturn();
  thread.pass(1000);
  thread.doReturn();
  thread.pass(10'000);
  thread.end();
  Counts found = countsOf(tree, thread, {&counts});
  CHECK(found[{0x1000}] == Count{2, 11'011});
  CHECK(found[{0x1000, 0x800000}] == Count{1, 100});
}

TEST_CASE("frames that nobody returns from do not pile up") {
  CallTree tree;
  CallCounts counts(tree, textBase);
  CallStack stack;
  Clock clock;
  stack.begin(counts, 0x1000, 0);
  uint64_t x[33] = {};
  x[1] = 0x100000;
  // As if a jump that is none by its looks had left each of them.
  const CallStack::Frame *first = stack.frame();
  for (int i = 0; i < 100'000; ++i) {
    x[2] = 0x10000;
    CallCursor cursor(stack, counts);
    cursor.call((0x2000 - textBase) / 4, x, clock);
    cursor.end();
  }
  CHECK(stack.frame() - first < 16);
}
