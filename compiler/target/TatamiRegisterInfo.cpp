//===- TatamiRegisterInfo.cpp - Registers and the frame's addresses -------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "TatamiRegisterInfo.h"
#include "MCTargetDesc/TatamiMCTargetDesc.h"
#include "TatamiSubtarget.h"
#include "llvm/CodeGen/MachineFunction.h"
#include "llvm/CodeGen/MachineInstrBuilder.h"
#include "llvm/CodeGen/MachineRegisterInfo.h"
#include "llvm/CodeGen/RegisterScavenging.h"

#define GET_REGINFO_TARGET_DESC
#include "TatamiGenRegisterInfo.inc"

using namespace llvm;

TatamiRegisterInfo::TatamiRegisterInfo() : TatamiGenRegisterInfo(Tatami::X1) {}

const MCPhysReg *
TatamiRegisterInfo::getCalleeSavedRegs(const MachineFunction *) const {
  return CSR_Tatami_SaveList;
}

const uint32_t *
TatamiRegisterInfo::getCallPreservedMask(const MachineFunction &,
                                         CallingConv::ID) const {
  return CSR_Tatami_RegMask;
}

const uint32_t *TatamiRegisterInfo::getNoPreservedMask() const {
  return CSR_NoRegs_RegMask;
}

BitVector
TatamiRegisterInfo::getReservedRegs(const MachineFunction &MF) const {
  BitVector Reserved(getNumRegs());
  for (MCRegister Reg : {Tatami::X0, Tatami::X2, Tatami::X3, Tatami::M0})
    markSuperRegs(Reserved, Reg);
  const TatamiFrameLowering *TFI =
      MF.getSubtarget<TatamiSubtarget>().getFrameLowering();
  if (TFI->hasFP(MF))
    markSuperRegs(Reserved, Tatami::X4);
  if (TFI->hasBP(MF))
    markSuperRegs(Reserved, TatamiFrameLowering::BasePointer);
  return Reserved;
}

const TargetRegisterClass *
TatamiRegisterInfo::getPointerRegClass(unsigned) const {
  return &Tatami::GPRRegClass;
}

// The bits that an instruction has for the constant next to a frame index.
static unsigned getOffsetBits(const MachineInstr &MI) {
  switch (MI.getOpcode()) {
  case Tatami::VLDU_B: case Tatami::VLDU_H:
  case Tatami::VLDU_W: case Tatami::VLDU_D:
  case Tatami::VLDU_B_M: case Tatami::VLDU_H_M:
  case Tatami::VLDU_W_M: case Tatami::VLDU_D_M:
  case Tatami::VLDU_B_Z: case Tatami::VLDU_H_Z:
  case Tatami::VLDU_W_Z: case Tatami::VLDU_D_Z:
  case Tatami::VSTU_B: case Tatami::VSTU_H:
  case Tatami::VSTU_W: case Tatami::VSTU_D:
  case Tatami::VSTU_B_M: case Tatami::VSTU_H_M:
  case Tatami::VSTU_W_M: case Tatami::VSTU_D_M:
    return 10;
  default:
    return 15;
  }
}

bool TatamiRegisterInfo::eliminateFrameIndex(MachineBasicBlock::iterator II,
                                             int SPAdj, unsigned FIOperandNum,
                                             RegScavenger *) const {
  assert(SPAdj == 0 && "the call frame is part of the frame");
  MachineInstr &MI = *II;
  MachineBasicBlock &MBB = *MI.getParent();
  MachineFunction &MF = *MBB.getParent();
  const auto &ST = MF.getSubtarget<TatamiSubtarget>();
  const TatamiInstrInfo *TII = ST.getInstrInfo();
  MachineOperand &Base = MI.getOperand(FIOperandNum);
  MachineOperand &Constant = MI.getOperand(FIOperandNum + 1);

  Register FrameReg;
  int64_t Offset = ST.getFrameLowering()
                       ->getFrameIndexReference(MF, Base.getIndex(), FrameReg)
                       .getFixed() +
                   Constant.getImm();

  // What stays in the instruction: all, or what a scratch register leaves.
  if (MI.isInlineAsm() || isIntN(getOffsetBits(MI), Offset)) {
    if (MI.isInlineAsm() && !isInt<15>(Offset)) {
      Register Scratch =
          MF.getRegInfo().createVirtualRegister(&Tatami::GPRRegClass);
      TII->addConstant(MBB, II, MI.getDebugLoc(), Scratch, FrameReg, Offset);
      Base.ChangeToRegister(Scratch, false, false, true);
      Constant.ChangeToImmediate(0);
      return false;
    }
    Base.ChangeToRegister(FrameReg, false);
    Constant.ChangeToImmediate(Offset);
    return false;
  }
  if (MI.getOpcode() == Tatami::ADDI) {
    TII->addConstant(MBB, II, MI.getDebugLoc(), MI.getOperand(0).getReg(),
                     FrameReg, Offset);
    MI.eraseFromParent();
    return true;
  }
  Register Scratch =
      MF.getRegInfo().createVirtualRegister(&Tatami::GPRRegClass);
  TII->addConstant(MBB, II, MI.getDebugLoc(), Scratch, FrameReg, Offset);
  Base.ChangeToRegister(Scratch, false, false, true);
  Constant.ChangeToImmediate(0);
  return false;
}

Register
TatamiRegisterInfo::getFrameRegister(const MachineFunction &MF) const {
  const TargetFrameLowering *TFI = MF.getSubtarget().getFrameLowering();
  return TFI->hasFP(MF) ? Tatami::X4 : Tatami::X2;
}
