// The approximations over a grid of all operands: within the stated error of
// the host's long double functions, and the same bits at every level.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Compare.h"

#include <catch2/catch.hpp>

#include <cstdio>

namespace tatami::insns {

static V512 execute(const ExecLevel &level, isa::Opcode op, V512 operands) {
  static Sram sram(0x4000); // These do not touch it.
  ThreadState t;
  t.reset();
  t.v[1] = operands;
  isa::DecodedInst inst = throughEncoding(op, {.vd = 2, .vs1 = 1});
  level.functions[size_t(op)](t, sram, inst.operands);
  return t.v[2];
}

TEST_CASE("Approximations keep their stated error", "[approximate]") {
  // Odd, so that low bits differ from one operand to the next.
  constexpr uint64_t Stride = 0x10ab7;
  std::vector<const ExecLevel *> levels = supportedLevels();
  for (isa::Opcode op :
       {isa::Opcode::VRCP, isa::Opcode::VRSQRT, isa::Opcode::VEXP2,
        isa::Opcode::VLOG2, isa::Opcode::VTANH}) {
    const isa::InstInfo &info = isa::info(op);
    const Oracle &oracle = allOracles().at(info.name);
    unsigned wrong = 0;
    for (uint64_t first = 0; first < 1ull << 32; first += 16 * Stride) {
      V512 operands;
      for (unsigned lane = 0; lane < 16; ++lane)
        operands.u32[lane] = uint32_t(first + lane * Stride);
      V512 results = execute(*levels.front(), op, operands);
      for (unsigned lane = 0; lane < 16; ++lane)
        if (!oracle.accepts(operands.u32[lane], results.u32[lane]) &&
            wrong++ < 5) {
          char text[64];
          std::snprintf(text, sizeof(text), "0x%08x gives 0x%08x",
                        operands.u32[lane], results.u32[lane]);
          FAIL_CHECK(info.mnemonic << ": " << text);
        }
      for (const ExecLevel *level : levels) {
        V512 same = execute(*level, op, operands);
        if (std::memcmp(&same, &results, sizeof(same)) != 0 && wrong++ < 5)
          FAIL_CHECK(info.mnemonic << " differs at " << level->name);
      }
    }
    CHECK(wrong == 0);
  }
}

} // namespace tatami::insns
