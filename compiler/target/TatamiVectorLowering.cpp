//===- TatamiVectorLowering.cpp - 512-bit vectors and masks ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "MCTargetDesc/TatamiMCTargetDesc.h"
#include "TatamiISelLowering.h"
#include "TatamiSubtarget.h"

using namespace llvm;

void TatamiTargetLowering::setVectorActions() {}

bool TatamiTargetLowering::isShuffleMaskLegal(ArrayRef<int>, EVT) const {
  return false;
}

bool TatamiTargetLowering::isExtractSubvectorCheap(EVT, EVT,
                                                   unsigned Index) const {
  return Index == 0;
}

SDValue TatamiTargetLowering::lowerVectorOperation(SDValue,
                                                   SelectionDAG &) const {
  return SDValue();
}

void TatamiTargetLowering::ReplaceNodeResults(SDNode *,
                                              SmallVectorImpl<SDValue> &,
                                              SelectionDAG &) const {}

SDValue TatamiTargetLowering::PerformDAGCombine(SDNode *,
                                                DAGCombinerInfo &) const {
  return SDValue();
}
