// The tree of calls.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Calls.h"

#include <algorithm>

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

CallCounts::CallCounts()
    : counts(makeZeros<Count>(CallTree::maxContexts + 1)),
      known(makeZeros<Known>(numKnown)) {}

uint32_t CallCounts::findChild(CallTree &tree, uint32_t parent,
                               uint64_t function) {
  Known &entry = known[(function / 4 ^ uint64_t(parent) * 0x9e3779b1u >> 5) %
                       numKnown];
  // Nowhere is nobody's child: zeros are no entry.
  if (entry.child == nowhere || entry.parent != parent ||
      entry.function != function)
    entry = {function, parent, placeOf(tree.child(contextOf(parent), function))};
  Count &caller = at(parent);
  caller.key = keyOf(function);
  caller.child = entry.child;
  return entry.child;
}

/// Chosen: most call no deeper.
static constexpr size_t fewestFrames = 16;

CallStack::CallStack() : frames(std::make_unique<Frame[]>(fewestFrames)) {
  top = frames.get();
  last = top + fewestFrames - 1;
  *top = {noAddress, CallCounts::nowhere, ~uint64_t(0)};
}

void CallStack::begin(CallTree &tree, CallCounts &counts, uint64_t function,
                      uint64_t now) {
  end(counts, now);
  top->place = counts.findChild(tree, CallCounts::nowhere, function);
  ++counts.at(top->place).calls;
}

void CallStack::end(CallCounts &counts, uint64_t now) {
  account(counts, now);
  top = frames.get();
  top->place = CallCounts::nowhere;
}

CallStack::Frame *CallStack::unwind(Frame *frame, uint64_t target) const {
  for (Frame *at = frame; at != frames.get(); --at)
    if (at->returnAddress == target)
      return at - 1;
  return frame;
}

CallStack::Frame *CallStack::grow() {
  const size_t size = size_t(last + 1 - frames.get());
  auto larger = std::make_unique<Frame[]>(2 * size);
  std::copy_n(frames.get(), size, larger.get());
  frames = std::move(larger);
  last = frames.get() + 2 * size - 1;
  return frames.get() + size - 1;
}
