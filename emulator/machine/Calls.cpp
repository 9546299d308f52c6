// The tree of calls.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Calls.h"

using namespace tatami;

CallTree::CallTree() : table(std::make_unique<Slot[]>(slots)) {
  nodes.reserve(maxContexts);
}

/// \p slot becomes where the search has ended.
uint32_t CallTree::find(size_t &slot, uint32_t parent,
                        uint64_t function) const {
  for (slot = hash(parent, function);; slot = (slot + 1) % slots) {
    uint32_t context = table[slot].context.load(std::memory_order_acquire);
    if (context == CallContext::none)
      return context;
    const CallContext &node = nodes.data()[context];
    if (node.parent == parent && node.function == function)
      return context;
  }
}

uint32_t CallTree::child(uint32_t parent, uint64_t function) {
  size_t slot;
  if (uint32_t known = find(slot, parent, function); known != CallContext::none)
    return known;
  std::lock_guard lock(mutex);
  if (uint32_t known = find(slot, parent, function); known != CallContext::none)
    return known;
  uint32_t depth =
      parent == CallContext::none ? 0 : nodes[parent].depth + 1;
  if (depth > CallContext::maxDepth || nodes.size() == maxContexts)
    return parent;
  CallContext node;
  node.parent = parent;
  node.depth = depth;
  node.function = function;
  nodes.push_back(node);
  table[slot].context.store(uint32_t(nodes.size() - 1),
                            std::memory_order_release);
  return uint32_t(nodes.size() - 1);
}

void CallStack::begin(CallTree &tree, CallCounts &counts, uint64_t function,
                      uint64_t now) {
  account(counts, now);
  frames.clear();
  present = CallContext::none;
  since = now;
  enter(tree, counts, function);
}

void CallStack::call(CallTree &tree, CallCounts &counts, uint64_t function,
                     uint64_t returnAddress, uint64_t stackPointer,
                     uint64_t now) {
  account(counts, now);
  // Who lives has its frame above the present stack pointer. What a longjmp or
  // an exception has left behind has not.
  while (!frames.empty() && frames.back().stackPointer <= stackPointer) {
    present = frames.back().caller;
    frames.pop_back();
  }
  frames.push_back({present, returnAddress, stackPointer});
  enter(tree, counts, function);
}

void CallStack::doReturn(CallCounts &counts, uint64_t target, uint64_t now) {
  account(counts, now);
  for (size_t i = frames.size(); i-- > 0;)
    if (frames[i].returnAddress == target) {
      present = frames[i].caller;
      frames.resize(i);
      return;
    }
}
