//===- Exec.h - How the body of an instruction is written -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Each instruction has one body, which is its definition: the manual quotes it.
// These four macros open a body; within it, `t` is the thread, `mem` the node's
// memory and `i` the operands.
//
//   TATAMI_EXEC(Facts, Add) { ... }           the struct isa::Add
//   TATAMI_EXEC_MASKED(Facts, Vfadd) { ... }  isa::Vfadd<Form>, all its forms
//   TATAMI_EXEC_LANES(Facts, Vsplat) { ... }  isa::VsplatB, H, W and D at once
//   TATAMI_EXEC_MASKED_LANES(Facts, Vadd)     isa::VaddB<Form>, H, W and D
//
// In the last two, U is the vector of unsigned lanes and S that of signed ones.
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_SEMANTICS_EXEC_H
#define TATAMI_SEMANTICS_EXEC_H

#include "tatami/isa/Isa.h"
#include "tatami/node/ThreadState.h"
#include "tatami/semantics/Facts.h"

#define TATAMI_EXEC_PARAMETERS(...)                                            \
  ([[maybe_unused]] ThreadState & t, [[maybe_unused]] Memory & mem,            \
   [[maybe_unused]] const __VA_ARGS__ &i)

#define TATAMI_EXEC(FACTS, NAME)                                               \
  template <class Memory>                                                      \
  TATAMI_INLINE FACTS exec TATAMI_EXEC_PARAMETERS(isa::NAME)

#define TATAMI_EXEC_MASKED(FACTS, NAME)                                        \
  template <isa::Form F, class Memory>                                         \
  TATAMI_INLINE FACTS exec TATAMI_EXEC_PARAMETERS(isa::NAME<F>)

#define TATAMI_EXEC_ONE_LANE(FACTS, NAME, LETTER, LANES)                       \
  TATAMI_EXEC(FACTS, NAME##LETTER) {                                           \
    return exec##NAME<LANES, SignedOf<LANES>>(t, mem, i);                      \
  }
#define TATAMI_EXEC_ONE_MASKED_LANE(FACTS, NAME, LETTER, LANES)                \
  TATAMI_EXEC_MASKED(FACTS, NAME##LETTER) {                                    \
    return exec##NAME<LANES, SignedOf<LANES>>(t, mem, i);                      \
  }
#define TATAMI_EXEC_LANES_HEAD(FACTS, NAME)                                    \
  template <class U, class S, class Memory, class Operands>                    \
  TATAMI_INLINE FACTS exec##NAME TATAMI_EXEC_PARAMETERS(Operands)

#define TATAMI_EXEC_LANES(FACTS, NAME)                                         \
  TATAMI_EXEC_LANES_HEAD(FACTS, NAME);                                         \
  TATAMI_EXEC_ONE_LANE(FACTS, NAME, B, U8x64)                                  \
  TATAMI_EXEC_ONE_LANE(FACTS, NAME, H, U16x32)                                 \
  TATAMI_EXEC_ONE_LANE(FACTS, NAME, W, U32x16)                                 \
  TATAMI_EXEC_ONE_LANE(FACTS, NAME, D, U64x8)                                  \
  TATAMI_EXEC_LANES_HEAD(FACTS, NAME)

#define TATAMI_EXEC_MASKED_LANES(FACTS, NAME)                                  \
  TATAMI_EXEC_LANES_HEAD(FACTS, NAME);                                         \
  TATAMI_EXEC_ONE_MASKED_LANE(FACTS, NAME, B, U8x64)                           \
  TATAMI_EXEC_ONE_MASKED_LANE(FACTS, NAME, H, U16x32)                          \
  TATAMI_EXEC_ONE_MASKED_LANE(FACTS, NAME, W, U32x16)                          \
  TATAMI_EXEC_ONE_MASKED_LANE(FACTS, NAME, D, U64x8)                           \
  TATAMI_EXEC_LANES_HEAD(FACTS, NAME)

