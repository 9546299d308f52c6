// What is under way in the pipeline of a thread, relative to the thread's time:
// all that later cycles depend on, and nothing else.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/timing/Cause.h"
#include "tatami/timing/StaticTiming.h"
#include "tatami/timing/UnitCalendar.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <vector>

namespace tatami {

/// One thing under way. It matters for `cycles` more cycles, so that time
/// passing is the same for all kinds: count down, and drop what reaches zero.
struct PipelineItem {
  enum Kind : uint8_t {
    /// Below: the register of that number is there in `cycles`; detail is the
    /// cause of those that wait for it.
    VectorIssue = numTimedRegisters, ///< the last vector instruction issues
    QueueEntry, ///< an entry of the vector queue issues, the oldest first
    Cursor,     ///< the present cycle is already accounted
    /// From here on: of unit `kind - FirstUnit`, detail are taken `cycles - 1`
    /// from now.
    FirstUnit,
  };

  uint16_t cycles;
  uint8_t kind;
  uint8_t detail;

  bool operator==(const PipelineItem &) const = default;
  bool hasCause() const { return kind < Cursor; }
};

/// A pipeline: its items in the order of Scoreboard::save(). An idle one is
/// empty.
using PipelineItems = std::vector<PipelineItem>;

/// The causes for which executing costs cycles: those that a pipeline of one
/// thread knows. They come first.
inline constexpr size_t numPipelineCauses = size_t(Cause::MeshCredit) + 1;
static_assert(size_t(Cause::OperandScalar) == 0 && numPipelineCauses == 11 &&
              Cause::MeshCredit < Cause::RemoteLoad);

/// Lets \p cycles pass.
inline void pass(PipelineItems &pipeline, uint64_t cycles) {
  std::erase_if(pipeline,
                [&](const PipelineItem &item) { return item.cycles <= cycles; });
  for (PipelineItem &item : pipeline)
    item.cycles = uint16_t(item.cycles - cycles);
}

/// The clock of a thread: where it is, and what became of its cycles.
struct ThreadTime {
  /// The cycle in which the next instruction can leave decode at the earliest.
  uint64_t front = 0;
  /// First cycle that is neither issued nor lost yet: front or one more.
  uint64_t cursor = 0;
  uint64_t issued = 0;
  LostCycles lost = {};

  /// Moves \p time to \p to; cycles of the front end that pass are lost.
  void raise(uint64_t &time, uint64_t to, Cause cause) {
    if (to <= time)
      return;
    uint64_t from = std::max(time, cursor);
    if (to > from) {
      lost[size_t(cause)] += to - from;
      cursor = to;
    }
    time = to;
  }
};

} // namespace tatami
