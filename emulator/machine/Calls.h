// Who has called whom: the tree of calls, and where in it each thread is.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "Zeros.h"
#include "tatami/trace/CodeCounts.h"

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

namespace tatami {

/// Functions as they are called from where, of all threads of all nodes. Added
/// to by several threads of the host at the same time; found without a lock.
class CallTree {
public:
  /// Chosen: one more counts for its caller, as what is too deep does. Which
  /// ones there are then depends on who of several host threads came first.
  static constexpr uint32_t maxContexts = 1 << 16;

  CallTree();

  /// The context of \p function called in \p parent, CallContext::none for what
  /// threads begin with. Only if the tree is full of those: none.
  uint32_t child(uint32_t parent, uint64_t function);

  /// Their places; what they have counted is elsewhere.
  const std::vector<CallContext> &contexts() const { return nodes; }
  /// Of a context that the calling thread of the host has got from child().
  const CallContext &operator[](uint32_t context) const {
    return nodes.data()[context];
  }

private:
  /// Of how many contexts the one here is; 0 where there is none.
  struct Slot {
    std::atomic<uint32_t> number;
  };
  struct Table {
    size_t size; ///< A power of two.
    Zeros<Slot> slots;
  };

  /// The slot of the context in \p table, or the free one that it would get.
  Slot &find(const Table &table, uint32_t parent, uint64_t function) const;
  void makeTable(size_t size);

  std::mutex mutex;
  /// The last one is looked at; others may still be by who has begun to.
  std::deque<Table> tables;
  std::atomic<const Table *> table;
  std::vector<CallContext> nodes; ///< Never moves: reserved.
};

/// What a thread of the host has counted of contexts; others have theirs.
class CallCounts {
public:
  /// In a function and in what it calls: a call is then looked at when it
  /// returns, and its caller is not. What is its own is found at the end.
  struct Count {
    uint64_t calls, cycles;
    /// The key and the place of whom it has called last, who most likely is
    /// whom it calls next.
    uint32_t key, child;
  };
  /// Of no function is it 0. Functions that are called are told by their index
  /// in the text, which a block has at hand.
  [[gnu::always_inline]] static uint32_t keyOf(size_t function) {
    return uint32_t(function) + 1;
  }

  /// The text begins at \p textBase.
  CallCounts(CallTree &tree, uint64_t textBase);

  /// Where the context is counted, as a distance in bytes. CallContext::none has
  /// a place, too, of which nothing is told.
  static uint32_t placeOf(uint32_t context) {
    return uint32_t((context + 1) * sizeof(Count));
  }
  /// Where calls are counted that got no context of their own: they are the
  /// context's, and so is their time, but that is counted for it already.
  static uint32_t placeWithin(uint32_t context) {
    return placeOf(context) + places * sizeof(Count);
  }
  static uint32_t contextOf(uint32_t place) {
    return uint32_t(place / sizeof(Count) % places) - 1;
  }
  static constexpr uint32_t nowhere = 0;

  [[gnu::always_inline]] Count &at(uint32_t place) const {
    return *reinterpret_cast<Count *>(reinterpret_cast<char *>(counts.get()) +
                                      place);
  }
  /// Adds what was counted to \p contexts, those of the tree. That is whole when
  /// the counts of all threads of the host are there and no program runs.
  void addTo(std::vector<CallContext> &contexts) const;

  /// The place of the function at \p address called in \p parent.
  uint32_t childAt(uint32_t parent, uint64_t address);
  /// The same by index; who calls it then knows it.
  uint32_t findChild(uint32_t parent, size_t function);

private:
  struct Known {
    uint64_t function;
    uint32_t parent, child;
  };
  static constexpr uint32_t places = CallTree::maxContexts + 1;
  /// Chosen: 16 KB, of those who call now one and now another.
  static constexpr size_t numKnown = 1024;

