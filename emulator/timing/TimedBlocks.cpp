// Measures blocks with the scoreboard itself, so that what is remembered cannot
// differ from it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/timing/TimedBlocks.h"

#include <bit>

using namespace tatami;

uint32_t TimedBlocks::lengthAt(size_t index) const {
  uint32_t length = 0;
  while (length < mostInstructions) {
    StaticTiming::BlockEnd end = code[index + length].end;
    // What cannot execute belongs to no block.
    if (end == StaticTiming::BlockEnd::Before)
      break;
    ++length;
    if (end == StaticTiming::BlockEnd::After)
      break;
  }
  return length;
}

bool TimedBlocks::measure(TimedBlock &block) const {
  const uint32_t length = lengthAt(block.index);
  if (length == mostInstructions)
    return false;
  block.most = BlockCost::of(0, length);
  for (BlockExit &exit : block.exits)
    exit.cost = block.most;
  if (!states)
    return true;
  // Without instructions there is a trap, and no exit.
  const StaticTiming *last = length ? &code[block.index + length - 1] : nullptr;
  bool ends = last && last->end == StaticTiming::BlockEnd::After;
  bool mayFall = !ends || last->flow == StaticTiming::Flow::None ||
                 last->flow == StaticTiming::Flow::Branch;
  bool mayJump = ends && last->flow != StaticTiming::Flow::None;
  PipelineStates::Workbench board(*states);
  PipelineItems pipeline;
  uint64_t most = 0;
  for (unsigned taken = 0; taken < 2; ++taken) {
    if (!(taken ? mayJump : mayFall))
      continue;
    uint64_t begin = board->restart(0, block.state->pipeline);
    for (uint32_t i = 0; i < length; ++i)
      board->step(0, code[block.index + i], taken && i + 1 == length);
    BlockExit &exit = block.exits[taken];
    uint64_t cycles = board->now(0) - begin;
    most = std::max(most, cycles);
    if (most > mostCycles)
      return false;
    if (!ends)
      continue;
    exit.cost = BlockCost::of(cycles, length);
    exit.lanes = CycleLanes(board->times[0]);
    board->save(0, pipeline);
    exit.state = states->intern(pipeline);
    if (!exit.state)
      return false;
  }
  block.most = BlockCost::of(most, length);
  return true;
}

const TimedBlock *TimedBlocks::find(const Bucket *buckets,
                                    const PipelineState *state,
                                    size_t index) const {
  const TimedBlock *block =
      buckets[bucketOf(state, index)].load(std::memory_order_acquire);
  while (block && (block->index != index || block->state != state))
    block = block->sibling;
  return block;
}

const TimedBlock *TimedBlocks::enter(const PipelineState *state, size_t index) {
  if (const Bucket *known = published.load(std::memory_order_acquire))
    if (const TimedBlock *block = find(known, state, index))
      return block;
  std::lock_guard lock(mutex);
  if (!buckets) {
    size_t number = std::bit_ceil(std::clamp<size_t>(code.size(), 64, 1 << 16));
    buckets = std::make_unique<Bucket[]>(number);
    mask = number - 1;
    published.store(buckets.get(), std::memory_order_release);
  }
  if (const TimedBlock *block = find(buckets.get(), state, index))
    return block;
  if (size() >= limit)
    return nullptr;
  TimedBlock &block = blocks.emplace_back();
  block.state = state;
  block.index = uint32_t(index);
  block.counter = 2 * uint32_t(size());
  if (!measure(block)) {
    blocks.pop_back();
    return nullptr;
  }
  Bucket &bucket = buckets[bucketOf(state, index)];
  block.sibling = bucket.load(std::memory_order_relaxed);
  bucket.store(&block, std::memory_order_release);
  count.store(size() + 1, std::memory_order_relaxed);
  return &block;
}

const TimedBlock *TimedBlocks::follow(const BlockExit &way, size_t index) {
  return follow(way, way, index);
}

const TimedBlock *TimedBlocks::followTarget(const BlockExit &way,
                                            size_t index) {
  bool isFirst = !way.next.load(std::memory_order_relaxed);
  return follow(way, isFirst ? way : *(&way - 1), index);
}

const TimedBlock *TimedBlocks::follow(const BlockExit &way,
                                      const BlockExit &keeper, size_t index) {
  const TimedBlock *next = enter(way.state, index);
  if (next)
    keeper.next.store(next, std::memory_order_release);
  return next;
}
