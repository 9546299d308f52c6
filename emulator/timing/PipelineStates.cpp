// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/timing/PipelineStates.h"

using namespace tatami;

static uint64_t hashOf(const PipelineItems &pipeline) {
  uint64_t hash = pipeline.size();
  for (const PipelineItem &item : pipeline) {
    hash ^= uint64_t(item.cycles) << 16 | item.kind << 8 | item.detail;
    hash *= 0x9e3779b97f4a7c15u;
    hash ^= hash >> 29;
  }
  return hash;
}

PipelineStates::PipelineStates(const isa::TimingModel &model, size_t limit)
    : timing(model), limit(limit) {}

const PipelineState *PipelineStates::find(const PipelineItems &pipeline,
                                          uint64_t hash) const {
  const PipelineState *state =
      heads[hash % buckets].load(std::memory_order_acquire);
  while (state && (state->hash != hash || state->pipeline != pipeline))
    state = state->sibling;
  return state;
}

const PipelineState *PipelineStates::intern(const PipelineItems &pipeline) {
  if (pipeline.empty())
    return idle();
  uint64_t hash = hashOf(pipeline);
  if (const PipelineState *state = find(pipeline, hash))
    return state;
  uint64_t horizon = 0, ahead = 0;
  for (const PipelineItem &item : pipeline) {
    if (item.hasCause() && item.detail >= numPipelineCauses)
      return nullptr;
    horizon = std::max<uint64_t>(horizon, item.cycles);
    if (item.kind == PipelineItem::Cursor)
      ahead = item.cycles;
  }
  std::lock_guard lock(mutex);
  if (const PipelineState *state = find(pipeline, hash))
    return state;
  if (size() >= limit)
    return nullptr;
  auto &head = heads[hash % buckets];
  states.push_back({pipeline, hash, horizon, ahead,
                    head.load(std::memory_order_relaxed)});
  head.store(&states.back(), std::memory_order_release);
  count.store(size() + 1, std::memory_order_relaxed);
  return &states.back();
}

PipelineStates::Workbench::Workbench(PipelineStates &states) : states(states) {
  {
    std::lock_guard lock(states.mutex);
    if (!states.benches.empty()) {
      board = std::move(states.benches.back());
      states.benches.pop_back();
    }
  }
  if (!board)
    board = std::make_unique<Scoreboard>(states.timing);
}

PipelineStates::Workbench::~Workbench() {
  std::lock_guard lock(states.mutex);
  states.benches.push_back(std::move(board));
}
