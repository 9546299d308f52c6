//===- TatamiVectorUtils.cpp - Shared by the files that lower vectors -----===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "TatamiVectorUtils.h"
#include "TatamiSelectionDAGInfo.h"

using namespace llvm;

MVT TatamiVector::getFullType(EVT Element) {
  const unsigned Lanes = 512 / Element.getFixedSizeInBits();
  return MVT::getVectorVT(Element.getSimpleVT(), Lanes);
}

MVT TatamiVector::getIntType(EVT VT) {
  return MVT::getVectorVT(MVT::getIntegerVT(VT.getScalarSizeInBits()),
                          VT.getVectorNumElements());
}

MVT TatamiVector::getMaskType(unsigned Lanes) {
  return MVT::getVectorVT(MVT::i1, std::max(8u, unsigned(PowerOf2Ceil(Lanes))));
}

SDValue TatamiVector::widen(SDValue V, const SDLoc &DL, SelectionDAG &DAG) {
  EVT VT = V.getValueType();
  MVT Full = isMask(VT) ? getMaskType(VT.getVectorNumElements())
                        : getFullType(VT.getVectorElementType());
  if (VT == Full)
    return V;
  return DAG.getNode(ISD::INSERT_SUBVECTOR, DL, Full, DAG.getUNDEF(Full), V,
                     DAG.getVectorIdxConstant(0, DL));
}

SDValue TatamiVector::narrow(SDValue V, EVT VT, const SDLoc &DL,
                             SelectionDAG &DAG) {
  if (V.getValueType() == VT)
    return V;
  return DAG.getNode(ISD::EXTRACT_SUBVECTOR, DL, VT, V,
                     DAG.getVectorIdxConstant(0, DL));
}

SDValue TatamiVector::fitType(SDValue V, EVT VT, const SDLoc &DL,
                              SelectionDAG &DAG) {
  if (!VT.isVector())
    return V;
  if (V.getOpcode() == ISD::MERGE_VALUES)
    return DAG.getMergeValues(
        {fitType(V.getOperand(0), VT, DL, DAG), V.getOperand(1)}, DL);
  if (V.getValueType() == VT)
    return V;
  return narrow(widen(V, DL, DAG), VT, DL, DAG);
}

SDValue TatamiVector::getLowMask(MVT MaskVT, unsigned Lanes, const SDLoc &DL,
                                 SelectionDAG &DAG) {
  if (Lanes >= MaskVT.getVectorNumElements())
    return DAG.getNode(ISD::SPLAT_VECTOR, DL, MaskVT,
                       DAG.getAllOnesConstant(DL, MVT::i64));
  return DAG.getNode(
      TatamiISD::BITS_TO_MASK, DL, MaskVT,
      DAG.getConstant(maskTrailingOnes<uint64_t>(Lanes), DL, MVT::i64));
}

SDValue TatamiVector::getScalarMask(SDValue Condition, MVT MaskVT,
                                    const SDLoc &DL, SelectionDAG &DAG) {
  SDValue Bit = DAG.getNode(ISD::AND, DL, MVT::i64,
                            DAG.getAnyExtOrTrunc(Condition, DL, MVT::i64),
                            DAG.getConstant(1, DL, MVT::i64));
  return DAG.getNode(TatamiISD::BITS_TO_MASK, DL, MaskVT,
                     DAG.getNegative(Bit, DL, MVT::i64));
}

SDValue TatamiVector::getSplat(int64_t Value, MVT VT, const SDLoc &DL,
                               SelectionDAG &DAG) {
  const unsigned Bits = VT.getScalarSizeInBits();
  const int64_t Lane = SignExtend64(Value, Bits);
  MVT Scalar = Bits == 64 ? MVT::i64 : MVT::i32;
  if (!VT.isFloatingPoint())
    return DAG.getNode(ISD::SPLAT_VECTOR, DL, VT,
                       DAG.getSignedConstant(Lane, DL, Scalar));
  return DAG.getBitcast(VT, getSplat(Value, getIntType(VT), DL, DAG));
}

SDValue TatamiVector::getConstantVector(ArrayRef<int64_t> Lanes, MVT VT,
                                        const SDLoc &DL, SelectionDAG &DAG) {
  MVT Scalar = VT.getScalarSizeInBits() == 64 ? MVT::i64 : MVT::i32;
  SmallVector<SDValue, 64> Ops;
  for (int64_t Lane : Lanes)
    Ops.push_back(DAG.getConstant(
        APInt(Scalar.getSizeInBits(), Lane, /*isSigned=*/true,
              /*implicitTrunc=*/true),
        DL, Scalar));
  return DAG.getBuildVector(VT, DL, Ops);
}

SDValue TatamiVector::getAlign(SDValue A, SDValue B, unsigned Offset,
                               const SDLoc &DL, SelectionDAG &DAG) {
  EVT VT = A.getValueType();
  if (Offset == 0)
    return A;
  auto Bytes = [&](SDValue V) {
    return V.isUndef() ? DAG.getUNDEF(MVT::v64i8)
                       : DAG.getBitcast(MVT::v64i8, V);
  };
  SDValue Result = DAG.getNode(TatamiISD::ALIGN, DL, MVT::v64i8, Bytes(A),
                               Bytes(B),
                               DAG.getTargetConstant(Offset, DL, MVT::i64));
  return DAG.getBitcast(VT, Result);
}

SDValue TatamiVector::getZip(bool High, SDValue A, SDValue B, unsigned Bits,
                             const SDLoc &DL, SelectionDAG &DAG) {
  EVT VT = A.getValueType();
  SDValue Result = DAG.getNode(
      High ? TatamiISD::ZIPH : TatamiISD::ZIPL, DL, MVT::v64i8,
      DAG.getBitcast(MVT::v64i8, A), DAG.getBitcast(MVT::v64i8, B),
      DAG.getTargetConstant(Bits, DL, MVT::i64));
  return DAG.getBitcast(VT, Result);
}
