// The timing models: units, latencies, facts of the pipeline. The tables are
// generated from isa/timing/*.td.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace tatami::isa {

/// As the number of units or of slots of decode: there is always another one.
/// No published model has it; idealised ones do.
inline constexpr uint8_t unlimited = 0;

/// What a unit is, for naming why an instruction waits for it.
enum class UnitKind : uint8_t { Issue, Sram, Simd, Matrix, Mesh };

/// A kind of unit of a node.
struct UnitInfo {
  const char *name;
  uint8_t count;
  UnitKind kind;
  /// The unit-cycles of one instruction may come from several units of the
  /// kind at once (memory slots); else one unit is held for all of them.
  bool splits;
};

struct UnitUse {
  uint8_t unit;
  uint8_t cycles;
};

/// What one class of instructions costs.
struct ClassTiming {
  uint8_t latency;
  uint8_t numUses;
  UnitUse uses[2];
};

struct PipelineFacts {
  unsigned HardwareThreads;
  unsigned DecodeWidth;
  unsigned DecodeThreads;
  unsigned VectorQueueEntries;
  unsigned TakenBranchBubbles;
  unsigned MispredictCycles;
};

struct TimingModel {
  const char *name;
  std::span<const UnitInfo> units;
  std::span<const ClassTiming> classes;
  std::span<const char *const> classNames;
  PipelineFacts facts;
};

/// Every instruction one cycle.
extern const TimingModel unitModel;
/// The published machine; chosen numbers are marked in the manual.
extern const TimingModel d1Model;

} // namespace tatami::isa
