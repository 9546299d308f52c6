// The model's masks (isa/insns/Mask.td).
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Model.h"

namespace tatami::insns {

static void binary(Oracles &o, const char *name, bool (*op)(bool a, bool b)) {
  o[name].run = [=](Model &s, const Fields &f) -> Fact {
    uint64_t result = 0;
    for (unsigned i = 0; i < 64; ++i)
      if (op(s.m[f.ms1] >> i & 1, s.m[f.ms2] >> i & 1))
        result |= 1ull << i;
    s.setMask(f.md, result);
    return {};
  };
}

void addMask(Oracles &o) {
  binary(o, "MAND", [](bool a, bool b) { return a && b; });
  binary(o, "MOR", [](bool a, bool b) { return a || b; });
  binary(o, "MXOR", [](bool a, bool b) { return a != b; });
  binary(o, "MXNOR", [](bool a, bool b) { return a == b; });
  binary(o, "MANDN", [](bool a, bool b) { return a && !b; });
  binary(o, "MORN", [](bool a, bool b) { return a || !b; });
  o["MMVXM"].run = [](Model &s, const Fields &f) -> Fact {
    s.setX(f.rd, s.m[f.ms1]);
    return {};
  };
  o["MMVMX"].run = [](Model &s, const Fields &f) -> Fact {
    s.setMask(f.md, s.x[f.rs1]);
    return {};
  };
  const std::pair<const char *, unsigned> widths[] = {
      {"MWHILE_B", 64}, {"MWHILE_H", 32}, {"MWHILE_W", 16}, {"MWHILE_D", 8}};
  for (auto [name, lanes] : widths)
    o[name].run = [lanes = lanes](Model &s, const Fields &f) -> Fact {
      uint64_t result = 0;
      for (unsigned i = 0; i < lanes; ++i)
        if (UWide(s.x[f.rs1]) + i < UWide(s.x[f.rs2]))
          result |= 1ull << i;
      s.setMask(f.md, result);
      return {};
    };
}

} // namespace tatami::insns
