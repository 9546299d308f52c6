// What blocks of a program cost, remembered: (state of the pipeline, block,
// exit) -> cycles, next state, what became of the cycles.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/timing/PipelineStates.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

namespace tatami {

struct TimedBlock;

/// Cycles and instructions in one word, so that both are counted, and compared
/// with what there is room for, in one go.
struct BlockCost {
  /// A field must stay below.
  static constexpr uint64_t limit = uint64_t(1) << 31;

  uint64_t bits = 0;

  static BlockCost of(uint64_t cycles, uint64_t instructions) {
    return {cycles << 32 | instructions};
  }
  uint64_t cycles() const { return bits >> 32; }
  uint64_t instructions() const { return bits & (limit - 1); }
  BlockCost operator-(BlockCost other) const { return {bits - other.bits}; }
  /// Of a difference: whether both fields were large enough.
  bool isPositive() const { return !(bits & (limit << 32 | limit)); }
};

/// Issued cycles and lost ones by cause, 16 bits each, as the lanes of words:
/// the sum of a whole run of blocks is three additions a block.
struct CycleLanes {
  static constexpr unsigned words = 3, lanesPerWord = 4;
  static_assert(words * lanesPerWord == numPipelineCauses + 1);
  /// No lane may have more.
  static constexpr uint64_t most = UINT16_MAX;

  uint64_t lanes[words] = {};

  CycleLanes() = default;
  /// What \p time has counted.
  explicit CycleLanes(const ThreadTime &time) {
    auto put = [&](unsigned i, uint64_t value) {
      lanes[i / lanesPerWord] |= value << 16 * (i % lanesPerWord);
    };
    put(0, time.issued);
    for (unsigned i = 0; i < numPipelineCauses; ++i)
      put(i + 1, time.lost[i]);
  }

  void operator+=(const CycleLanes &other) {
    for (unsigned i = 0; i < words; ++i)
      lanes[i] += other.lanes[i];
  }
  /// Lane 0 has the issued cycles, the others the causes in their order.
  uint64_t lane(unsigned i) const {
    return lanes[i / lanesPerWord] >> 16 * (i % lanesPerWord) & most;
  }
  /// Adds the lanes to what \p time has counted.
  void addTo(ThreadTime &time) const {
    time.issued += lane(0);
    for (unsigned i = 0; i < numPipelineCauses; ++i)
      time.lost[i] += lane(i + 1);
  }
};

/// One way out of a block.
struct BlockExit {
  /// What is in the pipeline then; null if the block has no such exit.
  const PipelineState *state = nullptr;
  /// A block that has followed; but for indirect jumps the only one.
  mutable std::atomic<const TimedBlock *> next{nullptr};
  BlockCost cost;
  CycleLanes lanes;
};

/// A block entered in a state: the instructions from `index` up to the first
/// that may lead elsewhere or ends the run. Written once; only the links between
/// blocks are added later. To know what each instruction cost, run the block
/// again from its state: it always is the same.
struct alignas(64) TimedBlock {
  const PipelineState *state;
  uint32_t index;
  /// Where who counts by block and exit counts exit 0: twice its place in
  /// TimedBlocks.
  uint32_t counter = 0;
  /// Cycles until the thread's time is the last possible behind any of the
  /// instructions, and their number.
  BlockCost most;
  /// Exit 1 is that of a taken branch or a jump.
  BlockExit exits[2];
  TimedBlock *sibling = nullptr;
};
static_assert(sizeof(TimedBlock) == 128);

/// The blocks of one program, shared like PipelineStates.
class TimedBlocks {
public:
  /// Chosen: 32 MB of blocks.
  static constexpr size_t limit = 1 << 18;
  /// Chosen: blocks that take longer are not remembered.
  static constexpr uint64_t mostCycles = CycleLanes::most / 2;
  static constexpr uint32_t mostInstructions = 1 << 12;

  /// \p code must outlive the blocks; it has an entry that ends a block behind
  /// the last instruction. \p states may be null: then blocks cost nothing, and
  /// null is the only state.
  TimedBlocks(PipelineStates *states, std::span<const StaticTiming> code)
      : states(states), code(code) {}

  /// The block at \p index in \p state. Null if there are too many, or it is
  /// too long.
  const TimedBlock *enter(const PipelineState *state, size_t index);
  /// The block behind \p way, which is at \p index; the way then knows it.
  const TimedBlock *follow(const BlockExit &way, size_t index);

  /// An indirect jump, which takes exit 1, keeps a second block in the exit that
  /// it has no other use for. The one of both that is at \p index, or null.
  /// For all builds of the interpreter, so never out of line.
  [[gnu::always_inline]] static const TimedBlock *target(const BlockExit &way,
                                                         size_t index) {
    const TimedBlock *next = way.next.load(std::memory_order_acquire);
    if (!next || next->index == index)
      return next;
    next = (&way - 1)->next.load(std::memory_order_acquire);
    return next && next->index == index ? next : nullptr;
  }
  const TimedBlock *followTarget(const BlockExit &way, size_t index);

  /// How many instructions the block at \p index has, mostInstructions at most.
  uint32_t lengthAt(size_t index) const;

  size_t size() const { return count.load(std::memory_order_relaxed); }
  /// A block by its number; not while blocks are being added.
  const TimedBlock &at(size_t number) const { return blocks[number]; }

private:
  using Bucket = std::atomic<TimedBlock *>;

  size_t bucketOf(const PipelineState *state, size_t index) const {
    return (index ^ (state ? state->hash : 0)) & mask;
  }
  const TimedBlock *find(const Bucket *buckets, const PipelineState *state,
                         size_t index) const;
  bool measure(TimedBlock &block) const;
  const TimedBlock *follow(const BlockExit &way, const BlockExit &keeper,
                           size_t index);

  PipelineStates *states;
  std::span<const StaticTiming> code;
  size_t mask = 0;
  /// Made when the first block is.
  std::atomic<const Bucket *> published{nullptr};
  std::atomic<size_t> count{0};
  std::mutex mutex; ///< Guards what follows, and adding.
  std::unique_ptr<Bucket[]> buckets;
  std::deque<TimedBlock> blocks;
};

} // namespace tatami
