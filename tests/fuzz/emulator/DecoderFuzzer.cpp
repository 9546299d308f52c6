// Any word decodes to an instruction that encodes to it, or is reserved.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/isa/Codec.h"

#include <cstdlib>

using namespace tatami::isa;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  for (; size >= 4; data += 4, size -= 4) {
    uint32_t word;
    std::memcpy(&word, data, 4);
    std::optional<DecodedInst> inst = decode(word);
    disassemble(word, 0x1000);
    if (inst && encode(*inst) != word)
      std::abort();
  }
  return 0;
}