  CallTree &tree;
  uint64_t textBase;
  Zeros<Count> counts;
  Zeros<Known> known;
};

/// Where a thread of a node is. The interpreter moves it: see CallCursor. Times
/// are those of the node.
class CallStack {
public:
  /// Two of 64 bits side by side would be copied as one word of 16 bytes, which
  /// waits until the store of the return address, just before, has ended.
  struct Frame {
    uint64_t returnAddress;
    uint32_t place; ///< In CallCounts, of the function that runs in it.
    uint32_t stackPointer; ///< Its low bits: all that one within memory has.
    uint64_t entered;
  };

  CallStack();
  CallStack(const CallStack &) = delete;
  CallStack &operator=(const CallStack &) = delete;

  /// The thread begins with the function at \p address at \p now.
  void begin(CallCounts &counts, uint64_t address, uint64_t now);
  void end(CallCounts &counts, uint64_t now);

  /// CallContext::none of a thread that does not run.
  uint32_t context() const { return CallCounts::contextOf(top->place); }
  const Frame *frame() const { return top; }

private:
  friend class CallCursor;
  /// No instruction is there.
  static constexpr uint64_t noAddress = 1;

  [[gnu::always_inline]] static Frame *pop(Frame *frame, CallCounts::Count &count,
                                           uint64_t now) {
    count.cycles += now - frame->entered;
    return frame - 1;
  }
  static Frame *pop(Frame *frame, const CallCounts &counts, uint64_t now) {
    return pop(frame, counts.at(frame->place), now);
  }
  /// The frame that goes on at \p stackPointer.
  Frame *popDead(Frame *frame, CallCounts &counts, uint64_t stackPointer,
                 uint64_t now) const;
  /// Drops what is dead and makes the table larger. Returns where the last frame
  /// is now.
  Frame *makeRoom(CallCounts &counts, uint64_t stackPointer, uint64_t now);
  /// What an indirect jump to \p target does that is no return from \p frame.
  Frame *unwind(Frame *frame, CallCounts &counts, uint64_t target,
                uint64_t stackPointer, uint64_t now) const;

  /// The first is what the thread has begun with; nothing returns from it.
  std::unique_ptr<Frame[]> frames;
  Frame *top, *last;
};

/// A stack while a program runs. The interpreter is at every call and at every
/// return from one, so that these two hardly search, and keeps what they need
/// itself.
///
/// The thread's \p x, and what \p clock says, are only looked at when they are
/// needed: the interpreter then does not keep them across what is hardly ever
/// done.
class CallCursor {
public:
  [[gnu::always_inline]] CallCursor(CallStack &stack, CallCounts &counts)
      : stack(&stack), counts(&counts), first(&counts.at(CallCounts::nowhere)),
        frame(stack.top), last(stack.last) {}

  /// The thread calls \p function, an index in the text.
  template <class Clock>
  [[gnu::always_inline]] void call(size_t function, const uint64_t *x,
                                   const Clock &clock) {
    if (frame == last) [[unlikely]] {
      frame = stack->makeRoom(*counts, x[2], clock.nodeTime());
      last = stack->last;
    }
    const CallCounts::Count &caller = at(frame->place);
    uint32_t callee = caller.child;
    if (caller.key != CallCounts::keyOf(function)) [[unlikely]]
      callee = counts->findChild(frame->place, function);
    ++at(callee).calls;
    *++frame = {x[1], callee, uint32_t(x[2]), clock.nodeTime()};
  }
  /// It jumps to \p target, a place in the text, as if it returned.
  template <class Clock>
  [[gnu::always_inline]] void doReturn(uint64_t target, const uint64_t *x,
                                       const Clock &clock) {
    if (frame->returnAddress != target) [[unlikely]]
      frame = stack->unwind(frame, *counts, target, x[2], clock.nodeTime());
    else
      frame = CallStack::pop(frame, at(frame->place), clock.nodeTime());
  }

  /// Tells the stack.
  [[gnu::always_inline]] void end() const { stack->top = frame; }

private:
  [[gnu::always_inline]] CallCounts::Count &at(uint32_t place) const {
    return *reinterpret_cast<CallCounts::Count *>(
        reinterpret_cast<char *>(first) + place);
  }

  CallStack *stack;
  CallCounts *counts;
  CallCounts::Count *first;
  CallStack::Frame *frame, *last;
};

} // namespace tatami
