//===- TatamiVectorMemory.cpp - Vector loads and stores -------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Masked accesses, gathers and scatters; vectors below 512 bits are accessed
// under a mask, so that nothing beyond them is touched.
//===----------------------------------------------------------------------===//

#include "TatamiISelLowering.h"
#include "TatamiSelectionDAGInfo.h"
#include "TatamiVectorUtils.h"

using namespace llvm;
using namespace TatamiVector;

// A small vector as lanes that its alignment allows: its own, or bytes.
static MVT getAccessType(EVT VT, Align Alignment) {
  const unsigned LaneBytes = VT.getScalarSizeInBits() / 8;
  return getFullType(Alignment >= Align(LaneBytes)
                         ? VT.getVectorElementType()
                         : EVT(MVT::i8));
}

static SDValue lowerSmallLoad(LoadSDNode *Load, SelectionDAG &DAG) {
  SDLoc DL(Load);
  EVT VT = Load->getValueType(0);
  if (Load->getExtensionType() != ISD::NON_EXTLOAD || !Load->isUnindexed() ||
      Load->getAddressSpace() != TatamiAS::Local || Load->isAtomic())
    return SDValue();
  MVT Access = getAccessType(VT, Load->getAlign());
  const unsigned Lanes =
      VT.getFixedSizeInBits() / Access.getScalarSizeInBits();
  SDValue Mask = getLowMask(getMaskType(Access.getVectorNumElements()), Lanes,
                            DL, DAG);
  SDValue Value = DAG.getMemIntrinsicNode(
      TatamiISD::MLOAD_Z, DL, DAG.getVTList(Access, MVT::Other),
      {Load->getChain(), Load->getBasePtr(), Mask}, VT, Load->getMemOperand());
  SDValue Whole = DAG.getBitcast(getFullType(VT.getVectorElementType()), Value);
  return DAG.getMergeValues({Whole, Value.getValue(1)}, DL);
}

static SDValue lowerSmallStore(StoreSDNode *Store, SelectionDAG &DAG) {
  SDLoc DL(Store);
  EVT VT = Store->getValue().getValueType();
  if (Store->isTruncatingStore() || !Store->isUnindexed() ||
      Store->getAddressSpace() != TatamiAS::Local || Store->isAtomic())
    return SDValue();
  MVT Access = getAccessType(VT, Store->getAlign());
  const unsigned Lanes =
      VT.getFixedSizeInBits() / Access.getScalarSizeInBits();
  SDValue Mask = getLowMask(getMaskType(Access.getVectorNumElements()), Lanes,
                            DL, DAG);
  SDValue Value =
      DAG.getBitcast(Access, widen(Store->getValue(), DL, DAG));
  return DAG.getMemIntrinsicNode(
      TatamiISD::MSTORE, DL, DAG.getVTList(MVT::Other),
      {Store->getChain(), Value, Store->getBasePtr(), Mask}, VT,
      Store->getMemOperand());
}

// In memory a mask is an integer of as many bits as it has lanes.
static SDValue lowerMaskAccess(SDValue Op, SelectionDAG &DAG) {
  SDLoc DL(Op);
  if (auto *Load = dyn_cast<LoadSDNode>(Op)) {
    MVT VT = Op.getSimpleValueType();
    MVT MemVT = MVT::getIntegerVT(VT.getVectorNumElements());
    SDValue Bits =
        DAG.getExtLoad(ISD::ZEXTLOAD, DL, MVT::i64, Load->getChain(),
                       Load->getBasePtr(), MemVT, Load->getMemOperand());
    SDValue Mask = DAG.getNode(TatamiISD::BITS_TO_MASK, DL, VT, Bits);
    return DAG.getMergeValues({Mask, Bits.getValue(1)}, DL);
  }
  auto *Store = cast<StoreSDNode>(Op);
  MVT VT = Store->getValue().getSimpleValueType();
  MVT MemVT = MVT::getIntegerVT(VT.getVectorNumElements());
  SDValue Bits = DAG.getNode(TatamiISD::MASK_TO_BITS, DL, MVT::i64,
                             Store->getValue());
  return DAG.getTruncStore(Store->getChain(), DL, Bits, Store->getBasePtr(),
                           MemVT, Store->getMemOperand());
}

static SDValue lowerMaskedLoad(MaskedLoadSDNode *Load, SelectionDAG &DAG) {
  SDLoc DL(Load);
  MVT VT = Load->getSimpleValueType(0);
  if (Load->getExtensionType() != ISD::NON_EXTLOAD || Load->isExpandingLoad() ||
      !Load->isUnindexed() || Load->getAddressSpace() != TatamiAS::Local)
    return SDValue();
  SDVTList Types = DAG.getVTList(VT, MVT::Other);
  SDValue Else = Load->getPassThru();
  SDValue Value;
  if (Else.isUndef() || ISD::isConstantSplatVectorAllZeros(Else.getNode()))
    Value = DAG.getMemIntrinsicNode(
        TatamiISD::MLOAD_Z, DL, Types,
        {Load->getChain(), Load->getBasePtr(), Load->getMask()},
        Load->getMemoryVT(), Load->getMemOperand());
  else
    Value = DAG.getMemIntrinsicNode(
        TatamiISD::MLOAD_M, DL, Types,
        {Load->getChain(), Load->getBasePtr(), Load->getMask(), Else},
        Load->getMemoryVT(), Load->getMemOperand());
  return DAG.getMergeValues({Value, Value.getValue(1)}, DL);
}

