//===- TatamiVectorUtils.h - Shared by the files that lower vectors -------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef LLVM_LIB_TARGET_TATAMI_TATAMIVECTORUTILS_H
#define LLVM_LIB_TARGET_TATAMI_TATAMIVECTORUTILS_H

#include "llvm/CodeGen/SelectionDAG.h"

namespace llvm::TatamiVector {

inline bool isAccumulator(EVT VT) {
  return VT == MVT::v64f32 || VT == MVT::v64i32;
}

inline bool isMask(EVT VT) {
  return VT.isVector() && VT.getVectorElementType() == MVT::i1;
}

/// A type of a vector register.
inline bool isFull(EVT VT) {
  return VT.isFixedLengthVector() && VT.getFixedSizeInBits() == 512 &&
         VT.isSimple() && !isMask(VT);
}

/// 512 bits of this element type.
MVT getFullType(EVT Element);
/// The lanes of a vector type as integers.
MVT getIntType(EVT VT);
/// The mask for a vector of that many lanes, a legal one.
MVT getMaskType(unsigned Lanes);

/// A vector of less than 512 bits in the low lanes of a register, the rest
/// undefined; also in the middle of type legalisation.
SDValue widen(SDValue V, const SDLoc &DL, SelectionDAG &DAG);
/// The low lanes of a register as a smaller vector.
SDValue narrow(SDValue V, EVT VT, const SDLoc &DL, SelectionDAG &DAG);
/// What lowered an operation, a register perhaps, as the type that is wanted;
/// memory operations have their chain as a second result.
SDValue fitType(SDValue V, EVT VT, const SDLoc &DL, SelectionDAG &DAG);
/// Mask of the lowest lanes.
SDValue getLowMask(MVT MaskVT, unsigned Lanes, const SDLoc &DL,
                   SelectionDAG &DAG);
/// All lanes or none, after a scalar that is 0 or 1.
SDValue getScalarMask(SDValue Condition, MVT MaskVT, const SDLoc &DL,
                      SelectionDAG &DAG);
/// A constant in all lanes.
SDValue getSplat(int64_t Value, MVT VT, const SDLoc &DL, SelectionDAG &DAG);
/// A constant vector, however it is made best.
SDValue getConstantVector(ArrayRef<int64_t> Lanes, MVT VT, const SDLoc &DL,
                          SelectionDAG &DAG);
/// Bytes from byte \p Offset on of \p A followed by \p B, both of one type.
SDValue getAlign(SDValue A, SDValue B, unsigned Offset, const SDLoc &DL,
                 SelectionDAG &DAG);
/// Interleaves the low halves' elements of \p Bits bits.
SDValue getZip(bool High, SDValue A, SDValue B, unsigned Bits, const SDLoc &DL,
               SelectionDAG &DAG);

// By operation; a null value means "expand it".
SDValue lowerBuildVector(SDValue Op, SelectionDAG &DAG);
SDValue lowerShuffle(SDValue Op, SelectionDAG &DAG);
SDValue lowerConversion(SDValue Op, SelectionDAG &DAG);
SDValue lowerMemory(SDValue Op, SelectionDAG &DAG);
SDValue lowerReduction(SDValue Op, SelectionDAG &DAG);
SDValue lowerAccumulator(SDValue Op, SelectionDAG &DAG);
/// A slice of an accumulator that is known without reading the accumulator.
SDValue combineSlice(SDNode *N, SelectionDAG &DAG);
SDValue lowerSubvector(SDValue Op, SelectionDAG &DAG);

} // namespace llvm::TatamiVector

#endif // LLVM_LIB_TARGET_TATAMI_TATAMIVECTORUTILS_H
