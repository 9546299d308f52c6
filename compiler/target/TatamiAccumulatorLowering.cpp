//===- TatamiAccumulatorLowering.cpp - Vectors of 64 lanes of 32 bits -----===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The matrix unit only multiplies into accumulators. Whatever else a program
// does with a vector of 64 words is done on its four slices.
//===----------------------------------------------------------------------===//

#include "TatamiSelectionDAGInfo.h"
#include "TatamiVectorUtils.h"

using namespace llvm;
using namespace TatamiVector;

static MVT getSliceType(EVT VT) {
  return VT == MVT::v64f32 ? MVT::v16f32 : MVT::v16i32;
}

static SDValue getSlice(SDValue V, unsigned I, const SDLoc &DL,
                        SelectionDAG &DAG) {
  // What was put there need not go through the matrix unit.
  while (V.getOpcode() == TatamiISD::ACCPUT) {
    if (V.getConstantOperandVal(2) == I)
      return V.getOperand(1);
    V = V.getOperand(0);
  }
  if (V.isUndef())
    return DAG.getUNDEF(getSliceType(V.getValueType()));
  if (V.getOpcode() == TatamiISD::ACCZERO)
    return DAG.getNode(ISD::SPLAT_VECTOR, DL, getSliceType(V.getValueType()),
                       V.getValueType() == MVT::v64f32
                           ? DAG.getConstantFP(0, DL, MVT::f32)
                           : DAG.getConstant(0, DL, MVT::i32));
  return DAG.getNode(TatamiISD::ACCGET, DL, getSliceType(V.getValueType()), V,
                     DAG.getTargetConstant(I, DL, MVT::i64));
}

static SDValue putSlice(SDValue V, SDValue Slice, unsigned I, const SDLoc &DL,
                        SelectionDAG &DAG) {
  return DAG.getNode(TatamiISD::ACCPUT, DL, V.getValueType(), V, Slice,
                     DAG.getTargetConstant(I, DL, MVT::i64));
}

static SDValue joinSlices(ArrayRef<SDValue> Slices, MVT VT, const SDLoc &DL,
                    SelectionDAG &DAG) {
  SDValue Result = DAG.getUNDEF(VT);
  for (auto [I, Slice] : enumerate(Slices))
    if (!Slice.isUndef())
      Result = putSlice(Result, Slice, I, DL, DAG);
  return Result;
}

// Lanes 16 I to 16 I + 15 of any vector of 64.
static SDValue getQuarter(SDValue V, unsigned I, const SDLoc &DL,
                          SelectionDAG &DAG) {
  EVT VT = V.getValueType();
  if (isAccumulator(VT))
    return getSlice(V, I, DL, DAG);
  EVT Part = EVT::getVectorVT(*DAG.getContext(), VT.getVectorElementType(), 16);
  return DAG.getNode(ISD::EXTRACT_SUBVECTOR, DL, Part, V,
                     DAG.getVectorIdxConstant(16 * I, DL));
}

static SDValue lowerBuild(SDValue Op, SelectionDAG &DAG) {
  SDLoc DL(Op);
  MVT VT = Op.getSimpleValueType();
  if (ISD::isConstantSplatVectorAllZeros(Op.getNode()) ||
      ISD::isBuildVectorAllZeros(Op.getNode()))
    return DAG.getNode(TatamiISD::ACCZERO, DL, VT);
  SmallVector<SDValue, 4> Slices;
  for (unsigned I = 0; I != 4; ++I) {
    if (Op.getOpcode() == ISD::SPLAT_VECTOR)
      Slices.push_back(DAG.getNode(ISD::SPLAT_VECTOR, DL, getSliceType(VT),
                                   Op.getOperand(0)));
    else
      Slices.push_back(DAG.getBuildVector(
          getSliceType(VT), DL,
          SmallVector<SDValue, 16>(Op->op_values().begin() + 16 * I,
                                   Op->op_values().begin() + 16 * I + 16)));
  }
  return joinSlices(Slices, VT, DL, DAG);
}

