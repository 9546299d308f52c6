// Decodes a text segment.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/machine/Code.h"

#include "Interpreter.h"

#include <cstring>

using namespace tatami;

Code::Code(std::span<const uint8_t> text, uint64_t base,
           PipelineStates *pipelines)
    : textBase(base) {
  using BlockEnd = StaticTiming::BlockEnd;
  size_t words = text.size() / 4;
  decoded.reserve(words + 1);
  timings.reserve(words + 1);
  auto add = [&](uint16_t opcode, const isa::Operands &operands,
                 const StaticTiming &timing, BlockEnd end) {
    decoded.push_back({opcode, operands});
    timings.push_back(timing);
    timings.back().end = end;
  };
  for (size_t i = 0; i < words; ++i) {
    uint32_t word;
    std::memcpy(&word, text.data() + 4 * i, 4);
    if (std::optional<isa::DecodedInst> inst = isa::decode(word))
      add(uint16_t(inst->opcode), inst->operands,
          StaticTiming(*inst,
                       pipelines ? pipelines->model() : isa::unitModel),
          hostLevelGeneric.blockEnds[size_t(inst->opcode)]);
    else
      add(reservedOpcode, {}, {}, BlockEnd::Before);
  }
  add(endOpcode, {}, {}, BlockEnd::Before);
  timedBlocks = std::make_unique<TimedBlocks>(pipelines, timings);
}