namespace tatami::inline TATAMI_HOST_LEVEL {

/// The form of a masked instruction's operands; Plain for all others.
template <class Operands> inline constexpr isa::Form FormOf = isa::Form::Plain;
template <template <isa::Form> class Operands, isa::Form F>
inline constexpr isa::Form FormOf<Operands<F>> = F;

/// A vector register as lanes of V.
template <class V> TATAMI_INLINE V lanes(const V512 &reg) {
  return bitsAs<V>(reg);
}

/// The vector operands of an instruction.
template <class V, class Operands>
TATAMI_INLINE V vs1(const ThreadState &t, const Operands &i) {
  return lanes<V>(t.v[i.vs1]);
}
template <class V, class Operands>
TATAMI_INLINE V vs2(const ThreadState &t, const Operands &i) {
  return lanes<V>(t.v[i.vs2]);
}
template <class V, class Operands>
TATAMI_INLINE V vd(const ThreadState &t, const Operands &i) {
  return lanes<V>(t.v[i.vd]);
}

/// All ones in each lane of V whose bit of \p mask is set.
template <class V> TATAMI_INLINE SignedOf<V> lanesOfMask(std::uint64_t mask) {
  using U = UnsignedOf<V>;
  constexpr unsigned Width = 8 * sizeof(ElementOf<V>);
  constexpr std::uint64_t Ones =
      Width == 64 ? ~0ull : (1ull << (Width % 64)) - 1;
  // Lane i tests bit i % Width of the Width mask bits that hold bit i.
  constexpr ArrayOf<U> Bit = [] {
    ArrayOf<U> bit{};
    for (unsigned lane = 0; lane < bit.size(); ++lane)
      bit[lane] = static_cast<ElementOf<U>>(ElementOf<U>(1) << (lane % Width));
    return bit;
  }();
  ArrayOf<U64x8> words;
  for (unsigned word = 0; word < words.size(); ++word) {
    unsigned firstLane = word * (64 / Width);
    words[word] =
        ((mask >> (firstLane / Width * Width)) & Ones) * (~0ull / Ones);
  }
  return notEqual(bitsAs<U>(words) & bitsAs<U>(Bit), U{});
}

/// Bit i is set where lane i of a comparison's result is all ones.
template <class S> TATAMI_INLINE std::uint64_t maskOfLanes(S comparison) {
  // Eight lanes at a time: one 0 or 1 in each byte of a word; the product
  // gathers them in its top byte.
  ArrayOf<S> lane = arrayOf(comparison);
  std::array<std::uint8_t, LaneCount<S>> ones;
  for (unsigned i = 0; i < LaneCount<S>; ++i)
    ones[i] = static_cast<std::uint8_t>(lane[i] & 1);
  std::uint64_t mask = 0;
  for (unsigned i = 0; i < LaneCount<S>; i += 8) {
    std::uint64_t eight;
    std::memcpy(&eight, &ones[i], 8);
    mask |= (eight * 0x0102040810204080u >> 56) << i;
  }
  return mask;
}

/// Writes the result \p r as the instruction's form says: lanes outside the
/// mask keep their value (merge) or become zero.
template <class Operands, class V>
TATAMI_INLINE void writeLanes(ThreadState &t, const Operands &i, V r) {
  if constexpr (FormOf<Operands> == isa::Form::Merge)
    r = select(lanesOfMask<V>(t.m[i.m]), r, lanes<V>(t.v[i.vd]));
  else if constexpr (FormOf<Operands> == isa::Form::Zero)
    r = select(lanesOfMask<V>(t.m[i.m]), r, V{});
  t.v[i.vd] = bitsAs<V512>(r);
}

/// Writes a whole vector register.
template <class V> TATAMI_INLINE void writeVector(V512 &reg, V value) {
  static_assert(sizeof(V) == sizeof(V512));
  reg = bitsAs<V512>(value);
}

/// Lane 0 of a register as FP32; writing it makes the other lanes zero.
TATAMI_INLINE float lane0(const V512 &reg) { return reg.f32[0]; }
TATAMI_INLINE std::uint32_t lane0Bits(const V512 &reg) { return reg.u32[0]; }
TATAMI_INLINE void writeLane0(V512 &reg, std::uint32_t bits) {
  reg.u32 = U32x16{bits};
}
TATAMI_INLINE void writeLane0(V512 &reg, float value) {
  reg.f32 = F32x16{value};
}

/// Writes a mask register; what is written to m0 is lost.
TATAMI_INLINE void writeMask(ThreadState &t, unsigned md, std::uint64_t mask) {
  t.m[md] = mask;
  t.m[0] = ~std::uint64_t(0);
}

/// Writes a comparison's result. The masked form only keeps lanes of the mask.
template <class Operands, class S>
TATAMI_INLINE void writeComparison(ThreadState &t, const Operands &i, S r) {
  std::uint64_t mask = maskOfLanes(r);
  if constexpr (FormOf<Operands> != isa::Form::Plain)
    mask &= t.m[i.m];
  writeMask(t, i.md, mask);
}

/// An x register that an instruction reads and writes: as a source, the sink
/// and x0 are zero; written, they stay so.
TATAMI_INLINE std::uint64_t readDestination(const ThreadState &t, unsigned rd) {
  return t.x[rd % SinkRegister];
}
TATAMI_INLINE void writeDestination(ThreadState &t, unsigned rd,
                                    std::uint64_t value) {
  t.x[rd] = value;
  t.x[0] = 0;
}

} // namespace tatami::inline TATAMI_HOST_LEVEL

#endif // TATAMI_SEMANTICS_EXEC_H
