// What the scoreboard needs of one instruction of the program, worked out once
// when the program is decoded.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/isa/Codec.h"
#include "tatami/isa/Operands.h"
#include "tatami/isa/Timing.h"
#include "tatami/timing/Cause.h"
#include "tatami/timing/UnitCalendar.h"

#include <cstdint>

namespace tatami {

/// Registers of all files in one numbering: x 0-31, v 32-63, m 64-71,
/// acc 72-79.
inline constexpr unsigned numTimedRegisters = 80;

/// What a jump is to who follows calls: by convention x1 has the address to
/// return to. Of Jal and Jalr, which have it when they are executed.
template <class Jump> [[gnu::always_inline]] inline bool isCall(const Jump &i) {
  return i.rd == 1;
}
/// jalr x0, 0(x1)
template <class Jump>
[[gnu::always_inline]] inline bool isReturn(const Jump &i) {
  return i.rd == isa::sinkRegister && i.rs1 == 1 && i.imm == 0;
}

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
