// The code under test: exec() of every instruction behind one signature, for
// each level of the host that it is compiled for.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/node/Sram.h"
#include "tatami/node/ThreadState.h"
#include "tatami/semantics/Facts.h"

#include <vector>

namespace tatami::insns {

/// What an instruction reported beyond its effect on registers and memory.
struct Fact {
  enum Kind { Nothing, Trap, Branch, Jump, Ask } kind = Nothing;
  TrapKind trap = TrapKind::None;
  bool taken = false;
  uint64_t target = 0;
  Request request{};

  // Inlined, so that the linker cannot choose the code of a higher level.
  TATAMI_INLINE static Fact ofTrap(TrapKind trap) {
    return {.kind = Trap, .trap = trap};
  }
  TATAMI_INLINE static Fact ofBranch(bool taken) {
    return {.kind = Branch, .taken = taken};
  }
  TATAMI_INLINE static Fact ofJump(uint64_t target) {
    return {.kind = Jump, .target = target};
  }
  TATAMI_INLINE static Fact ofRequest(const Request &request) {
    return {.kind = Ask, .request = request};
  }
};

using ExecFunction = Fact (*)(ThreadState &, Sram &, const isa::Operands &);

struct ExecLevel {
  const char *name;
  bool (*supported)();
  /// One for each opcode.
  const ExecFunction *functions;
};

extern const ExecLevel execLevel_generic;
extern const ExecLevel execLevel_x86_64_v3;
extern const ExecLevel execLevel_x86_64_v4;

/// The levels that this host can run.
std::vector<const ExecLevel *> supportedLevels();

} // namespace tatami::insns
