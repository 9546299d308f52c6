//===- TatamiSelectionDAGInfo.cpp - Nodes of the selection DAG ------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "TatamiSelectionDAGInfo.h"

#define GET_SDNODE_DESC
#include "TatamiGenSDNodeInfo.inc"

using namespace llvm;

TatamiSelectionDAGInfo::TatamiSelectionDAGInfo()
    : SelectionDAGGenTargetInfo(TatamiGenSDNodeInfo) {}

TatamiSelectionDAGInfo::~TatamiSelectionDAGInfo() = default;
