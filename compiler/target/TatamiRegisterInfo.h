//===- TatamiRegisterInfo.h - Registers and the frame's addresses ---------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef LLVM_LIB_TARGET_TATAMI_TATAMIREGISTERINFO_H
#define LLVM_LIB_TARGET_TATAMI_TATAMIREGISTERINFO_H

#include "llvm/CodeGen/TargetRegisterInfo.h"

#define GET_REGINFO_HEADER
#include "TatamiGenRegisterInfo.inc"

namespace llvm {

class TatamiRegisterInfo : public TatamiGenRegisterInfo {
public:
  TatamiRegisterInfo();

  const MCPhysReg *getCalleeSavedRegs(const MachineFunction *MF) const override;
  const uint32_t *getCallPreservedMask(const MachineFunction &MF,
                                       CallingConv::ID) const override;
  const uint32_t *getNoPreservedMask() const override;
  BitVector getReservedRegs(const MachineFunction &MF) const override;
  const TargetRegisterClass *
  getPointerRegClass(unsigned Kind = 0) const override;

  // Beside the entry block's frequency of 1 << 14: a range that is live across a
  // call on some path only is split rather than given a callee-saved register
  // from the start, which leaves the other paths without a frame.
  unsigned getCSRFirstUseCost() const override { return 5; }
  bool requiresRegisterScavenging(const MachineFunction &) const override {
    return true;
  }
  bool requiresFrameIndexScavenging(const MachineFunction &) const override {
    return true;
  }
  bool eliminateFrameIndex(MachineBasicBlock::iterator MI, int SPAdj,
                           unsigned FIOperandNum,
                           RegScavenger *RS = nullptr) const override;
  Register getFrameRegister(const MachineFunction &MF) const override;
};

} // namespace llvm

#endif // LLVM_LIB_TARGET_TATAMI_TATAMIREGISTERINFO_H
