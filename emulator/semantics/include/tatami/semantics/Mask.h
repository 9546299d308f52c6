//===- Mask.h - Predicate masks ---------------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_SEMANTICS_MASK_H
#define TATAMI_SEMANTICS_MASK_H

#include "tatami/semantics/Exec.h"

namespace tatami::inline TATAMI_HOST_LEVEL {

// clang-format off

TATAMI_EXEC(void, Mand)  { writeMask(t, i.md, t.m[i.ms1] & t.m[i.ms2]); }
TATAMI_EXEC(void, Mor)   { writeMask(t, i.md, t.m[i.ms1] | t.m[i.ms2]); }
TATAMI_EXEC(void, Mxor)  { writeMask(t, i.md, t.m[i.ms1] ^ t.m[i.ms2]); }
TATAMI_EXEC(void, Mxnor) { writeMask(t, i.md, ~(t.m[i.ms1] ^ t.m[i.ms2])); }
TATAMI_EXEC(void, Mandn) { writeMask(t, i.md, t.m[i.ms1] & ~t.m[i.ms2]); }
TATAMI_EXEC(void, Morn)  { writeMask(t, i.md, t.m[i.ms1] | ~t.m[i.ms2]); }
TATAMI_EXEC(void, Mmvxm) { t.x[i.rd] = t.m[i.ms1]; }
TATAMI_EXEC(void, Mmvmx) { writeMask(t, i.md, t.x[i.rs1]); }

// clang-format on

TATAMI_EXEC_LANES(void, Mwhile) {
  std::uint64_t from = t.x[i.rs1], to = t.x[i.rs2];
  std::uint64_t count = to <= from ? 0 : to - from;
  std::uint64_t all = ~std::uint64_t(0) >> (64 - LaneCount<U>);
  writeMask(t, i.md,
            count >= LaneCount<U> ? all : ~(~std::uint64_t(0) << count));
}

} // namespace tatami::inline TATAMI_HOST_LEVEL

#endif // TATAMI_SEMANTICS_MASK_H
