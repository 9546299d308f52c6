// Interned states of pipelines: the same state is the same object, so that what
// was worked out for it once is found again by its address.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/isa/Timing.h"
#include "tatami/timing/PipelineState.h"
#include "tatami/timing/Scoreboard.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

namespace tatami {

/// Lives as long as the pool and never changes.
struct PipelineState {
  PipelineItems pipeline;
  uint64_t hash;
  /// After so many cycles the pipeline is idle.
  uint64_t horizon;
  /// The clock's cursor is that much ahead of its front: 0 or 1.
  uint64_t ahead;
  const PipelineState *sibling;
};

/// The pool of one machine, used by all of its nodes and host threads. Looking
/// up takes no lock. Which thread adds a state first changes addresses and never
/// a cycle, so addresses must not be written out or ordered by.
class PipelineStates {
public:
  /// Chosen: programs in use have some hundreds. A state is some 100 bytes.
  static constexpr size_t defaultLimit = 1 << 16;

  /// \p limit: so many states at most.
  explicit PipelineStates(const isa::TimingModel &model,
                          size_t limit = defaultLimit);

  const isa::TimingModel &model() const { return timing; }
  const PipelineState *idle() const { return &idleState; }

  /// The state that is \p pipeline. Null if it cannot be kept: there are too
  /// many, or it waits because of another thread.
  const PipelineState *intern(const PipelineItems &pipeline);

  size_t size() const { return count.load(std::memory_order_relaxed); }

  /// A scoreboard to work with for a while; it has any content. Whoever needs
  /// one gets one: as many exist as host threads ever used at a time.
  class Workbench {
  public:
    explicit Workbench(PipelineStates &states);
    ~Workbench();
    Workbench(const Workbench &) = delete;
    Workbench &operator=(const Workbench &) = delete;
    Scoreboard &operator*() const { return *board; }
    Scoreboard *operator->() const { return board.get(); }

  private:
    PipelineStates &states;
    std::unique_ptr<Scoreboard> board;
  };

private:
  const PipelineState *find(const PipelineItems &pipeline, uint64_t hash) const;

  static constexpr size_t buckets = 1 << 12;

  const isa::TimingModel &timing;
  const size_t limit;
  PipelineState idleState = {};
  std::array<std::atomic<const PipelineState *>, buckets> heads = {};
  std::atomic<size_t> count{1};
  std::mutex mutex; ///< Guards what follows, and adding.
  std::deque<PipelineState> states;
  std::vector<std::unique_ptr<Scoreboard>> benches;
};

} // namespace tatami
