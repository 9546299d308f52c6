//===- Memory.h - Scalar loads and stores -----------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_SEMANTICS_MEMORY_H
#define TATAMI_SEMANTICS_MEMORY_H

#include "tatami/semantics/Scalar.h"

namespace tatami::inline TATAMI_HOST_LEVEL {

/// Loads a T, sign- or zero-extended as T is signed, into an x register.
template <class T, class Memory>
TATAMI_INLINE TrapKind loadScalar(std::uint64_t &reg, const Memory &mem,
                                  std::uint64_t address) {
  T value{};
  TrapKind trap = mem.load(address, value);
  if (trap == TrapKind::None)
    reg = static_cast<std::uint64_t>(value);
  return trap;
}
/// Stores the low bits of \p value as a T.
template <class T, class Memory>
TATAMI_INLINE TrapKind storeScalar(Memory &mem, std::uint64_t address,
                                   std::uint64_t value) {
  return mem.store(address, static_cast<T>(value));
}

/// Loads 32 bits into lane 0; the other lanes become zero.
template <class Memory>
TATAMI_INLINE TrapKind loadLane0(V512 &reg, const Memory &mem,
                                 std::uint64_t address) {
  std::uint32_t bits = 0;
  TrapKind trap = mem.load(address, bits);
  if (trap == TrapKind::None)
    writeLane0(reg, bits);
  return trap;
}

/// Loads and stores a whole vector register.
template <class Memory>
TATAMI_INLINE TrapKind loadVector(V512 &reg, const Memory &mem,
                                  std::uint64_t address) {
  return mem.template load<V512, 64>(address, reg);
}
template <class Memory>
TATAMI_INLINE TrapKind storeVector(Memory &mem, std::uint64_t address,
                                   const V512 &reg) {
  return mem.template store<V512, 64>(address, reg);
}

/// rs1 + imm, and rs1 + (rs2 << shift).
template <class Operands>
TATAMI_INLINE std::uint64_t address(const ThreadState &t, const Operands &i) {
  return t.x[i.rs1] + constant(i.imm);
}
template <class Operands>
TATAMI_INLINE std::uint64_t indexedAddress(const ThreadState &t,
                                           const Operands &i) {
  return t.x[i.rs1] + (t.x[i.rs2] << i.shift);
}

/// Moves the base of a post-increment access, if the access was well. A load
/// into the base itself keeps the loaded value: it is done first, so the base
/// is not moved then.
template <bool LoadsBase, class Operands>
TATAMI_INLINE TrapKind thenAddToBase(ThreadState &t, const Operands &i,
                                     TrapKind trap) {
  if (trap == TrapKind::None && !(LoadsBase && i.rd == i.rs1))
    t.x[i.rs1] += constant(i.imm);
  return trap;
}

// clang-format off

TATAMI_EXEC(TrapKind, Lb)  { return loadScalar<std::int8_t>(t.x[i.rd], mem, address(t, i)); }
TATAMI_EXEC(TrapKind, Lbu) { return loadScalar<std::uint8_t>(t.x[i.rd], mem, address(t, i)); }
TATAMI_EXEC(TrapKind, Lh)  { return loadScalar<std::int16_t>(t.x[i.rd], mem, address(t, i)); }
TATAMI_EXEC(TrapKind, Lhu) { return loadScalar<std::uint16_t>(t.x[i.rd], mem, address(t, i)); }
TATAMI_EXEC(TrapKind, Lw)  { return loadScalar<std::int32_t>(t.x[i.rd], mem, address(t, i)); }
TATAMI_EXEC(TrapKind, Lwu) { return loadScalar<std::uint32_t>(t.x[i.rd], mem, address(t, i)); }
TATAMI_EXEC(TrapKind, Ld)  { return loadScalar<std::uint64_t>(t.x[i.rd], mem, address(t, i)); }
TATAMI_EXEC(TrapKind, Flw) { return loadLane0(t.v[i.rd], mem, address(t, i)); }
TATAMI_EXEC(TrapKind, Sb)  { return storeScalar<std::uint8_t>(mem, address(t, i), t.x[i.rs2]); }
TATAMI_EXEC(TrapKind, Sh)  { return storeScalar<std::uint16_t>(mem, address(t, i), t.x[i.rs2]); }
TATAMI_EXEC(TrapKind, Sw)  { return storeScalar<std::uint32_t>(mem, address(t, i), t.x[i.rs2]); }
TATAMI_EXEC(TrapKind, Sd)  { return storeScalar<std::uint64_t>(mem, address(t, i), t.x[i.rs2]); }
TATAMI_EXEC(TrapKind, Fsw) { return storeScalar<std::uint32_t>(mem, address(t, i), lane0Bits(t.v[i.rs2])); }

TATAMI_EXEC(TrapKind, Mld) {
  std::uint64_t mask = 0;
  TrapKind trap = mem.load(address(t, i), mask);
  if (trap == TrapKind::None)
    writeMask(t, i.md, mask);
  return trap;
}
TATAMI_EXEC(TrapKind, Mst) { return mem.store(address(t, i), t.m[i.ms2]); }

TATAMI_EXEC(TrapKind, Lbx)  { return loadScalar<std::int8_t>(t.x[i.rd], mem, indexedAddress(t, i)); }
TATAMI_EXEC(TrapKind, Lbux) { return loadScalar<std::uint8_t>(t.x[i.rd], mem, indexedAddress(t, i)); }
TATAMI_EXEC(TrapKind, Lhx)  { return loadScalar<std::int16_t>(t.x[i.rd], mem, indexedAddress(t, i)); }
TATAMI_EXEC(TrapKind, Lhux) { return loadScalar<std::uint16_t>(t.x[i.rd], mem, indexedAddress(t, i)); }
TATAMI_EXEC(TrapKind, Lwx)  { return loadScalar<std::int32_t>(t.x[i.rd], mem, indexedAddress(t, i)); }
TATAMI_EXEC(TrapKind, Lwux) { return loadScalar<std::uint32_t>(t.x[i.rd], mem, indexedAddress(t, i)); }
TATAMI_EXEC(TrapKind, Ldx)  { return loadScalar<std::uint64_t>(t.x[i.rd], mem, indexedAddress(t, i)); }
TATAMI_EXEC(TrapKind, Flwx) { return loadLane0(t.v[i.rd], mem, indexedAddress(t, i)); }
TATAMI_EXEC(TrapKind, Sbx)  { return storeScalar<std::uint8_t>(mem, indexedAddress(t, i), t.x[i.rd]); }
TATAMI_EXEC(TrapKind, Shx)  { return storeScalar<std::uint16_t>(mem, indexedAddress(t, i), t.x[i.rd]); }
TATAMI_EXEC(TrapKind, Swx)  { return storeScalar<std::uint32_t>(mem, indexedAddress(t, i), t.x[i.rd]); }
TATAMI_EXEC(TrapKind, Sdx)  { return storeScalar<std::uint64_t>(mem, indexedAddress(t, i), t.x[i.rd]); }
TATAMI_EXEC(TrapKind, Fswx) { return storeScalar<std::uint32_t>(mem, indexedAddress(t, i), lane0Bits(t.v[i.rd])); }

TATAMI_EXEC(TrapKind, Lbpi)  { return thenAddToBase<true>(t, i, loadScalar<std::int8_t>(t.x[i.rd], mem, t.x[i.rs1])); }
TATAMI_EXEC(TrapKind, Lbupi) { return thenAddToBase<true>(t, i, loadScalar<std::uint8_t>(t.x[i.rd], mem, t.x[i.rs1])); }
TATAMI_EXEC(TrapKind, Lhpi)  { return thenAddToBase<true>(t, i, loadScalar<std::int16_t>(t.x[i.rd], mem, t.x[i.rs1])); }
TATAMI_EXEC(TrapKind, Lhupi) { return thenAddToBase<true>(t, i, loadScalar<std::uint16_t>(t.x[i.rd], mem, t.x[i.rs1])); }
TATAMI_EXEC(TrapKind, Lwpi)  { return thenAddToBase<true>(t, i, loadScalar<std::int32_t>(t.x[i.rd], mem, t.x[i.rs1])); }
TATAMI_EXEC(TrapKind, Lwupi) { return thenAddToBase<true>(t, i, loadScalar<std::uint32_t>(t.x[i.rd], mem, t.x[i.rs1])); }
TATAMI_EXEC(TrapKind, Ldpi)  { return thenAddToBase<true>(t, i, loadScalar<std::uint64_t>(t.x[i.rd], mem, t.x[i.rs1])); }
TATAMI_EXEC(TrapKind, Flwpi) { return thenAddToBase<false>(t, i, loadLane0(t.v[i.rd], mem, t.x[i.rs1])); }
TATAMI_EXEC(TrapKind, Sbpi)  { return thenAddToBase<false>(t, i, storeScalar<std::uint8_t>(mem, t.x[i.rs1], t.x[i.rd])); }
TATAMI_EXEC(TrapKind, Shpi)  { return thenAddToBase<false>(t, i, storeScalar<std::uint16_t>(mem, t.x[i.rs1], t.x[i.rd])); }
TATAMI_EXEC(TrapKind, Swpi)  { return thenAddToBase<false>(t, i, storeScalar<std::uint32_t>(mem, t.x[i.rs1], t.x[i.rd])); }
TATAMI_EXEC(TrapKind, Sdpi)  { return thenAddToBase<false>(t, i, storeScalar<std::uint64_t>(mem, t.x[i.rs1], t.x[i.rd])); }
TATAMI_EXEC(TrapKind, Fswpi) { return thenAddToBase<false>(t, i, storeScalar<std::uint32_t>(mem, t.x[i.rs1], lane0Bits(t.v[i.rd]))); }
TATAMI_EXEC(TrapKind, Vldpi) { return thenAddToBase<false>(t, i, loadVector(t.v[i.rd], mem, t.x[i.rs1])); }
TATAMI_EXEC(TrapKind, Vstpi) { return thenAddToBase<false>(t, i, storeVector(mem, t.x[i.rs1], t.v[i.rd])); }

// clang-format on

} // namespace tatami::inline TATAMI_HOST_LEVEL

#endif // TATAMI_SEMANTICS_MEMORY_H
