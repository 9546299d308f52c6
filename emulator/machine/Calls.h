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
  /// In a function and in what it calls: a call is then looked at when it
  /// returns, and its caller is not. What is its own is found at the end.
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

  explicit CallCounts(CallTree &tree);

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

  /// The place of \p function called in \p parent.
  [[gnu::always_inline]] uint32_t childOf(uint32_t parent, uint64_t function) {
    const Count &caller = at(parent);
    return caller.key == keyOf(function) ? caller.child
                                         : findChild(parent, function);
  }

private:
  uint32_t findChild(uint32_t parent, uint64_t function);

  struct Known {
    uint64_t function;
    uint32_t parent, child;
  };
  static constexpr uint32_t places = CallTree::maxContexts + 1;
  /// Chosen: 16 KB, of those who call now one and now another.
  static constexpr size_t numKnown = 1024;

  CallTree &tree;
  Zeros<Count> counts;
  Zeros<Known> known;
};

/// Where a thread of a node is.
///
/// The interpreter is at every call of the program and at every return from one,
/// so that these two hardly search; it keeps the last frame itself meanwhile.
/// Times are those of the node.
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

  /// The thread begins with \p function at \p now.
  void begin(CallCounts &counts, uint64_t function, uint64_t now);
  void end(CallCounts &counts, uint64_t now);

  /// CallContext::none of a thread that does not run.
  uint32_t context() const { return CallCounts::contextOf(top->place); }
  [[gnu::always_inline]] Frame *frame() const { return top; }
  [[gnu::always_inline]] void setFrame(Frame *frame) { top = frame; }

  /// The frame of \p function called in \p frame. The thread's \p x, and what
  /// \p clock says, are only looked at when they are needed: the interpreter
  /// then does not keep them across what is hardly ever done.
  template <class Clock>
  [[gnu::always_inline]] Frame *call(Frame *frame, CallCounts &counts,
                                     uint64_t function, const uint64_t *x,
                                     const Clock &clock) {
    if (frame == last) [[unlikely]]
      frame = makeRoom(counts, x[2], clock.nodeTime());
    const uint32_t callee = counts.childOf(frame->place, function);
    ++counts.at(callee).calls;
    *++frame = {x[1], callee, uint32_t(x[2]), clock.nodeTime()};
    return frame;
  }
  /// The frame that goes on when \p frame returns to \p target, a place in the
  /// text.
  template <class Clock>
  [[gnu::always_inline]] Frame *doReturn(Frame *frame, CallCounts &counts,
                                         uint64_t target, const uint64_t *x,
                                         const Clock &clock) {
    if (frame->returnAddress != target) [[unlikely]]
      return unwind(frame, counts, target, x[2], clock.nodeTime());
    return pop(frame, counts, clock.nodeTime());
  }

private:
  /// No instruction is there.
  static constexpr uint64_t noAddress = 1;

  [[gnu::always_inline]] static Frame *pop(Frame *frame, CallCounts &counts,
                                           uint64_t now) {
    counts.at(frame->place).cycles += now - frame->entered;
    return frame - 1;
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

} // namespace tatami