static SDValue lowerMaskedStore(MaskedStoreSDNode *Store, SelectionDAG &DAG) {
  if (Store->isTruncatingStore() || Store->isCompressingStore() ||
      !Store->isUnindexed() || Store->getAddressSpace() != TatamiAS::Local)
    return SDValue();
  SDLoc DL(Store);
  return DAG.getMemIntrinsicNode(TatamiISD::MSTORE, DL,
                                 DAG.getVTList(MVT::Other),
                                 {Store->getChain(), Store->getValue(),
                                  Store->getBasePtr(), Store->getMask()},
                                 Store->getMemoryVT(), Store->getMemOperand());
}

// base + (index << shift), the index as wide as the data. A scale that is no
// shift is multiplied first.
static SDValue lowerGatherScatter(MaskedGatherScatterSDNode *Access,
                                  SelectionDAG &DAG) {
  SDLoc DL(Access);
  auto *Gather = dyn_cast<MaskedGatherSDNode>(Access);
  auto *Scatter = dyn_cast<MaskedScatterSDNode>(Access);
  if (Access->getAddressSpace() != TatamiAS::Local)
    return SDValue();
  MVT VT = Gather ? Access->getSimpleValueType(0)
                  : Scatter->getValue().getSimpleValueType();
  MVT IndexVT = getIntType(VT);
  SDValue Index = Access->getIndex();
  EVT From = Index.getValueType();
  if (From != IndexVT) {
    if (From.getVectorNumElements() != IndexVT.getVectorNumElements())
      Index = widen(Index, DL, DAG);
    Index = From.getScalarSizeInBits() > IndexVT.getScalarSizeInBits()
                ? DAG.getNode(ISD::TRUNCATE, DL, IndexVT, Index)
                : DAG.getNode(Access->isIndexSigned() ? ISD::SIGN_EXTEND
                                                      : ISD::ZERO_EXTEND,
                              DL, IndexVT, Index);
  }
  uint64_t Scale = cast<ConstantSDNode>(Access->getScale())->getZExtValue();
  if (!isPowerOf2_64(Scale) || Scale > 8) {
    Index = DAG.getNode(ISD::MUL, DL, IndexVT, Index,
                        getSplat(Scale, IndexVT, DL, DAG));
    Scale = 1;
  }
  SDValue Shift = DAG.getTargetConstant(Log2_64(Scale), DL, MVT::i64);
  // All addresses are in the array that the base names: the scheduler may move
  // the access past those to others.
  MachineMemOperand *Where = Access->getMemOperand();
  if (auto *Base = dyn_cast<GlobalAddressSDNode>(Access->getBasePtr()))
    Where = DAG.getMachineFunction().getMachineMemOperand(
        MachinePointerInfo(Base->getGlobal()), Where->getFlags(),
        LocationSize::beforeOrAfterPointer(), Where->getBaseAlign(),
        Where->getAAInfo());
  if (Gather) {
    SDValue Else = Gather->getPassThru();
    SDValue Value = DAG.getMemIntrinsicNode(
        TatamiISD::GATHER, DL, DAG.getVTList(VT, MVT::Other),
        {Access->getChain(), Else, Access->getBasePtr(), Index, Shift,
         Access->getMask()},
        Access->getMemoryVT(), Where);
    return DAG.getMergeValues({Value, Value.getValue(1)}, DL);
  }
  return DAG.getMemIntrinsicNode(
      TatamiISD::SCATTER, DL, DAG.getVTList(MVT::Other),
      {Access->getChain(), Scatter->getValue(), Access->getBasePtr(), Index,
       Shift, Access->getMask()},
      Access->getMemoryVT(), Where);
}

SDValue TatamiVector::lowerMemory(SDValue Op, SelectionDAG &DAG) {
  switch (Op.getOpcode()) {
  case ISD::LOAD:
    if (isMask(Op.getValueType()))
      return lowerMaskAccess(Op, DAG);
    return lowerSmallLoad(cast<LoadSDNode>(Op), DAG);
  case ISD::STORE:
    if (isMask(cast<StoreSDNode>(Op)->getValue().getValueType()))
      return lowerMaskAccess(Op, DAG);
    return lowerSmallStore(cast<StoreSDNode>(Op), DAG);
  case ISD::MLOAD:
    return lowerMaskedLoad(cast<MaskedLoadSDNode>(Op), DAG);
  case ISD::MSTORE:
    return lowerMaskedStore(cast<MaskedStoreSDNode>(Op), DAG);
  default:
    return lowerGatherScatter(cast<MaskedGatherScatterSDNode>(Op), DAG);
  }
}
