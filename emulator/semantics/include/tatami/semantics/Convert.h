//===- Convert.h - Narrow number formats ------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_SEMANTICS_CONVERT_H
#define TATAMI_SEMANTICS_CONVERT_H

#include "tatami/numerics/Random.h"
#include "tatami/numerics/SmallFloat.h"
#include "tatami/semantics/Permute.h"
#include "tatami/semantics/ScalarFloat.h"

namespace tatami::inline TATAMI_HOST_LEVEL {

/// 16 elements of type E, from the low or the high half, widened to FP32.
template <SmallFormat Format, class E, bool High = false>
TATAMI_INLINE F32x16 widenLanes(const V512 &reg, std::uint64_t bias) {
  return widenSmall<Format>(
      extendLanes<E, U32x16, High>(reg),
      splat<U32x16>(static_cast<std::uint32_t>(bias & MaxConfigurableBias)));
}
template <bool High> TATAMI_INLINE F32x16 widenBf16Lanes(const V512 &reg) {
  return widenBf16(extendLanes<std::uint16_t, U32x16, High>(reg));
}

/// Narrows 16 FP32 lanes to the lowest lanes of rd, sets sticky flags.
template <SmallFormat Format, class E, bool Stochastic, class Operands>
TATAMI_INLINE void narrowLanes(ThreadState &t, const Operands &i,
                               std::uint64_t bias, U32x16 random) {
  auto r = narrowSmall<Format, Stochastic>(
      vrs1<F32x16>(t, i),
      splat<U32x16>(static_cast<std::uint32_t>(bias & MaxConfigurableBias)),
      random);
  t.conversionFlags |=
      reduceLanes(r.flags, [](auto a, auto b) { return a | b; });
  t.v[i.rd] = truncateLanes<E>(r.code);
}
template <SmallFormat Format, class E, class Operands>
TATAMI_INLINE void narrowToNearest(ThreadState &t, const Operands &i,
                                   std::uint64_t bias) {
  narrowLanes<Format, E, false>(t, i, bias, U32x16{});
}
/// \p seedAndCounter: seed in bits 63..32, counter in bits 31..0.
TATAMI_INLINE U32x16 randomLanes(std::uint64_t seedAndCounter) {
  return randomBits(seedAndCounter >> 32, low32(seedAndCounter),
                    laneNumbers<U32x16>());
}
template <SmallFormat Format, class E, class Operands>
TATAMI_INLINE void narrowStochastically(ThreadState &t, const Operands &i,
                                        std::uint64_t bias,
                                        std::uint64_t seedAndCounter) {
  narrowLanes<Format, E, true>(t, i, bias, randomLanes(seedAndCounter));
}

/// 16 FP32 lanes to BF16 or FP16 codes; these set no flags.
TATAMI_INLINE U32x16 narrowToFp16(F32x16 x) {
  return narrowSmall<Fp16, false>(x, splat<U32x16>(Fp16Bias), U32x16{}).code;
}
/// 16-bit codes of two vectors, side by side.
TATAMI_INLINE V512 packHalves(U32x16 low, U32x16 high) {
  return bitsAs<V512>(
      std::array{convertLanes<U16x16>(low), convertLanes<U16x16>(high)});
}

// clang-format off

TATAMI_EXEC(void, VcvtSBf)   { writeVector(t.v[i.rd], widenBf16Lanes<false>(t.v[i.rs1])); }
TATAMI_EXEC(void, VcvthSBf)  { writeVector(t.v[i.rd], widenBf16Lanes<true>(t.v[i.rs1])); }
TATAMI_EXEC(void, VcvtSH)    { writeVector(t.v[i.rd], widenLanes<Fp16, std::uint16_t, false>(t.v[i.rs1], Fp16Bias)); }
TATAMI_EXEC(void, VcvthSH)   { writeVector(t.v[i.rd], widenLanes<Fp16, std::uint16_t, true>(t.v[i.rs1], Fp16Bias)); }
TATAMI_EXEC(void, VcvtSUhp)  { writeVector(t.v[i.rd], widenLanes<CFloat16Uhp, std::uint16_t>(t.v[i.rs1], UhpBias)); }
TATAMI_EXEC(void, VcvtSC143) { writeVector(t.v[i.rd], widenLanes<CFloat8E4M3, std::uint8_t>(t.v[i.rs1], t.x[i.rs2])); }
TATAMI_EXEC(void, VcvtSC152) { writeVector(t.v[i.rd], widenLanes<CFloat8E5M2, std::uint8_t>(t.v[i.rs1], t.x[i.rs2])); }
TATAMI_EXEC(void, VcvtSShp)  { writeVector(t.v[i.rd], widenLanes<CFloat16Shp, std::uint16_t>(t.v[i.rs1], t.x[i.rs2])); }

TATAMI_EXEC(void, VcvtBfS)   { t.v[i.rd] = packHalves(narrowBf16(vrs1<F32x16>(t, i)), narrowBf16(vrs2<F32x16>(t, i))); }
TATAMI_EXEC(void, VcvtHS)    { t.v[i.rd] = packHalves(narrowToFp16(vrs1<F32x16>(t, i)), narrowToFp16(vrs2<F32x16>(t, i))); }
TATAMI_EXEC(void, VcvtC143S) { narrowToNearest<CFloat8E4M3, std::uint8_t>(t, i, t.x[i.rs2]); }
TATAMI_EXEC(void, VcvtC152S) { narrowToNearest<CFloat8E5M2, std::uint8_t>(t, i, t.x[i.rs2]); }
TATAMI_EXEC(void, VcvtShpS)  { narrowToNearest<CFloat16Shp, std::uint16_t>(t, i, t.x[i.rs2]); }
TATAMI_EXEC(void, VcvtUhpS)  { narrowToNearest<CFloat16Uhp, std::uint16_t>(t, i, UhpBias); }

TATAMI_EXEC(void, VcvtsrC143S) { narrowStochastically<CFloat8E4M3, std::uint8_t>(t, i, t.x[i.rs2], t.x[i.rs3]); }
TATAMI_EXEC(void, VcvtsrC152S) { narrowStochastically<CFloat8E5M2, std::uint8_t>(t, i, t.x[i.rs2], t.x[i.rs3]); }
TATAMI_EXEC(void, VcvtsrShpS)  { narrowStochastically<CFloat16Shp, std::uint16_t>(t, i, t.x[i.rs2], t.x[i.rs3]); }
TATAMI_EXEC(void, VcvtsrUhpS)  { narrowStochastically<CFloat16Uhp, std::uint16_t>(t, i, UhpBias, t.x[i.rs2]); }
TATAMI_EXEC(void, VcvtsrBfS)   {
  auto r = narrowSmall<Bf16, true>(vrs1<F32x16>(t, i), splat<U32x16>(Bf16Bias), randomLanes(t.x[i.rs2]));
  t.v[i.rd] = truncateLanes<std::uint16_t>(r.code);
}

TATAMI_EXEC(void, FcvtSBf) { writeLane0(t.v[i.rd], widenBf16(low32(t.x[i.rs1]) & 0xffff)); }
TATAMI_EXEC(void, FcvtSH)  { writeLane0(t.v[i.rd], widenSmall<Fp16>(low32(t.x[i.rs1]), std::uint32_t(Fp16Bias))); }
TATAMI_EXEC(void, FcvtBfS) { t.x[i.rd] = narrowBf16(frs1(t, i)); }
TATAMI_EXEC(void, FcvtHS)  { t.x[i.rd] = narrowSmall<Fp16, false>(frs1(t, i), std::uint32_t(Fp16Bias), 0u).code; }

// clang-format on

} // namespace tatami::inline TATAMI_HOST_LEVEL

#endif // TATAMI_SEMANTICS_CONVERT_H
