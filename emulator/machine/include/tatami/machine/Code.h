// A program's text, decoded once and shared by all nodes that run it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/isa/Codec.h"
#include "tatami/isa/Timing.h"
#include "tatami/timing/StaticTiming.h"
#include "tatami/timing/TimedBlocks.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace tatami {

/// One decoded word. The opcode is one of isa::Opcode or of the two below.
struct CodeEntry {
  uint16_t opcode;
  isa::Operands operands;
};
static_assert(sizeof(CodeEntry) == 16);

/// A word that is no instruction; the trap comes when it is reached.
inline constexpr uint16_t reservedOpcode = isa::numOpcodes;
/// Stands behind the last word: running off the end.
inline constexpr uint16_t endOpcode = isa::numOpcodes + 1;

class Code {
public:
  /// Decodes \p text, which begins at \p base. \p pipelines must outlive the
  /// code; null without timing.
  Code(std::span<const uint8_t> text, uint64_t base, PipelineStates *pipelines);

  uint64_t base() const { return textBase; }
  /// Number of words; entries() has one more, the end mark.
  size_t size() const { return decoded.size() - 1; }
  const CodeEntry *entries() const { return decoded.data(); }
  /// Says nothing of cycles without timing, but where blocks end.
  const StaticTiming *timing() const { return timings.data(); }
  /// What its blocks cost; grows while the program runs.
  TimedBlocks &blocks() const { return *timedBlocks; }
  bool contains(uint64_t pc) const {
    return pc % 4 == 0 && (pc - textBase) / 4 < size() && pc >= textBase;
  }
  size_t indexOf(uint64_t pc) const { return (pc - textBase) / 4; }

private:
  uint64_t textBase;
  std::vector<CodeEntry> decoded;
  std::vector<StaticTiming> timings;
  std::unique_ptr<TimedBlocks> timedBlocks;
};

} // namespace tatami
