// Decodes a text segment.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/machine/Code.h"

#include <cstring>

using namespace tatami;

Code::Code(std::span<const uint8_t> text, uint64_t base,
           const isa::TimingModel *model)
    : textBase(base) {
  size_t words = text.size() / 4;
  decoded.reserve(words + 1);
  if (model)
    timings.reserve(words + 1);
  for (size_t i = 0; i < words; ++i) {
    uint32_t word;
    std::memcpy(&word, text.data() + 4 * i, 4);
    if (std::optional<isa::DecodedInst> inst = isa::decode(word)) {
      decoded.push_back({uint16_t(inst->opcode), inst->operands});
      if (model)
        timings.emplace_back(*inst, *model);
    } else {
      decoded.push_back({reservedOpcode, {}});
      if (model)
        timings.emplace_back();
    }
  }
  decoded.push_back({endOpcode, {}});
  if (model)
    timings.emplace_back();
}
