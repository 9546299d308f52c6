// A timing model in which parts of the pipeline are better than they are: what
// a run would take without them in its way (docs/what-if.md).
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/isa/Timing.h"
#include "tatami/timing/Cause.h"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace tatami {

/// What differs from the modelled pipeline; as it is made, nothing.
struct PipelineIdeals {
  /// Cycles from issue to use of every result for which others wait because of
  /// Cause::OperandScalar, OperandLoad, OperandSimd, OperandMatrix. Units stay
  /// taken as long as they were.
  std::array<std::optional<uint8_t>, 4> latency;
  /// No branch costs a cycle. One that is taken still ends its group of
  /// instructions, so that every loop takes time.
  bool perfectBranches = false;
  /// Slots and threads of decode, and all units but the port to the mesh,
  /// without limit: what remains is the order of instructions, latencies and
  /// the vector queue.
  bool unlimitedIssue = false;
  /// So many times the address units and store ports, and the matrix units.
  unsigned memoryPorts = 1, matrixUnits = 1;
  /// Entries of a thread's vector queue, if not 0.
  unsigned vectorQueue = 0;

  bool operator==(const PipelineIdeals &) const = default;
};

/// A copy of a model with these changes.
class IdealModel {
public:
  IdealModel(const isa::TimingModel &base, const PipelineIdeals &ideals);
  IdealModel(const IdealModel &) = delete;
  IdealModel &operator=(const IdealModel &) = delete;

  const isa::TimingModel &model() const { return changed; }

private:
  std::vector<isa::UnitInfo> units;
  std::vector<isa::ClassTiming> classes;
  isa::TimingModel changed;
};

} // namespace tatami
