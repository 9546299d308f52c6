//===- TatamiSelectionDAGInfo.h - Nodes of the selection DAG --------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef LLVM_LIB_TARGET_TATAMI_TATAMISELECTIONDAGINFO_H
#define LLVM_LIB_TARGET_TATAMI_TATAMISELECTIONDAGINFO_H

#include "llvm/CodeGen/SelectionDAGTargetInfo.h"

#define GET_SDNODE_ENUM
#include "TatamiGenSDNodeInfo.inc"

namespace llvm {

/// The nodes that TatamiNodes.td defines.
class TatamiSelectionDAGInfo : public SelectionDAGGenTargetInfo {
public:
  TatamiSelectionDAGInfo();
  ~TatamiSelectionDAGInfo() override;
};

} // namespace llvm

#endif // LLVM_LIB_TARGET_TATAMI_TATAMISELECTIONDAGINFO_H
