//===- Permute.h - Moving lanes ---------------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_SEMANTICS_PERMUTE_H
#define TATAMI_SEMANTICS_PERMUTE_H

#include "tatami/semantics/VectorInt.h"

namespace tatami::inline TATAMI_HOST_LEVEL {

/// rs1 and rs2 as lanes of V.
template <class V, class Operands>
TATAMI_INLINE V vrs1(const ThreadState &t, const Operands &i) {
  return lanes<V>(t.v[i.rs1]);
}
template <class V, class Operands>
TATAMI_INLINE V vrs2(const ThreadState &t, const Operands &i) {
  return lanes<V>(t.v[i.rs2]);
}

/// Interleaves the elements of half a register each: the low halves, or the
/// high ones. An element has \p ElementBytes; it may be several lanes of V.
template <class V, unsigned ElementBytes, bool High>
TATAMI_INLINE V zip(V a, V b) {
  constexpr unsigned Lanes = LaneCount<V>;
  constexpr unsigned PerElement = ElementBytes / sizeof(ElementOf<V>);
  return shuffleLanes(a, b, [](unsigned lane) constexpr {
    unsigned element = lane / PerElement;
    unsigned source = element / 2 * PerElement + lane % PerElement;
    return source + (High ? Lanes / 2 : 0) + (element % 2 ? Lanes : 0);
  });
}

/// The lanes of a register as Rows x Columns, transposed.
template <class V, unsigned Rows, unsigned Columns>
TATAMI_INLINE V transpose(V x) {
  static_assert(Rows * Columns == LaneCount<V>);
  return shuffleLanes(x, x, [](unsigned lane) constexpr {
    return lane % Rows * Columns + lane / Rows;
  });
}

/// The lowest lanes of \p reg of type From, or those of the high half, each
/// extended to a lane of To.
template <class From, class To, bool High = false>
TATAMI_INLINE To extendLanes(const V512 &reg) {
  VectorOf<From, LaneCount<To>> part;
  std::memcpy(&part, reinterpret_cast<const char *>(&reg) + (High ? 32 : 0),
              sizeof part);
  return convertLanes<To>(part);
}

/// The low bits of each lane of \p x, side by side; the rest is zero.
template <class To, class From> TATAMI_INLINE V512 truncateLanes(From x) {
  auto part = convertLanes<VectorOf<To, LaneCount<From>>>(x);
  V512 r{};
  std::memcpy(&r, &part, sizeof part);
  return r;
}

// clang-format off

TATAMI_EXEC_LANES(void, Vperm) {
  ArrayOf<U> from = arrayOf(vrs1<U>(t, i));
  writeVector(t.v[i.rd], byLane<U>([&](auto index) { return from[index % LaneCount<U>]; }, vrs2<U>(t, i)));
}
TATAMI_EXEC_LANES(void, Vperm2) {
  auto from = bitsAs<std::array<ElementOf<U>, 2 * LaneCount<U>>>(std::array{t.v[i.rs1], t.v[i.rs2]});
  writeVector(t.v[i.rd], byLane<U>([&](auto index) { return from[index % from.size()]; }, lanes<U>(t.v[i.rd])));
}

TATAMI_EXEC_LANES(void, Vuzpe) { writeVector(t.v[i.rd], shuffleLanes(vrs1<U>(t, i), vrs2<U>(t, i), [](unsigned lane) constexpr { return 2 * lane; })); }
TATAMI_EXEC_LANES(void, Vuzpo) { writeVector(t.v[i.rd], shuffleLanes(vrs1<U>(t, i), vrs2<U>(t, i), [](unsigned lane) constexpr { return 2 * lane + 1; })); }
TATAMI_EXEC_LANES(void, Vsel)  { writeVector(t.v[i.vd], select(lanesOfMask<U>(t.m[i.m]), vs1<U>(t, i), vs2<U>(t, i))); }

TATAMI_EXEC(void, VziplB) { writeVector(t.v[i.rd], zip<U8x64, 1, false>(vrs1<U8x64>(t, i), vrs2<U8x64>(t, i))); }
TATAMI_EXEC(void, VziplH) { writeVector(t.v[i.rd], zip<U16x32, 2, false>(vrs1<U16x32>(t, i), vrs2<U16x32>(t, i))); }
TATAMI_EXEC(void, VziplW) { writeVector(t.v[i.rd], zip<U32x16, 4, false>(vrs1<U32x16>(t, i), vrs2<U32x16>(t, i))); }
TATAMI_EXEC(void, VziplD) { writeVector(t.v[i.rd], zip<U64x8, 8, false>(vrs1<U64x8>(t, i), vrs2<U64x8>(t, i))); }
TATAMI_EXEC(void, VziplQ) { writeVector(t.v[i.rd], zip<U64x8, 16, false>(vrs1<U64x8>(t, i), vrs2<U64x8>(t, i))); }
TATAMI_EXEC(void, VziplO) { writeVector(t.v[i.rd], zip<U64x8, 32, false>(vrs1<U64x8>(t, i), vrs2<U64x8>(t, i))); }
TATAMI_EXEC(void, VziphB) { writeVector(t.v[i.rd], zip<U8x64, 1, true>(vrs1<U8x64>(t, i), vrs2<U8x64>(t, i))); }
TATAMI_EXEC(void, VziphH) { writeVector(t.v[i.rd], zip<U16x32, 2, true>(vrs1<U16x32>(t, i), vrs2<U16x32>(t, i))); }
TATAMI_EXEC(void, VziphW) { writeVector(t.v[i.rd], zip<U32x16, 4, true>(vrs1<U32x16>(t, i), vrs2<U32x16>(t, i))); }
TATAMI_EXEC(void, VziphD) { writeVector(t.v[i.rd], zip<U64x8, 8, true>(vrs1<U64x8>(t, i), vrs2<U64x8>(t, i))); }
TATAMI_EXEC(void, VziphQ) { writeVector(t.v[i.rd], zip<U64x8, 16, true>(vrs1<U64x8>(t, i), vrs2<U64x8>(t, i))); }
TATAMI_EXEC(void, VziphO) { writeVector(t.v[i.rd], zip<U64x8, 32, true>(vrs1<U64x8>(t, i), vrs2<U64x8>(t, i))); }

TATAMI_EXEC(void, Valign) {
  std::array both{t.v[i.vs1], t.v[i.vs2]};
  std::memcpy(&t.v[i.vd], reinterpret_cast<const char *>(&both) + i.imm, sizeof(V512));
}

TATAMI_EXEC(void, Vtrn4x8H) { writeVector(t.v[i.rd], transpose<U16x32, 4, 8>(vrs1<U16x32>(t, i))); }
TATAMI_EXEC(void, Vtrn8x4H) { writeVector(t.v[i.rd], transpose<U16x32, 8, 4>(vrs1<U16x32>(t, i))); }
TATAMI_EXEC(void, Vtrn8x8B) { writeVector(t.v[i.rd], transpose<U8x64, 8, 8>(vrs1<U8x64>(t, i))); }
TATAMI_EXEC(void, Vtrn4x4W) { writeVector(t.v[i.rd], transpose<U32x16, 4, 4>(vrs1<U32x16>(t, i))); }
TATAMI_EXEC(void, Vtrn8x2W) { writeVector(t.v[i.rd], transpose<U32x16, 8, 2>(vrs1<U32x16>(t, i))); }
TATAMI_EXEC(void, Vtrn2x8W) { writeVector(t.v[i.rd], transpose<U32x16, 2, 8>(vrs1<U32x16>(t, i))); }

TATAMI_EXEC(void, VsextlBh) { writeVector(t.v[i.rd], extendLanes<std::int8_t, I16x32>(t.v[i.rs1])); }
TATAMI_EXEC(void, VsextlBw) { writeVector(t.v[i.rd], extendLanes<std::int8_t, I32x16>(t.v[i.rs1])); }
TATAMI_EXEC(void, VsextlBd) { writeVector(t.v[i.rd], extendLanes<std::int8_t, I64x8>(t.v[i.rs1])); }
TATAMI_EXEC(void, VsextlHw) { writeVector(t.v[i.rd], extendLanes<std::int16_t, I32x16>(t.v[i.rs1])); }
TATAMI_EXEC(void, VsextlHd) { writeVector(t.v[i.rd], extendLanes<std::int16_t, I64x8>(t.v[i.rs1])); }
TATAMI_EXEC(void, VsextlWd) { writeVector(t.v[i.rd], extendLanes<std::int32_t, I64x8>(t.v[i.rs1])); }
TATAMI_EXEC(void, VzextlBh) { writeVector(t.v[i.rd], extendLanes<std::uint8_t, U16x32>(t.v[i.rs1])); }
TATAMI_EXEC(void, VzextlBw) { writeVector(t.v[i.rd], extendLanes<std::uint8_t, U32x16>(t.v[i.rs1])); }
TATAMI_EXEC(void, VzextlBd) { writeVector(t.v[i.rd], extendLanes<std::uint8_t, U64x8>(t.v[i.rs1])); }
TATAMI_EXEC(void, VzextlHw) { writeVector(t.v[i.rd], extendLanes<std::uint16_t, U32x16>(t.v[i.rs1])); }
TATAMI_EXEC(void, VzextlHd) { writeVector(t.v[i.rd], extendLanes<std::uint16_t, U64x8>(t.v[i.rs1])); }
TATAMI_EXEC(void, VzextlWd) { writeVector(t.v[i.rd], extendLanes<std::uint32_t, U64x8>(t.v[i.rs1])); }
TATAMI_EXEC(void, VsexthBh) { writeVector(t.v[i.rd], extendLanes<std::int8_t, I16x32, true>(t.v[i.rs1])); }
TATAMI_EXEC(void, VsexthHw) { writeVector(t.v[i.rd], extendLanes<std::int16_t, I32x16, true>(t.v[i.rs1])); }
TATAMI_EXEC(void, VsexthWd) { writeVector(t.v[i.rd], extendLanes<std::int32_t, I64x8, true>(t.v[i.rs1])); }
TATAMI_EXEC(void, VzexthBh) { writeVector(t.v[i.rd], extendLanes<std::uint8_t, U16x32, true>(t.v[i.rs1])); }
TATAMI_EXEC(void, VzexthHw) { writeVector(t.v[i.rd], extendLanes<std::uint16_t, U32x16, true>(t.v[i.rs1])); }
TATAMI_EXEC(void, VzexthWd) { writeVector(t.v[i.rd], extendLanes<std::uint32_t, U64x8, true>(t.v[i.rs1])); }
TATAMI_EXEC(void, VtruncBh) { t.v[i.rd] = truncateLanes<std::uint8_t>(vrs1<U16x32>(t, i)); }
TATAMI_EXEC(void, VtruncBw) { t.v[i.rd] = truncateLanes<std::uint8_t>(vrs1<U32x16>(t, i)); }
TATAMI_EXEC(void, VtruncBd) { t.v[i.rd] = truncateLanes<std::uint8_t>(vrs1<U64x8>(t, i)); }
TATAMI_EXEC(void, VtruncHw) { t.v[i.rd] = truncateLanes<std::uint16_t>(vrs1<U32x16>(t, i)); }
TATAMI_EXEC(void, VtruncHd) { t.v[i.rd] = truncateLanes<std::uint16_t>(vrs1<U64x8>(t, i)); }
TATAMI_EXEC(void, VtruncWd) { t.v[i.rd] = truncateLanes<std::uint32_t>(vrs1<U64x8>(t, i)); }

// clang-format on

} // namespace tatami::inline TATAMI_HOST_LEVEL

#endif // TATAMI_SEMANTICS_PERMUTE_H
