// Any bytes are an image or an error; the answers of an image are safe.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/debug/CallStack.h"
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
  static const std::vector<uint8_t> memory(sram);
  tatami::debug::CallStackReader stacks(image);
  tatami::ThreadState state;
  state.reset();
  for (uint64_t pc = 0x1000; pc < 0x1100; pc += 12) {
    state.pc = pc;
    state.x[1] = 0x1004;
    state.x[2] = 0x100000;
    tatami::debug::format(stacks.read(state, memory, 10), "");
  }
  return 0;
}
