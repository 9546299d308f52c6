//===- VectorFloat.h - FP32 on 16 lanes -------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_SEMANTICS_VECTORFLOAT_H
#define TATAMI_SEMANTICS_VECTORFLOAT_H

#include "tatami/numerics/Approximate.h"
#include "tatami/semantics/ScalarFloat.h"
#include "tatami/semantics/VectorInt.h"

namespace tatami::inline TATAMI_HOST_LEVEL {

/// The vector operands as FP32 lanes.
template <class Operands>
TATAMI_INLINE F32x16 fvs1(const ThreadState &t, const Operands &i) {
  return vs1<F32x16>(t, i);
}
template <class Operands>
TATAMI_INLINE F32x16 fvs2(const ThreadState &t, const Operands &i) {
  return vs2<F32x16>(t, i);
}
template <class Operands>
TATAMI_INLINE F32x16 fvd(const ThreadState &t, const Operands &i) {
  return vd<F32x16>(t, i);
}

// clang-format off

TATAMI_EXEC_MASKED(void, Vfadd)   { writeLanes(t, i, addFloat(fvs1(t, i), fvs2(t, i))); }
TATAMI_EXEC_MASKED(void, Vfsub)   { writeLanes(t, i, subFloat(fvs1(t, i), fvs2(t, i))); }
TATAMI_EXEC_MASKED(void, Vfmul)   { writeLanes(t, i, mulFloat(fvs1(t, i), fvs2(t, i))); }
TATAMI_EXEC_MASKED(void, Vfdiv)   { writeLanes(t, i, divFloat(fvs1(t, i), fvs2(t, i))); }
TATAMI_EXEC_MASKED(void, Vfmin)   { writeLanes(t, i, minimumNumber(fvs1(t, i), fvs2(t, i))); }
TATAMI_EXEC_MASKED(void, Vfmax)   { writeLanes(t, i, maximumNumber(fvs1(t, i), fvs2(t, i))); }
TATAMI_EXEC_MASKED(void, Vfsgnj)  { writeLanes(t, i, copySignFloat(fvs1(t, i), fvs2(t, i))); }
TATAMI_EXEC_MASKED(void, Vfsgnjn) { writeLanes(t, i, copySignFloat(fvs1(t, i), negateFloat(fvs2(t, i)))); }
TATAMI_EXEC_MASKED(void, Vfsgnjx) { writeLanes(t, i, vs1<U32x16>(t, i) ^ (vs2<U32x16>(t, i) & SignBit32)); }
TATAMI_EXEC_MASKED(void, Vfmadd)  { writeLanes(t, i, fmaFloat(fvs1(t, i), fvs2(t, i), fvd(t, i))); }
TATAMI_EXEC_MASKED(void, Vfmsub)  { writeLanes(t, i, fmaFloat(fvs1(t, i), fvs2(t, i), -fvd(t, i))); }
TATAMI_EXEC_MASKED(void, Vfnmsub) { writeLanes(t, i, fmaFloat(-fvs1(t, i), fvs2(t, i), fvd(t, i))); }
TATAMI_EXEC_MASKED(void, Vfnmadd) { writeLanes(t, i, fmaFloat(-fvs1(t, i), fvs2(t, i), -fvd(t, i))); }

TATAMI_EXEC_MASKED(void, Vfsqrt)  { writeLanes(t, i, sqrtFloat(fvs1(t, i))); }
TATAMI_EXEC_MASKED(void, Vfrint)  { writeLanes(t, i, roundToEven(fvs1(t, i))); }
TATAMI_EXEC_MASKED(void, Vftrunc) { writeLanes(t, i, roundToZero(fvs1(t, i))); }
TATAMI_EXEC_MASKED(void, Vffloor) { writeLanes(t, i, roundDown(fvs1(t, i))); }
TATAMI_EXEC_MASKED(void, Vfceil)  { writeLanes(t, i, roundUp(fvs1(t, i))); }
TATAMI_EXEC_MASKED(void, Vfround) { writeLanes(t, i, roundToAway(fvs1(t, i))); }
TATAMI_EXEC_MASKED(void, Vfneg)   { writeLanes(t, i, negateFloat(fvs1(t, i))); }
TATAMI_EXEC_MASKED(void, Vfabs)   { writeLanes(t, i, absFloat(fvs1(t, i))); }
TATAMI_EXEC_MASKED(void, Vrcp)    { writeLanes(t, i, approximateReciprocal(fvs1(t, i))); }
TATAMI_EXEC_MASKED(void, Vrsqrt)  { writeLanes(t, i, approximateRsqrt(fvs1(t, i))); }
TATAMI_EXEC_MASKED(void, Vexp2)   { writeLanes(t, i, approximateExp2(fvs1(t, i))); }
TATAMI_EXEC_MASKED(void, Vlog2)   { writeLanes(t, i, approximateLog2(fvs1(t, i))); }
TATAMI_EXEC_MASKED(void, Vtanh)   { writeLanes(t, i, approximateTanh(fvs1(t, i))); }

TATAMI_EXEC_MASKED(void, VfcvtSW)  { writeLanes(t, i, floatFromInt(vs1<I32x16>(t, i))); }
TATAMI_EXEC_MASKED(void, VfcvtSWu) { writeLanes(t, i, floatFromInt(vs1<U32x16>(t, i))); }
TATAMI_EXEC_MASKED(void, VfcvtWS)  { writeLanes(t, i, intFromFloat(fvs1(t, i))); }
TATAMI_EXEC_MASKED(void, VfcvtWuS) { writeLanes(t, i, uintFromFloat(fvs1(t, i))); }

TATAMI_EXEC_MASKED(void, Vfcmpeq)  { writeComparison(t, i, equal(fvs1(t, i), fvs2(t, i))); }
TATAMI_EXEC_MASKED(void, Vfcmpne)  { writeComparison(t, i, notEqual(fvs1(t, i), fvs2(t, i))); }
TATAMI_EXEC_MASKED(void, Vfcmplt)  { writeComparison(t, i, less(fvs1(t, i), fvs2(t, i))); }
TATAMI_EXEC_MASKED(void, Vfcmple)  { writeComparison(t, i, lessEqual(fvs1(t, i), fvs2(t, i))); }
TATAMI_EXEC_MASKED(void, Vfcmpord) { writeComparison(t, i, ~(isNaN(fvs1(t, i)) | isNaN(fvs2(t, i)))); }

// Lane i meets lane i + 8; of the results, lane i meets lane i + 4; and so on.
TATAMI_EXEC(void, Vfredsum) { writeLane0(t.v[i.vd], reduceLanes(fvs1(t, i), [](float a, float b) { return addFloat(a, b); })); }
TATAMI_EXEC(void, Vfredmin) { writeLane0(t.v[i.vd], reduceLanes(fvs1(t, i), [](float a, float b) { return minimumNumber(a, b); })); }
TATAMI_EXEC(void, Vfredmax) { writeLane0(t.v[i.vd], reduceLanes(fvs1(t, i), [](float a, float b) { return maximumNumber(a, b); })); }
TATAMI_EXEC(void, Vfredosum) {
  float sum = lane0(t.v[i.vs1]);
  for (float lane : arrayOf(fvs2(t, i)))
    sum = addFloat(sum, lane);
  writeLane0(t.v[i.vd], sum);
}

TATAMI_EXEC(void, VsplatS)   { writeVector(t.v[i.vd], splat<U32x16>(lane0Bits(t.v[i.vs1]))); }
TATAMI_EXEC(void, Vfextract) { writeLane0(t.v[i.rd], arrayOf(lanes<U32x16>(t.v[i.rs1]))[unsigned(i.imm) % 16]); }
TATAMI_EXEC(void, Vfinsert)  {
  ArrayOf<U32x16> lane = arrayOf(lanes<U32x16>(t.v[i.rd]));
  lane[unsigned(i.imm) % 16] = lane0Bits(t.v[i.rs1]);
  writeVector(t.v[i.rd], lane);
}

// clang-format on

} // namespace tatami::inline TATAMI_HOST_LEVEL

#endif // TATAMI_SEMANTICS_VECTORFLOAT_H
