//===- TatamiFrameLowering.h - Stack frames -------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef LLVM_LIB_TARGET_TATAMI_TATAMIFRAMELOWERING_H
#define LLVM_LIB_TARGET_TATAMI_TATAMIFRAMELOWERING_H

#include "llvm/CodeGen/TargetFrameLowering.h"

namespace llvm {

/// A frame, from high to low: unnamed arguments saved from registers,
/// callee-saved registers, locals and spills, outgoing arguments. sp is always
/// a multiple of 64 and moves only through spadj and spset, which check it
/// against the thread's limit.
class TatamiFrameLowering : public TargetFrameLowering {
public:
  TatamiFrameLowering()
      : TargetFrameLowering(StackGrowsDown, Align(64), /*LocalAreaOffset=*/0,
                            /*TransientStackAlignment=*/Align(64)) {}

  /// Points to the locals where neither sp nor fp knows them: with objects of
  /// variable size and an alignment above 64.
  static const MCRegister BasePointer;

  void emitPrologue(MachineFunction &MF, MachineBasicBlock &MBB) const override;
  void emitEpilogue(MachineFunction &MF, MachineBasicBlock &MBB) const override;
  StackOffset getFrameIndexReference(const MachineFunction &MF, int FI,
                                     Register &FrameReg) const override;
  void determineCalleeSaves(MachineFunction &MF, BitVector &SavedRegs,
                            RegScavenger *RS) const override;
  bool spillCalleeSavedRegisters(MachineBasicBlock &MBB,
                                 MachineBasicBlock::iterator MI,
                                 ArrayRef<CalleeSavedInfo> CSI,
                                 const TargetRegisterInfo *TRI) const override;
  void processFunctionBeforeFrameFinalized(MachineFunction &MF,
                                           RegScavenger *RS) const override;
  bool hasReservedCallFrame(const MachineFunction &MF) const override;
  MachineBasicBlock::iterator
  eliminateCallFramePseudoInstr(MachineFunction &MF, MachineBasicBlock &MBB,
                                MachineBasicBlock::iterator MI) const override;
  bool canUseAsPrologue(const MachineBasicBlock &) const override {
    return true;
  }
  bool enableShrinkWrapping(const MachineFunction &) const override {
    return true;
  }

  bool hasBP(const MachineFunction &MF) const;

protected:
  bool hasFPImpl(const MachineFunction &MF) const override;
};

} // namespace llvm

#endif // LLVM_LIB_TARGET_TATAMI_TATAMIFRAMELOWERING_H
