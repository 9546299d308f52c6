// Who has called whom: the tree of calls, and where in it each thread is.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/timing/StaticTiming.h"
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
struct CallCounts {
  struct Count {
    uint64_t calls = 0, cycles = 0;
    /// What it has called last, most likely what it calls next.
    uint64_t function = ~uint64_t(0);
    uint32_t child = CallContext::none;
  };
  std::vector<Count> counts;

  Count &of(uint32_t context) {
    if (context >= counts.size())
      counts.resize(context + 1);
    return counts[context];
  }
};

/// Where a thread of a node is.
class CallStack {
public:
  /// The thread begins with \p function at \p now.
  void begin(CallTree &tree, CallCounts &counts, uint64_t function,
             uint64_t now);
  void call(CallTree &tree, CallCounts &counts, uint64_t function,
            uint64_t returnAddress, uint64_t stackPointer, uint64_t now);
  void doReturn(CallCounts &counts, uint64_t target, uint64_t now);
  void end(CallCounts &counts, uint64_t now) {
    account(counts, now);
    present = CallContext::none;
  }
  /// Time has passed up to \p now.
  void account(CallCounts &counts, uint64_t now) {
    if (present != CallContext::none)
      counts.of(present).cycles += now - since;
    since = now;
  }

private:
  /// The present context calls \p function.
  void enter(CallTree &tree, CallCounts &counts, uint64_t function) {
    if (present != CallContext::none) {
      CallCounts::Count &caller = counts.of(present);
      if (caller.function != function) {
        caller.child = tree.child(present, function);
        caller.function = function;
      }
      present = caller.child;
    } else {
      present = tree.child(present, function);
    }
    if (present != CallContext::none)
      ++counts.of(present).calls;
  }

  struct Frame {
    uint32_t caller;
    uint64_t returnAddress, stackPointer;
  };
  std::vector<Frame> frames;
  uint32_t present = CallContext::none;
  uint64_t since = 0;
};

} // namespace tatami
