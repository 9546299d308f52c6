//===- VectorInt.h - Integer arithmetic on 512-bit vectors ------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_SEMANTICS_VECTORINT_H
#define TATAMI_SEMANTICS_VECTORINT_H

#include "tatami/semantics/Scalar.h"

namespace tatami::inline TATAMI_HOST_LEVEL {

/// Bits of a lane of V.
template <class V>
inline constexpr unsigned LaneBits = 8 * sizeof(ElementOf<V>);

/// Shift amounts modulo the lane width.
template <class V> TATAMI_INLINE V moduloLane(V amount) {
  return amount & splat<V>(ElementOf<V>(LaneBits<V> - 1));
}

/// The high half of the product of two lanes.
template <class T> TATAMI_INLINE T highProduct(T a, T b) {
  if constexpr (sizeof(T) == 8) {
    using Wide = std::conditional_t<std::is_signed_v<T>, Int128, UInt128>;
    return static_cast<T>(Wide(a) * Wide(b) >> 64);
  } else {
    using Wide =
        std::conditional_t<std::is_signed_v<T>, std::int64_t, std::uint64_t>;
    return static_cast<T>(Wide(a) * Wide(b) >> (8 * sizeof(T)));
  }
}

/// The most positive signed number where \p x is not negative, else the most
/// negative one.
template <class U> TATAMI_INLINE U saturationOf(U x) {
  using S = SignedOf<U>;
  auto mostPositive = ElementOf<U>(ElementOf<U>(~ElementOf<U>(0)) >> 1);
  return bitsAs<U>(less(bitsAs<S>(x), S{})) ^ splat<U>(mostPositive);
}

/// \p x reversed byte by byte.
template <class T> TATAMI_INLINE T reverseBytes(T x) {
  return static_cast<T>(__builtin_bswap64(x) >> (64 - 8 * sizeof(T)));
}

/// Combines all lanes into one, two neighbours at a time.
template <class V, class Combine>
TATAMI_INLINE ElementOf<V> reduceLanes(V x, Combine combine) {
  ArrayOf<V> lane = arrayOf(x);
  for (std::size_t half = lane.size() / 2; half > 0; half /= 2)
    for (std::size_t l = 0; l < half; ++l)
      lane[l] = static_cast<ElementOf<V>>(combine(lane[l], lane[l + half]));
  return lane[0];
}

/// The x register value of a lane: signed lanes are sign-extended.
template <class T> TATAMI_INLINE std::uint64_t extended(T lane) {
  return static_cast<std::uint64_t>(lane);
}

// clang-format off

//===-- Two vectors --------------------------------------------------------===//

TATAMI_EXEC_MASKED_LANES(void, Vadd)  { writeLanes(t, i, vs1<U>(t, i) + vs2<U>(t, i)); }
TATAMI_EXEC_MASKED_LANES(void, Vsub)  { writeLanes(t, i, vs1<U>(t, i) - vs2<U>(t, i)); }
TATAMI_EXEC_MASKED_LANES(void, Vmul)  { writeLanes(t, i, vs1<U>(t, i) * vs2<U>(t, i)); }
TATAMI_EXEC_MASKED_LANES(void, Vmacc) { writeLanes(t, i, vd<U>(t, i) + vs1<U>(t, i) * vs2<U>(t, i)); }
TATAMI_EXEC_MASKED_LANES(void, Vand)  { writeLanes(t, i, vs1<U>(t, i) & vs2<U>(t, i)); }
TATAMI_EXEC_MASKED_LANES(void, Vor)   { writeLanes(t, i, vs1<U>(t, i) | vs2<U>(t, i)); }
TATAMI_EXEC_MASKED_LANES(void, Vxor)  { writeLanes(t, i, vs1<U>(t, i) ^ vs2<U>(t, i)); }
TATAMI_EXEC_MASKED_LANES(void, Vandn) { writeLanes(t, i, vs1<U>(t, i) & ~vs2<U>(t, i)); }
TATAMI_EXEC_MASKED_LANES(void, Vmin)  { writeLanes(t, i, minOf(vs1<S>(t, i), vs2<S>(t, i))); }
TATAMI_EXEC_MASKED_LANES(void, Vmax)  { writeLanes(t, i, maxOf(vs1<S>(t, i), vs2<S>(t, i))); }
TATAMI_EXEC_MASKED_LANES(void, Vminu) { writeLanes(t, i, minOf(vs1<U>(t, i), vs2<U>(t, i))); }
TATAMI_EXEC_MASKED_LANES(void, Vmaxu) { writeLanes(t, i, maxOf(vs1<U>(t, i), vs2<U>(t, i))); }

TATAMI_EXEC_MASKED_LANES(void, Vmulh) {
  auto high = [](auto a, auto b) { return highProduct(a, b); };
  writeLanes(t, i, byLane<S>(high, vs1<S>(t, i), vs2<S>(t, i)));
}
TATAMI_EXEC_MASKED_LANES(void, Vmulhu) {
  auto high = [](auto a, auto b) { return highProduct(a, b); };
  writeLanes(t, i, byLane<U>(high, vs1<U>(t, i), vs2<U>(t, i)));
}

// A signed sum overflows if its sign differs from both operands' signs.
TATAMI_EXEC_MASKED_LANES(void, Vadds) {
  U a = vs1<U>(t, i), b = vs2<U>(t, i), sum = a + b;
  S overflows = less(bitsAs<S>((a ^ sum) & (b ^ sum)), S{});
  writeLanes(t, i, select(overflows, saturationOf(a), sum));
}
TATAMI_EXEC_MASKED_LANES(void, Vsubs) {
  U a = vs1<U>(t, i), b = vs2<U>(t, i), difference = a - b;
  S overflows = less(bitsAs<S>((a ^ b) & (a ^ difference)), S{});
  writeLanes(t, i, select(overflows, saturationOf(a), difference));
}
TATAMI_EXEC_MASKED_LANES(void, Vaddsu) {
  U a = vs1<U>(t, i), sum = a + vs2<U>(t, i);
  writeLanes(t, i, sum | bitsAs<U>(less(sum, a)));
}
TATAMI_EXEC_MASKED_LANES(void, Vsubsu) {
  U a = vs1<U>(t, i), b = vs2<U>(t, i);
  writeLanes(t, i, (a - b) & ~bitsAs<U>(less(a, b)));
}

//===-- Shifts -------------------------------------------------------------===//

TATAMI_EXEC_MASKED_LANES(void, Vsll)  { writeLanes(t, i, vs1<U>(t, i) << moduloLane(vs2<U>(t, i))); }
TATAMI_EXEC_MASKED_LANES(void, Vsrl)  { writeLanes(t, i, vs1<U>(t, i) >> moduloLane(vs2<U>(t, i))); }
TATAMI_EXEC_MASKED_LANES(void, Vsra)  { writeLanes(t, i, vs1<S>(t, i) >> moduloLane(vs2<S>(t, i))); }
TATAMI_EXEC_MASKED_LANES(void, Vrol)  {
  U x = vs1<U>(t, i), amount = vs2<U>(t, i);
  writeLanes(t, i, (x << moduloLane(amount)) | (x >> moduloLane(-amount)));
}
TATAMI_EXEC_MASKED_LANES(void, Vslli) { writeLanes(t, i, vs1<U>(t, i) << moduloLane(splat<U>(ElementOf<U>(i.imm)))); }
TATAMI_EXEC_MASKED_LANES(void, Vsrli) { writeLanes(t, i, vs1<U>(t, i) >> moduloLane(splat<U>(ElementOf<U>(i.imm)))); }
TATAMI_EXEC_MASKED_LANES(void, Vsrai) { writeLanes(t, i, vs1<S>(t, i) >> moduloLane(splat<S>(ElementOf<S>(i.imm)))); }

//===-- Comparisons --------------------------------------------------------===//

TATAMI_EXEC_MASKED_LANES(void, Vcmpeq)  { writeComparison(t, i, equal(vs1<U>(t, i), vs2<U>(t, i))); }
TATAMI_EXEC_MASKED_LANES(void, Vcmpne)  { writeComparison(t, i, notEqual(vs1<U>(t, i), vs2<U>(t, i))); }
TATAMI_EXEC_MASKED_LANES(void, Vcmplt)  { writeComparison(t, i, less(vs1<S>(t, i), vs2<S>(t, i))); }
TATAMI_EXEC_MASKED_LANES(void, Vcmple)  { writeComparison(t, i, lessEqual(vs1<S>(t, i), vs2<S>(t, i))); }
TATAMI_EXEC_MASKED_LANES(void, Vcmpltu) { writeComparison(t, i, less(vs1<U>(t, i), vs2<U>(t, i))); }
TATAMI_EXEC_MASKED_LANES(void, Vcmpleu) { writeComparison(t, i, lessEqual(vs1<U>(t, i), vs2<U>(t, i))); }

//===-- One vector ---------------------------------------------------------===//

TATAMI_EXEC_MASKED_LANES(void, Vmov)  { writeLanes(t, i, vs1<U>(t, i)); }
TATAMI_EXEC_MASKED_LANES(void, Vnot)  { writeLanes(t, i, ~vs1<U>(t, i)); }
TATAMI_EXEC_MASKED_LANES(void, Vabs)  {
  U x = vs1<U>(t, i);
  writeLanes(t, i, select(less(bitsAs<S>(x), S{}), U{} - x, x));
}
TATAMI_EXEC_MASKED_LANES(void, Vcpop) { writeLanes(t, i, byLane<U>([](auto x) { return std::popcount(x); }, vs1<U>(t, i))); }
TATAMI_EXEC_MASKED_LANES(void, Vclz)  { writeLanes(t, i, byLane<U>([](auto x) { return std::countl_zero(x); }, vs1<U>(t, i))); }
TATAMI_EXEC_MASKED_LANES(void, Vctz)  { writeLanes(t, i, byLane<U>([](auto x) { return std::countr_zero(x); }, vs1<U>(t, i))); }
TATAMI_EXEC_MASKED_LANES(void, Vrev8) { writeLanes(t, i, byLane<U>([](auto x) { return reverseBytes(x); }, vs1<U>(t, i))); }

//===-- Constants, single lanes --------------------------------------------===//

TATAMI_EXEC_LANES(void, Vsplat)    { writeVector(t.v[i.vd], splat<U>(ElementOf<U>(t.x[i.rs1]))); }
TATAMI_EXEC_LANES(void, Vli)       { writeVector(t.v[i.vd], splat<U>(ElementOf<U>(i.imm))); }
TATAMI_EXEC_LANES(void, Viota)     { writeVector(t.v[i.vd], laneNumbers<U>()); }
TATAMI_EXEC_LANES(void, Vextract)  { t.x[i.rd] = extended(arrayOf(lanes<S>(t.v[i.rs1]))[unsigned(i.imm) % LaneCount<U>]); }
TATAMI_EXEC_LANES(void, Vextractx) { t.x[i.rd] = extended(arrayOf(lanes<S>(t.v[i.rs1]))[t.x[i.rs2] % LaneCount<U>]); }
TATAMI_EXEC_LANES(void, Vinsert) {
  ArrayOf<U> lane = arrayOf(lanes<U>(t.v[i.rd]));
  lane[unsigned(i.imm) % LaneCount<U>] = ElementOf<U>(t.x[i.rs1]);
  writeVector(t.v[i.rd], lane);
}
TATAMI_EXEC_LANES(void, Vinsertx) {
  ArrayOf<U> lane = arrayOf(lanes<U>(t.v[i.rd]));
  lane[t.x[i.rs2] % LaneCount<U>] = ElementOf<U>(t.x[i.rs1]);
  writeVector(t.v[i.rd], lane);
}

//===-- All lanes to one scalar --------------------------------------------===//

TATAMI_EXEC_LANES(void, Vredsum)  { t.x[i.rd] = extended(ElementOf<S>(reduceLanes(vs1<U>(t, i), [](auto a, auto b) { return a + b; }))); }
TATAMI_EXEC_LANES(void, Vredand)  { t.x[i.rd] = extended(reduceLanes(vs1<S>(t, i), [](auto a, auto b) { return a & b; })); }
TATAMI_EXEC_LANES(void, Vredor)   { t.x[i.rd] = extended(reduceLanes(vs1<S>(t, i), [](auto a, auto b) { return a | b; })); }
TATAMI_EXEC_LANES(void, Vredxor)  { t.x[i.rd] = extended(reduceLanes(vs1<S>(t, i), [](auto a, auto b) { return a ^ b; })); }
TATAMI_EXEC_LANES(void, Vredmin)  { t.x[i.rd] = extended(reduceLanes(vs1<S>(t, i), [](auto a, auto b) { return std::min(a, b); })); }
TATAMI_EXEC_LANES(void, Vredmax)  { t.x[i.rd] = extended(reduceLanes(vs1<S>(t, i), [](auto a, auto b) { return std::max(a, b); })); }
TATAMI_EXEC_LANES(void, Vredminu) { t.x[i.rd] = extended(reduceLanes(vs1<U>(t, i), [](auto a, auto b) { return std::min(a, b); })); }
TATAMI_EXEC_LANES(void, Vredmaxu) { t.x[i.rd] = extended(reduceLanes(vs1<U>(t, i), [](auto a, auto b) { return std::max(a, b); })); }

// clang-format on

} // namespace tatami::inline TATAMI_HOST_LEVEL

#endif // TATAMI_SEMANTICS_VECTORINT_H
