//===- System.h - Threads, control registers, the host ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_SEMANTICS_SYSTEM_H
#define TATAMI_SEMANTICS_SYSTEM_H

#include "tatami/semantics/Scalar.h"

namespace tatami::inline TATAMI_HOST_LEVEL {

/// The stack pointer and the first arguments, as the ABI places them.
inline constexpr unsigned StackPointer = 2;
inline constexpr unsigned Argument0 = 8, Argument1 = 9, Argument2 = 10;

/// Moves the stack pointer unless that is below the limit. Signed, so that
/// moving it below address 0 is below the limit, too.
TATAMI_INLINE TrapKind setStackPointer(ThreadState &t, std::uint64_t sp) {
  if (asSigned(sp) < asSigned(t.stackLimit))
    return TrapKind::StackOverflow;
  t.x[StackPointer] = sp;
  return TrapKind::None;
}

// clang-format off

TATAMI_EXEC(TrapKind, Spadj) { return setStackPointer(t, t.x[StackPointer] + constant(i.imm)); }
TATAMI_EXEC(TrapKind, Spset) { return setStackPointer(t, t.x[i.rs1]); }

TATAMI_EXEC(Request, Csrr)  { return {.kind = RequestKind::ReadControl, .reg = i.rd, .a = constant(i.imm)}; }
TATAMI_EXEC(Request, Csrw)  { return {.kind = RequestKind::WriteControl, .a = constant(i.imm), .b = t.x[i.rs1]}; }
TATAMI_EXEC(Request, Hcall) {
  return {.kind = RequestKind::HostCall, .reg = Argument0, .a = constant(i.imm),
          .b = t.x[Argument0], .c = t.x[Argument1], .d = t.x[Argument2]};
}
TATAMI_EXEC(TrapKind, Brk)   { return TrapKind::Breakpoint; }
TATAMI_EXEC(void, Fence)     {}
TATAMI_EXEC(void, Nop)       {}
TATAMI_EXEC(Request, Fencei) { return {.kind = RequestKind::FetchFence}; }
TATAMI_EXEC(Request, Pause)  { return {.kind = RequestKind::Pause}; }
TATAMI_EXEC(Request, Halt)   { return {.kind = RequestKind::Halt}; }
TATAMI_EXEC(Request, Tstart) { return {.kind = RequestKind::ThreadStart, .a = t.x[i.rs1], .b = t.x[i.rs2], .c = t.x[i.rs3]}; }
TATAMI_EXEC(Request, Twait)  { return {.kind = RequestKind::ThreadWait, .a = t.x[i.rs1]}; }

// clang-format on

} // namespace tatami::inline TATAMI_HOST_LEVEL

#endif // TATAMI_SEMANTICS_SYSTEM_H