static SDValue lowerAccess(SDValue Op, SelectionDAG &DAG) {
  SDLoc DL(Op);
  auto *N = cast<LSBaseSDNode>(Op);
  if (N->getAlign() >= Align(64))
    return Op; // one instruction
  SmallVector<SDValue, 4> Slices, Chains;
  auto *Load = dyn_cast<LoadSDNode>(Op);
  auto *Store = dyn_cast<StoreSDNode>(Op);
  MVT VT = Load ? Op.getSimpleValueType()
                : Store->getValue().getSimpleValueType();
  for (unsigned I = 0; I != 4; ++I) {
    SDValue Address = DAG.getObjectPtrOffset(DL, N->getBasePtr(),
                                             TypeSize::getFixed(64 * I));
    MachinePointerInfo Where = N->getPointerInfo().getWithOffset(64 * I);
    if (Load) {
      Slices.push_back(DAG.getLoad(getSliceType(VT), DL, N->getChain(), Address,
                                   Where, N->getAlign(),
                                   N->getMemOperand()->getFlags()));
      Chains.push_back(Slices.back().getValue(1));
    } else {
      Chains.push_back(DAG.getStore(
          N->getChain(), DL, getSlice(Store->getValue(), I, DL, DAG), Address,
          Where, N->getAlign(), N->getMemOperand()->getFlags()));
    }
  }
  SDValue Chain = DAG.getNode(ISD::TokenFactor, DL, MVT::Other, Chains);
  if (!Load)
    return Chain;
  return DAG.getMergeValues({joinSlices(Slices, VT, DL, DAG), Chain}, DL);
}

// A quarter of a masked load or store, or of a gather or scatter.
static SDValue getQuarterAccess(MemSDNode *N, SDValue Chain, unsigned I,
                                const SDLoc &DL, SelectionDAG &DAG) {
  auto Quarter = [&](SDValue V) { return getQuarter(V, I, DL, DAG); };
  const SDVTList Types =
      N->getNumValues() == 1
          ? DAG.getVTList(MVT::Other)
          : DAG.getVTList(getSliceType(N->getValueType(0)), MVT::Other);
  const EVT MemVT = EVT::getVectorVT(
      *DAG.getContext(), N->getMemoryVT().getVectorElementType(), 16);
  if (auto *Gather = dyn_cast<MaskedGatherSDNode>(N))
    return DAG.getMaskedGather(
        Types, MemVT, DL,
        {Chain, Quarter(Gather->getPassThru()),
         Quarter(Gather->getMask()), Gather->getBasePtr(),
         Quarter(Gather->getIndex()), Gather->getScale()},
        N->getMemOperand(), Gather->getIndexType(), Gather->getExtensionType());
  if (auto *Scatter = dyn_cast<MaskedScatterSDNode>(N))
    return DAG.getMaskedScatter(
        Types, MemVT, DL,
        {Chain, Quarter(Scatter->getValue()),
         Quarter(Scatter->getMask()), Scatter->getBasePtr(),
         Quarter(Scatter->getIndex()), Scatter->getScale()},
        N->getMemOperand(), Scatter->getIndexType(),
        Scatter->isTruncatingStore());
  const TypeSize Offset =
      TypeSize::getFixed(MemVT.getStoreSize().getFixedValue() * I);
  MachineMemOperand *Where = DAG.getMachineFunction().getMachineMemOperand(
      N->getMemOperand(), Offset, LocationSize::precise(MemVT.getStoreSize()));
  SDValue Address = DAG.getObjectPtrOffset(DL, N->getBasePtr(), Offset);
  if (auto *Load = dyn_cast<MaskedLoadSDNode>(N))
    return DAG.getMaskedLoad(Types.VTs[0], DL, Chain, Address,
                             Load->getOffset(), Quarter(Load->getMask()),
                             Quarter(Load->getPassThru()), MemVT, Where,
                             Load->getAddressingMode(),
                             Load->getExtensionType());
  auto *Store = cast<MaskedStoreSDNode>(N);
  return DAG.getMaskedStore(Chain, DL, Quarter(Store->getValue()),
                            Address, Store->getOffset(),
                            Quarter(Store->getMask()), MemVT, Where,
                            Store->getAddressingMode(),
                            Store->isTruncatingStore());
}

