//===- VectorMemory.h - Vector loads and stores -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A lane that the mask leaves out is not accessed and cannot trap. An
// instruction that traps changes neither registers nor memory.
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_SEMANTICS_VECTORMEMORY_H
#define TATAMI_SEMANTICS_VECTORMEMORY_H

#include "tatami/semantics/Memory.h"
#include "tatami/semantics/VectorInt.h"

namespace tatami::inline TATAMI_HOST_LEVEL {

/// The lanes that take part, one bit each: all of them in the plain form.
template <class U, class Operands>
TATAMI_INLINE std::uint64_t activeLanes(const ThreadState &t,
                                        const Operands &i) {
  constexpr std::uint64_t All =
      LaneCount<U> == 64 ? ~0ull : (1ull << (LaneCount<U> % 64)) - 1;
  if constexpr (FormOf<Operands> == isa::Form::Plain)
    return All;
  else
    return t.m[i.m] & All;
}

/// Loads lane l from \p addressOf(l), for each active lane, into vd.
template <class U, class Memory, class Operands, class AddressOf>
TATAMI_INLINE TrapKind loadLanes(ThreadState &t, const Memory &mem,
                                 const Operands &i, AddressOf addressOf) {
  std::uint64_t active = activeLanes<U>(t, i);
  ArrayOf<U> lane{};
  for (unsigned l = 0; l < LaneCount<U>; ++l)
    if (active >> l & 1)
      if (TrapKind trap = mem.load(addressOf(l), lane[l]);
          trap != TrapKind::None)
        return trap;
  writeLanes(t, i, bitsAs<U>(lane));
  return TrapKind::None;
}

/// Stores lane l of vd to \p addressOf(l), for each active lane, in order.
template <class U, class Memory, class Operands, class AddressOf>
TATAMI_INLINE TrapKind storeLanes(const ThreadState &t, Memory &mem,
                                  const Operands &i, AddressOf addressOf) {
  constexpr unsigned Bytes = sizeof(ElementOf<U>);
  std::uint64_t active = activeLanes<U>(t, i);
  for (unsigned l = 0; l < LaneCount<U>; ++l)
    if (active >> l & 1)
      if (TrapKind trap = mem.checkStore(addressOf(l), Bytes, Bytes);
          trap != TrapKind::None)
        return trap;
  ArrayOf<U> lane = arrayOf(vd<U>(t, i));
  for (unsigned l = 0; l < LaneCount<U>; ++l)
    if (active >> l & 1)
      (void)mem.store(addressOf(l), lane[l]);
  return TrapKind::None;
}

// clang-format off

TATAMI_EXEC(TrapKind, Vld) { return loadVector(t.v[i.rd], mem, address(t, i)); }
TATAMI_EXEC(TrapKind, Vst) { return storeVector(mem, address(t, i), t.v[i.rs2]); }

// clang-format on

// Lanes side by side. Where all 64 bytes may be accessed, they are at once.
TATAMI_EXEC_MASKED_LANES(TrapKind, Vldu) {
  std::uint64_t base = address(t, i);
  U whole{};
  if (TrapKind trap = mem.template load<U, sizeof(ElementOf<U>)>(base, whole);
      trap != TrapKind::None) {
    if (FormOf<Operands> == isa::Form::Plain)
      return trap;
    return loadLanes<U>(t, mem, i, [=](unsigned lane) {
      return base + lane * sizeof(ElementOf<U>);
    });
  }
  writeLanes(t, i, whole);
  return TrapKind::None;
}
TATAMI_EXEC_MASKED_LANES(TrapKind, Vstu) {
  std::uint64_t base = address(t, i);
  constexpr unsigned Bytes = sizeof(ElementOf<U>);
  U value = vd<U>(t, i);
  if constexpr (FormOf<Operands> != isa::Form::Plain) {
    if (mem.checkStore(base, sizeof(U), Bytes) != TrapKind::None)
      return storeLanes<U>(t, mem, i,
                           [=](unsigned lane) { return base + lane * Bytes; });
    U old{};
    (void)mem.template load<U, Bytes>(base, old);
    value = select(lanesOfMask<U>(t.m[i.m]), value, old);
  }
  return mem.template store<U, Bytes>(base, value);
}

/// Lane l of a gather or scatter is at rs1 + (sign-extended index << shift).
template <class U, class Memory, class Operands>
TATAMI_INLINE TrapKind gather(ThreadState &t, const Memory &mem,
                              const Operands &i) {
  auto index = arrayOf(vs2<SignedOf<U>>(t, i));
  return loadLanes<U>(t, mem, i, [&](unsigned lane) {
    return t.x[i.rs1] + (extended(index[lane]) << i.shift);
  });
}
template <class U, class Memory, class Operands>
TATAMI_INLINE TrapKind scatter(const ThreadState &t, Memory &mem,
                               const Operands &i) {
  auto index = arrayOf(vs2<SignedOf<U>>(t, i));
  return storeLanes<U>(t, mem, i, [&](unsigned lane) {
    return t.x[i.rs1] + (extended(index[lane]) << i.shift);
  });
}

// clang-format off

TATAMI_EXEC_MASKED(TrapKind, VgatherW)  { return gather<U32x16>(t, mem, i); }
TATAMI_EXEC_MASKED(TrapKind, VgatherD)  { return gather<U64x8>(t, mem, i); }
TATAMI_EXEC_MASKED(TrapKind, VscatterW) { return scatter<U32x16>(t, mem, i); }
TATAMI_EXEC_MASKED(TrapKind, VscatterD) { return scatter<U64x8>(t, mem, i); }

// clang-format on

// rs1 + lane * rs2.
TATAMI_EXEC_MASKED_LANES(TrapKind, Vlds) {
  return loadLanes<U>(
      t, mem, i, [&](unsigned lane) { return t.x[i.rs1] + lane * t.x[i.rs2]; });
}
TATAMI_EXEC_MASKED_LANES(TrapKind, Vsts) {
  return storeLanes<U>(
      t, mem, i, [&](unsigned lane) { return t.x[i.rs1] + lane * t.x[i.rs2]; });
}

} // namespace tatami::inline TATAMI_HOST_LEVEL

#endif // TATAMI_SEMANTICS_VECTORMEMORY_H
