// What the scoreboard needs of one instruction of the program, worked out once
// when the program is decoded.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/isa/Codec.h"
#include "tatami/isa/Timing.h"
#include "tatami/timing/Cause.h"
#include "tatami/timing/UnitCalendar.h"

#include <cstdint>

namespace tatami {

/// Registers of all files in one numbering: x 0-31, v 32-63, m 64-71,
/// acc 72-79.
inline constexpr unsigned numTimedRegisters = 80;

/// The cause of those that wait for the instruction's first result.
Cause producerOf(const isa::InstInfo &info, const isa::TimingModel &model);

struct StaticTiming {
  struct Result {
    uint8_t reg;
    uint8_t latency;
    /// Known when the instruction leaves decode, not when it issues: the moved
    /// base of a vector access.
    bool early;
  };
  enum class Flow : uint8_t { None, Branch, Jump, Return, Indirect };
  /// What a jump is to who follows calls: by convention x1 has the address to
  /// return to.
  enum class Call : uint8_t { None, Call, Return };
  /// Whether a block of the program ends here. Whoever executes says so: all
  /// that may go elsewhere or asks the machine for something ends a block, and
  /// what cannot execute belongs to none.
  enum class BlockEnd : uint8_t { None, After, Before };

  uint8_t numScalarReads = 0, numVectorReads = 0, numResults = 0, numUses = 0;
  uint8_t scalarReads[5] = {};
  uint8_t vectorReads[4] = {};
  Result results[3] = {};
  isa::UnitUse uses[3] = {};
  /// Cause of those that wait for this instruction's results.
  Cause producer = Cause::OperandScalar;
  Flow flow = Flow::None;
  BlockEnd end = BlockEnd::None;
  Call call = Call::None;
  /// Static prediction: a branch backward is taken.
  bool predictedTaken = false;
  bool usesVectorQueue = false;
  /// Takes no unit, or one for one cycle, and waits for nothing else but
  /// scalar operands.
  bool isSimple = false;
  /// Takes its units for one cycle each: with a slot of decode they are `need`,
  /// without it `unitNeed`.
  bool isShort = false;
  UnitCalendar::Need need, unitNeed;

  StaticTiming() = default;
  StaticTiming(const isa::DecodedInst &inst, const isa::TimingModel &model);
};

} // namespace tatami