static SDValue lowerMaskedAccess(SDValue Op, SelectionDAG &DAG) {
  SDLoc DL(Op);
  auto *N = cast<MemSDNode>(Op);
  const bool IsLoad = N->getNumValues() == 2;
  SmallVector<SDValue, 4> Slices, Chains;
  for (unsigned I = 0; I != 4; ++I) {
    // Lanes of a scatter are written in order, so its quarters are.
    const bool IsOrdered = isa<MaskedScatterSDNode>(N) && I != 0;
    SDValue Access = getQuarterAccess(
        N, IsOrdered ? Chains.back() : N->getChain(), I, DL, DAG);
    Slices.push_back(Access);
    Chains.push_back(IsLoad ? Access.getValue(1) : Access);
  }
  SDValue Chain = DAG.getNode(ISD::TokenFactor, DL, MVT::Other, Chains);
  if (!IsLoad)
    return Chain;
  MVT VT = Op.getSimpleValueType();
  return DAG.getMergeValues({joinSlices(Slices, VT, DL, DAG), Chain}, DL);
}

// The slices onto one another, then that one's lanes.
static SDValue reduceSlices(SDValue Op, SelectionDAG &DAG) {
  SDLoc DL(Op);
  if (Op.getOpcode() == ISD::VECREDUCE_SEQ_FADD ||
      Op.getOpcode() == ISD::VECREDUCE_SEQ_FMUL) {
    SDValue Sum = Op.getOperand(0);
    for (unsigned I = 0; I != 4; ++I)
      Sum = DAG.getNode(Op.getOpcode(), DL, Op.getValueType(), Sum,
                        getSlice(Op.getOperand(1), I, DL, DAG),
                        Op->getFlags());
    return Sum;
  }
  const unsigned Base = ISD::getVecReduceBaseOpcode(Op.getOpcode());
  SDValue All = getSlice(Op.getOperand(0), 0, DL, DAG);
  for (unsigned I = 1; I != 4; ++I)
    All = DAG.getNode(Base, DL, All.getValueType(), All,
                      getSlice(Op.getOperand(0), I, DL, DAG), Op->getFlags());
  return DAG.getNode(Op.getOpcode(), DL, Op.getValueType(), All,
                     Op->getFlags());
}

// Lane by lane: four times the same on 16 lanes.
static SDValue lowerBySlices(SDValue Op, SelectionDAG &DAG) {
  SDLoc DL(Op);
  EVT VT = Op.getValueType();
  if (!VT.isVector() || VT.getVectorNumElements() != 64 ||
      Op->getNumValues() != 1)
    return SDValue();
  for (const SDValue &Operand : Op->op_values())
    if (Operand.getValueType() == MVT::Glue ||
        (Operand.getValueType() == MVT::Other && !isa<VTSDNode>(Operand) &&
         !isa<CondCodeSDNode>(Operand)) ||
        (Operand.getValueType().isVector() &&
         Operand.getValueType().getVectorNumElements() != 64))
      return SDValue();
  EVT PartVT =
      EVT::getVectorVT(*DAG.getContext(), VT.getVectorElementType(), 16);
  SmallVector<SDValue, 4> Slices;
  for (unsigned I = 0; I != 4; ++I) {
    SmallVector<SDValue, 3> Operands;
    for (const SDValue &Operand : Op->op_values())
      if (auto *Type = dyn_cast<VTSDNode>(Operand);
          Type && Type->getVT().isVector())
        Operands.push_back(DAG.getValueType(EVT::getVectorVT(
            *DAG.getContext(), Type->getVT().getVectorElementType(), 16)));
      else
        Operands.push_back(Operand.getValueType().isVector()
                               ? getQuarter(Operand, I, DL, DAG)
                               : Operand);
    Slices.push_back(
        DAG.getNode(Op.getOpcode(), DL, PartVT, Operands, Op->getFlags()));
  }
  if (isAccumulator(VT))
    return joinSlices(Slices, VT.getSimpleVT(), DL, DAG);
  return DAG.getNode(ISD::CONCAT_VECTORS, DL, VT, Slices);
}

SDValue TatamiVector::combineSlice(SDNode *N, SelectionDAG &DAG) {
  SDValue Slice =
      getSlice(N->getOperand(0), N->getConstantOperandVal(1), SDLoc(N), DAG);
  return Slice.getNode() == N ? SDValue() : Slice;
}

