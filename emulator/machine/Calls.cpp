// The tree of calls.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Calls.h"

#include <algorithm>

using namespace tatami;

CallTree::CallTree() {
  nodes.reserve(maxContexts);
  makeTable(1 << 10);
}

CallTree::Slot &CallTree::find(const Table &in, uint32_t parent,
                               uint64_t function) const {
  const uint64_t key = (function << 24) ^ parent;
  for (size_t at = size_t(key * 0x9e3779b97f4a7c15u >> 32);; ++at) {
    Slot &slot = in.slots[at & (in.size - 1)];
    const uint32_t number = slot.number.load(std::memory_order_acquire);
    if (number == 0)
      return slot;
    const CallContext &node = nodes.data()[number - 1];
    if (node.parent == parent && node.function == function)
      return slot;
  }
}

/// Small at first: short runs would pay for every page that is touched.
void CallTree::makeTable(size_t size) {
  const Table &made = tables.emplace_back(Table{size, makeZeros<Slot>(size)});
  for (uint32_t i = 0; i < nodes.size(); ++i)
    find(made, nodes[i].parent, nodes[i].function).number = i + 1;
  table.store(&made, std::memory_order_release);
}

uint32_t CallTree::child(uint32_t parent, uint64_t function) {
  auto known = [&] {
    return find(*table.load(std::memory_order_acquire), parent, function)
        .number.load(std::memory_order_acquire);
  };
  if (uint32_t number = known())
    return number - 1;
  std::lock_guard lock(mutex);
  if (uint32_t number = known())
    return number - 1;
  uint32_t depth =
      parent == CallContext::none ? 0 : nodes[parent].depth + 1;
  if (depth > CallContext::maxDepth || nodes.size() == maxContexts)
    return parent;
  CallContext node;
  node.parent = parent;
  node.depth = depth;
  node.function = function;
  nodes.push_back(node);
  find(tables.back(), parent, function)
      .number.store(uint32_t(nodes.size()), std::memory_order_release);
  if (4 * nodes.size() > tables.back().size)
    makeTable(4 * tables.back().size);
  return uint32_t(nodes.size() - 1);
}

CallCounts::CallCounts(CallTree &tree, uint64_t textBase)
    : tree(tree), textBase(textBase), counts(makeZeros<Count>(2 * places)),
      known(makeZeros<Known>(numKnown)) {}

uint32_t CallCounts::childAt(uint32_t parent, uint64_t address) {
  Known &entry = known[(address / 4 ^ uint64_t(parent) * 0x9e3779b1u >> 5) %
                       numKnown];
  // Nowhere is nobody's child: zeros are no entry.
  if (entry.child == nowhere || entry.parent != parent ||
      entry.function != address) {
    const uint32_t context = tree.child(contextOf(parent), address);
    entry = {address, parent,
             context == contextOf(parent) ? placeWithin(context)
                                          : placeOf(context)};
  }
  return entry.child;
}

uint32_t CallCounts::findChild(uint32_t parent, size_t function) {
  Count &caller = at(parent);
  caller.key = keyOf(function);
  return caller.child = childAt(parent, textBase + 4 * function);
}

void CallCounts::addTo(std::vector<CallContext> &contexts) const {
  for (uint32_t i = 0; i < contexts.size(); ++i) {
    const Count &count = at(placeOf(i));
    contexts[i].calls += count.calls + at(placeWithin(i)).calls;
    contexts[i].cycles += count.cycles;
    // Its caller has counted them, too.
    if (contexts[i].parent != CallContext::none)
      contexts[contexts[i].parent].cycles -= count.cycles;
  }
}

/// Chosen: most call no deeper.
static constexpr size_t fewestFrames = 16;

CallStack::CallStack() : frames(std::make_unique<Frame[]>(fewestFrames)) {
  top = frames.get();
  last = top + fewestFrames - 1;
  *top = {noAddress, CallCounts::nowhere, ~uint32_t(0), 0};
}

void CallStack::begin(CallCounts &counts, uint64_t address, uint64_t now) {
  end(counts, now);
  top->place = counts.childAt(CallCounts::nowhere, address);
  top->entered = now;
  ++counts.at(top->place).calls;
}

void CallStack::end(CallCounts &counts, uint64_t now) {
  while (top != frames.get())
    top = pop(top, counts, now);
  pop(top, counts, now);
  top->place = CallCounts::nowhere;
  top->entered = now;
}

CallStack::Frame *CallStack::popDead(Frame *frame, CallCounts &counts,
                                     uint64_t stackPointer,
                                     uint64_t now) const {
  // Who lives was called with a stack pointer above the present one. What a
  // longjmp has left behind was not.
  while (frame != frames.get() && frame->stackPointer <= uint32_t(stackPointer))
    frame = pop(frame, counts, now);
  return frame;
}

CallStack::Frame *CallStack::unwind(Frame *frame, CallCounts &counts,
                                    uint64_t target, uint64_t stackPointer,
                                    uint64_t now) const {
  for (Frame *at = frame; at != frames.get(); --at)
    if (at->returnAddress == target) {
      while (frame >= at)
        frame = pop(frame, counts, now);
      return frame;
    }
  return popDead(frame, counts, stackPointer, now);
}

CallStack::Frame *CallStack::makeRoom(CallCounts &counts,
                                      uint64_t stackPointer, uint64_t now) {
  const size_t live = size_t(popDead(last, counts, stackPointer, now) -
                             frames.get()) + 1,
               size = size_t(last + 1 - frames.get());
  if (2 * live > size) {
    auto larger = std::make_unique<Frame[]>(2 * size);
    std::copy_n(frames.get(), live, larger.get());
    frames = std::move(larger);
    last = frames.get() + 2 * size - 1;
  }
  return frames.get() + live - 1;
}
