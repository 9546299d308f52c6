// Any bytes are an image or an error; the answers of an image are safe.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/loader/Image.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  constexpr uint64_t sram = 0x140000;
  tatami::Image image;
  if (!tatami::readElf({data, size}, sram, image).empty())
    return 0;
  for (const tatami::Image::Segment &segment : image.segments)
    if (segment.data.size() > segment.memorySize ||
        segment.address + segment.memorySize > sram)
      std::abort();
  for (uint64_t pc = 0x1000; pc < 0x1100; pc += 4) {
    image.functionAt(pc);
    image.sourceAt(pc);
  }
  return 0;
}
