// Words made from the fixed bits of each instruction: see Samples.h.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Samples.h"

#include "tatami/isa/Inst.h"

namespace tatami::test {

std::vector<uint32_t> sampleWords(std::mt19937_64 &generator, unsigned random) {
  std::vector<uint32_t> words;
  for (const isa::InstInfo &inst : isa::instInfos) {
    auto add = [&](uint32_t fields) {
      words.push_back(inst.fixedValue | (fields & ~inst.fixedMask));
    };
    add(0);
    add(~uint32_t(0));
    for (unsigned i = 0; i < random; ++i)
      add(uint32_t(generator()));
  }
  return words;
}

} // namespace tatami::test
