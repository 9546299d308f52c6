//===- TatamiMachineFunctionInfo.h - What is kept of a function -----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef LLVM_LIB_TARGET_TATAMI_TATAMIMACHINEFUNCTIONINFO_H
#define LLVM_LIB_TARGET_TATAMI_TATAMIMACHINEFUNCTIONINFO_H

#include "llvm/ADT/DenseSet.h"
#include "llvm/CodeGen/MachineFunction.h"

namespace llvm {

/// Facts that call lowering leaves for later lowering and for the frame.
struct TatamiMachineFunctionInfo : public MachineFunctionInfo {
  TatamiMachineFunctionInfo(const Function &, const TargetSubtargetInfo *) {}

  MachineFunctionInfo *
  clone(BumpPtrAllocator &Allocator, MachineFunction &DestMF,
        const DenseMap<MachineBasicBlock *, MachineBasicBlock *> &)
      const override {
    return DestMF.cloneInfo<TatamiMachineFunctionInfo>(*this);
  }

  /// Where the first unnamed argument is.
  int VarArgsFrameIndex = 0;
  /// The register that holds the address for an aggregate result.
  Register SRetReturnReg;
  /// Bytes of arguments that callers put on the stack: what a tail call may
  /// write over.
  unsigned ArgumentStackSize = 0;
  /// Registers that hold arguments of at most 32 bits, which callers extend.
  SmallDenseSet<Register, 8> SignExtendedArguments;
};

} // namespace llvm

#endif // LLVM_LIB_TARGET_TATAMI_TATAMIMACHINEFUNCTIONINFO_H
