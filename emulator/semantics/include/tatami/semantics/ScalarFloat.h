//===- ScalarFloat.h - FP32 in lane 0 ---------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_SEMANTICS_SCALARFLOAT_H
#define TATAMI_SEMANTICS_SCALARFLOAT_H

#include "tatami/numerics/Float32.h"
#include "tatami/semantics/Scalar.h"

namespace tatami::inline TATAMI_HOST_LEVEL {

/// Lane 0 of the operands rs1, rs2 and rs3.
template <class Operands>
TATAMI_INLINE float frs1(const ThreadState &t, const Operands &i) {
  return lane0(t.v[i.rs1]);
}
template <class Operands>
TATAMI_INLINE float frs2(const ThreadState &t, const Operands &i) {
  return lane0(t.v[i.rs2]);
}
template <class Operands>
TATAMI_INLINE float frs3(const ThreadState &t, const Operands &i) {
  return lane0(t.v[i.rs3]);
}

/// \p bits with the sign bit of \p sign.
TATAMI_INLINE std::uint32_t withSign(std::uint32_t bits, std::uint32_t sign) {
  return (bits & MagnitudeMask32) | (sign & SignBit32);
}

// clang-format off

TATAMI_EXEC(void, Fadd)   { writeLane0(t.v[i.rd], addFloat(frs1(t, i), frs2(t, i))); }
TATAMI_EXEC(void, Fsub)   { writeLane0(t.v[i.rd], subFloat(frs1(t, i), frs2(t, i))); }
TATAMI_EXEC(void, Fmul)   { writeLane0(t.v[i.rd], mulFloat(frs1(t, i), frs2(t, i))); }
TATAMI_EXEC(void, Fdiv)   { writeLane0(t.v[i.rd], divFloat(frs1(t, i), frs2(t, i))); }
TATAMI_EXEC(void, Fmin)   { writeLane0(t.v[i.rd], minimumNumber(frs1(t, i), frs2(t, i))); }
TATAMI_EXEC(void, Fmax)   { writeLane0(t.v[i.rd], maximumNumber(frs1(t, i), frs2(t, i))); }
TATAMI_EXEC(void, Fsgnj)  { writeLane0(t.v[i.rd], withSign(lane0Bits(t.v[i.rs1]), lane0Bits(t.v[i.rs2]))); }
TATAMI_EXEC(void, Fsgnjn) { writeLane0(t.v[i.rd], withSign(lane0Bits(t.v[i.rs1]), ~lane0Bits(t.v[i.rs2]))); }
TATAMI_EXEC(void, Fsgnjx) { writeLane0(t.v[i.rd], lane0Bits(t.v[i.rs1]) ^ (lane0Bits(t.v[i.rs2]) & SignBit32)); }

TATAMI_EXEC(void, Fsqrt)  { writeLane0(t.v[i.rd], sqrtFloat(frs1(t, i))); }
TATAMI_EXEC(void, Frint)  { writeLane0(t.v[i.rd], roundToEven(frs1(t, i))); }
TATAMI_EXEC(void, Ftrunc) { writeLane0(t.v[i.rd], roundToZero(frs1(t, i))); }
TATAMI_EXEC(void, Ffloor) { writeLane0(t.v[i.rd], roundDown(frs1(t, i))); }
TATAMI_EXEC(void, Fceil)  { writeLane0(t.v[i.rd], roundUp(frs1(t, i))); }
TATAMI_EXEC(void, Fround) { writeLane0(t.v[i.rd], roundToAway(frs1(t, i))); }
TATAMI_EXEC(void, Fmv)    { writeLane0(t.v[i.rd], lane0Bits(t.v[i.rs1])); }

TATAMI_EXEC(void, Fmadd)  { writeLane0(t.v[i.rd], fmaFloat(frs1(t, i), frs2(t, i), frs3(t, i))); }
TATAMI_EXEC(void, Fmsub)  { writeLane0(t.v[i.rd], fmaFloat(frs1(t, i), frs2(t, i), -frs3(t, i))); }
TATAMI_EXEC(void, Fnmsub) { writeLane0(t.v[i.rd], fmaFloat(-frs1(t, i), frs2(t, i), frs3(t, i))); }
TATAMI_EXEC(void, Fnmadd) { writeLane0(t.v[i.rd], fmaFloat(-frs1(t, i), frs2(t, i), -frs3(t, i))); }
TATAMI_EXEC(void, Fsel)   { writeLane0(t.v[i.rd], lane0Bits(t.v[t.x[i.rs1] != 0 ? i.rs2 : i.rs3])); }

TATAMI_EXEC(void, Feq)    { t.x[i.rd] = frs1(t, i) == frs2(t, i); }
TATAMI_EXEC(void, Flt)    { t.x[i.rd] = frs1(t, i) < frs2(t, i); }
TATAMI_EXEC(void, Fle)    { t.x[i.rd] = frs1(t, i) <= frs2(t, i); }

TATAMI_EXEC(void, Fcvtws)  { t.x[i.rd] = constant(intFromFloat(frs1(t, i))); }
TATAMI_EXEC(void, Fcvtwus) { t.x[i.rd] = signExtend32(uintFromFloat(frs1(t, i))); }
TATAMI_EXEC(void, Fcvtls)  { t.x[i.rd] = static_cast<std::uint64_t>(int64FromFloat(frs1(t, i))); }
TATAMI_EXEC(void, Fcvtlus) { t.x[i.rd] = uint64FromFloat(frs1(t, i)); }
TATAMI_EXEC(void, Fmvxw)   { t.x[i.rd] = signExtend32(lane0Bits(t.v[i.rs1])); }
TATAMI_EXEC(void, Fcvtsw)  { writeLane0(t.v[i.rd], static_cast<float>(signed32(t.x[i.rs1]))); }
TATAMI_EXEC(void, Fcvtswu) { writeLane0(t.v[i.rd], static_cast<float>(low32(t.x[i.rs1]))); }
TATAMI_EXEC(void, Fcvtsl)  { writeLane0(t.v[i.rd], static_cast<float>(asSigned(t.x[i.rs1]))); }
TATAMI_EXEC(void, Fcvtslu) { writeLane0(t.v[i.rd], static_cast<float>(t.x[i.rs1])); }
TATAMI_EXEC(void, Fmvwx)   { writeLane0(t.v[i.rd], low32(t.x[i.rs1])); }

// clang-format on

} // namespace tatami::inline TATAMI_HOST_LEVEL

#endif // TATAMI_SEMANTICS_SCALARFLOAT_H