SDValue TatamiVector::lowerAccumulator(SDValue Op, SelectionDAG &DAG) {
  SDLoc DL(Op);
  EVT VT = Op.getValueType();
  switch (Op.getOpcode()) {
  case ISD::BUILD_VECTOR:
  case ISD::SPLAT_VECTOR:
    return lowerBuild(Op, DAG);
  case ISD::LOAD:
  case ISD::STORE:
    return lowerAccess(Op, DAG);
  case ISD::MLOAD:
  case ISD::MSTORE:
  case ISD::MGATHER:
  case ISD::MSCATTER:
    return lowerMaskedAccess(Op, DAG);
  case ISD::EXTRACT_SUBVECTOR: {
    const uint64_t Index = Op.getConstantOperandVal(1);
    SDValue Slice = getSlice(Op.getOperand(0), Index / 16, DL, DAG);
    if (VT == Slice.getValueType())
      return Slice;
    if (VT.getVectorNumElements() > 16)
      return SDValue();
    return DAG.getNode(ISD::EXTRACT_SUBVECTOR, DL, VT, Slice,
                       DAG.getVectorIdxConstant(Index % 16, DL));
  }
  case ISD::INSERT_SUBVECTOR: {
    SDValue Part = Op.getOperand(1);
    const uint64_t Index = Op.getConstantOperandVal(2);
    if (Part.getValueType() == getSliceType(VT))
      return putSlice(Op.getOperand(0), Part, Index / 16, DL, DAG);
    if (Part.getValueType().getVectorNumElements() > 16)
      return SDValue();
    SDValue Slice = getSlice(Op.getOperand(0), Index / 16, DL, DAG);
    Slice = DAG.getNode(ISD::INSERT_SUBVECTOR, DL, Slice.getValueType(), Slice,
                        Part, DAG.getVectorIdxConstant(Index % 16, DL));
    return putSlice(Op.getOperand(0), Slice, Index / 16, DL, DAG);
  }
  case ISD::CONCAT_VECTORS: {
    if (Op.getNumOperands() == 2) {
      SDValue Result = DAG.getUNDEF(VT);
      for (unsigned I = 0; I != 2; ++I)
        Result = DAG.getNode(ISD::INSERT_SUBVECTOR, DL, VT, Result,
                             Op.getOperand(I),
                             DAG.getVectorIdxConstant(32 * I, DL));
      return Result;
    }
    if (Op.getNumOperands() != 4)
      return SDValue();
    SmallVector<SDValue, 4> Slices(Op->op_begin(), Op->op_end());
    return joinSlices(Slices, VT.getSimpleVT(), DL, DAG);
  }
  case ISD::EXTRACT_VECTOR_ELT: {
    auto *C = dyn_cast<ConstantSDNode>(Op.getOperand(1));
    if (!C)
      return SDValue();
    SDValue Slice =
        getSlice(Op.getOperand(0), C->getZExtValue() / 16, DL, DAG);
    return DAG.getNode(ISD::EXTRACT_VECTOR_ELT, DL, VT, Slice,
                       DAG.getVectorIdxConstant(C->getZExtValue() % 16, DL));
  }
  case ISD::INSERT_VECTOR_ELT: {
    auto *C = dyn_cast<ConstantSDNode>(Op.getOperand(2));
    if (!C)
      return SDValue();
    const unsigned I = C->getZExtValue() / 16;
    SDValue Slice = getSlice(Op.getOperand(0), I, DL, DAG);
    Slice = DAG.getNode(ISD::INSERT_VECTOR_ELT, DL, Slice.getValueType(), Slice,
                        Op.getOperand(1),
                        DAG.getVectorIdxConstant(C->getZExtValue() % 16, DL));
    return putSlice(Op.getOperand(0), Slice, I, DL, DAG);
  }
  case ISD::VECREDUCE_SEQ_FADD: case ISD::VECREDUCE_SEQ_FMUL:
  case ISD::VECREDUCE_FADD: case ISD::VECREDUCE_FMUL:
  case ISD::VECREDUCE_FMAX: case ISD::VECREDUCE_FMIN:
  case ISD::VECREDUCE_FMAXIMUM: case ISD::VECREDUCE_FMINIMUM:
  case ISD::VECREDUCE_ADD: case ISD::VECREDUCE_MUL:
  case ISD::VECREDUCE_AND: case ISD::VECREDUCE_OR: case ISD::VECREDUCE_XOR:
  case ISD::VECREDUCE_SMAX: case ISD::VECREDUCE_SMIN:
  case ISD::VECREDUCE_UMAX: case ISD::VECREDUCE_UMIN:
    return reduceSlices(Op, DAG);
  case ISD::SELECT:
  case ISD::VECTOR_SHUFFLE:
  case ISD::BITCAST:
    return SDValue();
  default:
    return lowerBySlices(Op, DAG);
  }
}
