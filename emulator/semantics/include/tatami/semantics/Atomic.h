//===- Atomic.h - Atomic read-modify-write ----------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The threads of a node take turns, so a plain load and store are atomic.
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_SEMANTICS_ATOMIC_H
#define TATAMI_SEMANTICS_ATOMIC_H

#include "tatami/semantics/Memory.h"

namespace tatami::inline TATAMI_HOST_LEVEL {

/// Replaces the T at rs1 by \p combine(old, rs2); rd becomes the old value,
/// sign-extended.
template <class T, class Memory, class Operands, class Combine>
TATAMI_INLINE TrapKind readModifyWrite(ThreadState &t, Memory &mem,
                                       const Operands &i, Combine combine) {
  T old{};
  TrapKind trap = mem.load(t.x[i.rs1], old);
  if (trap != TrapKind::None)
    return trap;
  trap = mem.store(t.x[i.rs1], static_cast<T>(combine(old, T(t.x[i.rs2]))));
  if (trap != TrapKind::None)
    return trap;
  writeDestination(t, i.rd,
                   static_cast<std::uint64_t>(std::make_signed_t<T>(old)));
  return TrapKind::None;
}

// clang-format off

TATAMI_EXEC(TrapKind, Amoswapw) { return readModifyWrite<std::uint32_t>(t, mem, i, [](auto, auto b) { return b; }); }
TATAMI_EXEC(TrapKind, Amoswapd) { return readModifyWrite<std::uint64_t>(t, mem, i, [](auto, auto b) { return b; }); }
TATAMI_EXEC(TrapKind, Amoaddw)  { return readModifyWrite<std::uint32_t>(t, mem, i, [](auto a, auto b) { return a + b; }); }
TATAMI_EXEC(TrapKind, Amoaddd)  { return readModifyWrite<std::uint64_t>(t, mem, i, [](auto a, auto b) { return a + b; }); }
TATAMI_EXEC(TrapKind, Amoandw)  { return readModifyWrite<std::uint32_t>(t, mem, i, [](auto a, auto b) { return a & b; }); }
TATAMI_EXEC(TrapKind, Amoandd)  { return readModifyWrite<std::uint64_t>(t, mem, i, [](auto a, auto b) { return a & b; }); }
TATAMI_EXEC(TrapKind, Amoorw)   { return readModifyWrite<std::uint32_t>(t, mem, i, [](auto a, auto b) { return a | b; }); }
TATAMI_EXEC(TrapKind, Amoord)   { return readModifyWrite<std::uint64_t>(t, mem, i, [](auto a, auto b) { return a | b; }); }
TATAMI_EXEC(TrapKind, Amoxorw)  { return readModifyWrite<std::uint32_t>(t, mem, i, [](auto a, auto b) { return a ^ b; }); }
TATAMI_EXEC(TrapKind, Amoxord)  { return readModifyWrite<std::uint64_t>(t, mem, i, [](auto a, auto b) { return a ^ b; }); }
TATAMI_EXEC(TrapKind, Amominw)  { return readModifyWrite<std::int32_t>(t, mem, i, [](auto a, auto b) { return std::min(a, b); }); }
TATAMI_EXEC(TrapKind, Amomind)  { return readModifyWrite<std::int64_t>(t, mem, i, [](auto a, auto b) { return std::min(a, b); }); }
TATAMI_EXEC(TrapKind, Amomaxw)  { return readModifyWrite<std::int32_t>(t, mem, i, [](auto a, auto b) { return std::max(a, b); }); }
TATAMI_EXEC(TrapKind, Amomaxd)  { return readModifyWrite<std::int64_t>(t, mem, i, [](auto a, auto b) { return std::max(a, b); }); }
TATAMI_EXEC(TrapKind, Amominuw) { return readModifyWrite<std::uint32_t>(t, mem, i, [](auto a, auto b) { return std::min(a, b); }); }
TATAMI_EXEC(TrapKind, Amominud) { return readModifyWrite<std::uint64_t>(t, mem, i, [](auto a, auto b) { return std::min(a, b); }); }
TATAMI_EXEC(TrapKind, Amomaxuw) { return readModifyWrite<std::uint32_t>(t, mem, i, [](auto a, auto b) { return std::max(a, b); }); }
TATAMI_EXEC(TrapKind, Amomaxud) { return readModifyWrite<std::uint64_t>(t, mem, i, [](auto a, auto b) { return std::max(a, b); }); }

// The store happens either way: to code it traps even if the values differ.
TATAMI_EXEC(TrapKind, Casw) {
  auto expected = low32(readDestination(t, i.rd));
  return readModifyWrite<std::uint32_t>(t, mem, i, [=](auto a, auto b) { return a == expected ? b : a; });
}
TATAMI_EXEC(TrapKind, Casd) {
  auto expected = readDestination(t, i.rd);
  return readModifyWrite<std::uint64_t>(t, mem, i, [=](auto a, auto b) { return a == expected ? b : a; });
}

// clang-format on

} // namespace tatami::inline TATAMI_HOST_LEVEL

#endif // TATAMI_SEMANTICS_ATOMIC_H
