// Which function a thread has run between two of its waits.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "Calls.h"

namespace tatami {

/// Looks at where the thread is when the node is sampled, and at both ends:
/// nothing is done at calls.
class Stretch {
public:
  void begin(uint32_t context) {
    *this = Stretch();
    first = context;
  }

  /// The thread is in \p context, once in an interval.
  void sample(uint32_t context) {
    ++samples;
    // Votes for others cancel: who has three quarters of all leads by half of
    // them, and who leads by half of them has at least that.
    if (context == leader)
      ++lead;
    else if (lead > 0)
      --lead;
    else
      leader = context, lead = 1;
  }

  /// It ends in \p context. Returns the entry of the function that most samples
  /// were in, or else of the innermost that is around both ends; 0 if there is
  /// none.
  uint64_t end(const CallTree &tree, uint32_t context) const {
    if (context == CallContext::none)
      return 0;
    if (samples >= enough && 2 * lead >= samples)
      context = leader;
    else
      context = common(tree, first, context);
    return context == CallContext::none ? 0 : tree[context].function;
  }

private:
  /// Chosen: fewer say little.
  static constexpr uint64_t enough = 3;

  /// What a thread begins with is around everything, which says nothing: then
  /// it is where the stretch began, or if that is there too, where it ended.
  static uint32_t common(const CallTree &tree, uint32_t a, uint32_t b) {
    const uint32_t from = a, to = b;
    // Callers have smaller numbers than what they call.
    while (a != b && a != CallContext::none && b != CallContext::none) {
      uint32_t &inner = a > b ? a : b;
      inner = tree[inner].parent;
    }
    if (a == b && tree[a].depth > 0)
      return a;
    return from == CallContext::none || tree[from].depth == 0 ? to : from;
  }

  uint32_t first = CallContext::none;
  uint64_t samples = 0, lead = 0;
  uint32_t leader = CallContext::none;
};

} // namespace tatami
