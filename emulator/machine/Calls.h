// Who has called whom: the tree of calls, and where in it each thread is.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "Zeros.h"
#include "tatami/trace/CodeCounts.h"

#include <atomic>
#include <cstdint>
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
  struct Slot {
    std::atomic<uint32_t> context{CallContext::none};
  };
  static constexpr size_t slots = 4 * maxContexts;

  static size_t hash(uint32_t parent, uint64_t function) {
    uint64_t key = (function << 24) ^ parent;
    return size_t(key * 0x9e3779b97f4a7c15u >> 32) % slots;
  }
  uint32_t find(size_t &slot, uint32_t parent, uint64_t function) const;

  std::mutex mutex;
  std::unique_ptr<Slot[]> table;
  std::vector<CallContext> nodes; ///< Never moves: reserved.
};

/// What a thread of the host has counted of contexts; others have theirs.
class CallCounts {
public:
  struct Count {
    uint64_t calls, cycles;
    /// The key and the place of whom it has called last, who most likely is
    /// whom it calls next.
    uint64_t key;
    uint32_t child;
  };
  /// Of no function that can be called is it 0.
  [[gnu::always_inline]] static uint64_t keyOf(uint64_t function) {
    return function + 4;
  }

  CallCounts();

  /// Where the context is counted, as a distance in bytes. CallContext::none has
  /// a place, too, of which nothing is told.
  static uint32_t placeOf(uint32_t context) {
    return uint32_t((context + 1) * sizeof(Count));
  }
  static uint32_t contextOf(uint32_t place) {
    return uint32_t(place / sizeof(Count)) - 1;
  }
  static constexpr uint32_t nowhere = 0;

  [[gnu::always_inline]] Count &at(uint32_t place) const {
    return *reinterpret_cast<Count *>(reinterpret_cast<char *>(counts.get()) +
                                      place);
  }
  /// The place of \p function called in \p parent.
  uint32_t findChild(CallTree &tree, uint32_t parent, uint64_t function);

private:
  struct Known {
    uint64_t function;
    uint32_t parent, child;
  };
  /// Chosen: 16 KB, of those who call now one and now another.
  static constexpr size_t numKnown = 1024;

  Zeros<Count> counts;
  Zeros<Known> known;
};

/// Where a thread of a node is.
///
/// The interpreter is at every call of the program and at every return from one,
/// so that these two hardly search; it keeps the last frame itself meanwhile.
class CallStack {
public:
  /// Two registers side by side would be copied as one word of 16 bytes, which
  /// waits until the store to the first one, just before, has ended.
  struct Frame {
    uint64_t returnAddress;
    uint32_t place; ///< In CallCounts, of the function that runs in it.
    uint64_t stackPointer;
  };

  CallStack();
  CallStack(const CallStack &) = delete;
  CallStack &operator=(const CallStack &) = delete;

  /// The thread begins with \p function at \p now.
  void begin(CallTree &tree, CallCounts &counts, uint64_t function,
             uint64_t now);
  void end(CallCounts &counts, uint64_t now);

  /// CallContext::none of a thread that does not run.
  uint32_t context() const { return CallCounts::contextOf(top->place); }
  /// Time has passed up to \p now.
  [[gnu::always_inline]] void account(CallCounts &counts, uint64_t now) {
    counts.at(top->place).cycles += now - since;
    since = now;
  }
  [[gnu::always_inline]] Frame *frame() const { return top; }
  [[gnu::always_inline]] void setFrame(Frame *frame, uint64_t now) {
    top = frame;
    since = now;
  }

  /// The frame of \p function called in \p frame.
  [[gnu::always_inline]] Frame *
  call(Frame *frame, CallTree &tree, CallCounts &counts, uint64_t function,
       uint64_t returnAddress, uint64_t stackPointer) {
    // Who lives has its frame above the present stack pointer. What a longjmp or
    // an exception has left behind has not.
    while (frame->stackPointer <= stackPointer) [[unlikely]] {
      if (frame == frames.get())
        break;
      --frame;
    }
    const CallCounts::Count &caller = counts.at(frame->place);
    const uint32_t callee =
        caller.key == CallCounts::keyOf(function)
            ? caller.child
            : counts.findChild(tree, frame->place, function);
    ++counts.at(callee).calls;
    if (frame == last) [[unlikely]]
      frame = grow();
    *++frame = {returnAddress, callee, stackPointer};
    return frame;
  }
  /// The frame that goes on when \p frame returns to \p target, a place in the
  /// text.
  [[gnu::always_inline]] Frame *doReturn(Frame *frame, uint64_t target) {
    return frame->returnAddress == target ? frame - 1 : unwind(frame, target);
  }

private:
  /// No instruction is there.
  static constexpr uint64_t noAddress = 1;

  /// Makes room. Returns where the last frame is now.
  Frame *grow();
  Frame *unwind(Frame *frame, uint64_t target) const;

  /// The first is what the thread has begun with; nothing returns from it.
  std::unique_ptr<Frame[]> frames;
  Frame *top, *last;
  uint64_t since = 0;
};

} // namespace tatami
