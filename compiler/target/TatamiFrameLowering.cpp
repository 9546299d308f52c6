//===- TatamiFrameLowering.cpp - Stack frames -----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "TatamiFrameLowering.h"
#include "MCTargetDesc/TatamiMCTargetDesc.h"
#include "TatamiSubtarget.h"
#include "llvm/CodeGen/CFIInstBuilder.h"
#include "llvm/CodeGen/MachineFrameInfo.h"
#include "llvm/CodeGen/MachineFunction.h"
#include "llvm/CodeGen/MachineInstrBuilder.h"
#include "llvm/CodeGen/MachineRegisterInfo.h"
#include "llvm/CodeGen/RegisterScavenging.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/Target/TargetOptions.h"

using namespace llvm;

const MCRegister TatamiFrameLowering::BasePointer = Tatami::X22;

bool TatamiFrameLowering::hasFPImpl(const MachineFunction &MF) const {
  const MachineFrameInfo &MFI = MF.getFrameInfo();
  return MF.getTarget().Options.DisableFramePointerElim(MF) ||
         MF.getSubtarget().getRegisterInfo()->hasStackRealignment(MF) ||
         MFI.hasVarSizedObjects() || MFI.isFrameAddressTaken();
}

bool TatamiFrameLowering::hasBP(const MachineFunction &MF) const {
  return MF.getFrameInfo().hasVarSizedObjects() &&
         MF.getSubtarget().getRegisterInfo()->hasStackRealignment(MF);
}

void TatamiFrameLowering::emitPrologue(MachineFunction &MF,
                                       MachineBasicBlock &MBB) const {
  MachineFrameInfo &MFI = MF.getFrameInfo();
  const auto &ST = MF.getSubtarget<TatamiSubtarget>();
  const TatamiInstrInfo *TII = ST.getInstrInfo();
  const TatamiRegisterInfo *TRI = ST.getRegisterInfo();
  MachineBasicBlock::iterator MBBI = MBB.begin();
  // The first known location is where a debugger ends the prologue.
  DebugLoc DL;

  const uint64_t Size = alignTo(MFI.getStackSize(), getStackAlign());
  MFI.setStackSize(Size);
  if (Size == 0 && !MFI.adjustsStack() && !hasFP(MF))
    return;

  const bool NeedsCFI = MF.needsFrameMoves();
  TII->addConstant(MBB, MBBI, DL, Tatami::X2, Tatami::X2, -int64_t(Size),
                   MachineInstr::FrameSetup);
  if (NeedsCFI && Size)
    CFIInstBuilder(MBB, MBBI, MachineInstr::FrameSetup)
        .buildDefCFAOffset(Size);

  // Behind the stores of callee-saved registers: those have the old fp.
  const auto &Saved = MFI.getCalleeSavedInfo();
  std::advance(MBBI, Saved.size());
  if (NeedsCFI) {
    CFIInstBuilder CFI(MBB, MBBI, MachineInstr::FrameSetup);
    for (const CalleeSavedInfo &Entry : Saved)
      CFI.buildOffset(Entry.getReg(),
                      MFI.getObjectOffset(Entry.getFrameIdx()));
  }

  if (!hasFP(MF))
    return;
  TII->addConstant(MBB, MBBI, DL, Tatami::X4, Tatami::X2, Size,
                   MachineInstr::FrameSetup);
  if (NeedsCFI)
    CFIInstBuilder(MBB, MBBI, MachineInstr::FrameSetup)
        .buildDefCFA(Tatami::X4, 0);

  if (TRI->hasStackRealignment(MF)) {
    Register Aligned =
        MF.getRegInfo().createVirtualRegister(&Tatami::GPRRegClass);
    const int64_t Mask = -int64_t(MFI.getMaxAlign().value());
    if (isInt<15>(Mask)) {
      BuildMI(MBB, MBBI, DL, TII->get(Tatami::ANDI), Aligned)
          .addReg(Tatami::X2)
          .addImm(Mask)
          .setMIFlag(MachineInstr::FrameSetup);
    } else {
      Register MaskReg =
          MF.getRegInfo().createVirtualRegister(&Tatami::GPRRegClass);
      BuildMI(MBB, MBBI, DL, TII->get(Tatami::LI), MaskReg)
          .addImm(Mask)
          .setMIFlag(MachineInstr::FrameSetup);
      BuildMI(MBB, MBBI, DL, TII->get(Tatami::AND), Aligned)
          .addReg(Tatami::X2)
          .addReg(MaskReg, RegState::Kill)
          .setMIFlag(MachineInstr::FrameSetup);
    }
    BuildMI(MBB, MBBI, DL, TII->get(Tatami::SPSET))
        .addReg(Aligned, RegState::Kill)
        .setMIFlag(MachineInstr::FrameSetup);
  }
  if (hasBP(MF))
    BuildMI(MBB, MBBI, DL, TII->get(Tatami::ADDI), BasePointer)
        .addReg(Tatami::X2)
        .addImm(0)
        .setMIFlag(MachineInstr::FrameSetup);
}

void TatamiFrameLowering::emitEpilogue(MachineFunction &MF,
                                       MachineBasicBlock &MBB) const {
  const MachineFrameInfo &MFI = MF.getFrameInfo();
  const auto &ST = MF.getSubtarget<TatamiSubtarget>();
  const TatamiInstrInfo *TII = ST.getInstrInfo();
  MachineBasicBlock::iterator MBBI = MBB.getFirstTerminator();
  DebugLoc DL = MBBI != MBB.end() ? MBBI->getDebugLoc() : DebugLoc();
  const int64_t Size = MFI.getStackSize();
  const auto &Saved = MFI.getCalleeSavedInfo();
  const MachineBasicBlock::iterator Reloads = std::prev(MBBI, Saved.size());
  const bool NeedsCFI = MF.needsFrameMoves() && Size;

  // Where sp has moved by an unknown amount, fp brings it back to where the
  // callee-saved registers are addressed from.
  if (ST.getRegisterInfo()->hasStackRealignment(MF) ||
      MFI.hasVarSizedObjects())
    TII->addConstant(MBB, Reloads, DL, Tatami::X2, Tatami::X4, -Size,
                     MachineInstr::FrameDestroy);
  if (NeedsCFI && hasFP(MF))
    CFIInstBuilder(MBB, Reloads, MachineInstr::FrameDestroy)
        .buildDefCFA(Tatami::X2, Size);
  if (NeedsCFI) {
    CFIInstBuilder CFI(MBB, MBBI, MachineInstr::FrameDestroy);
    for (const CalleeSavedInfo &Entry : Saved)
      CFI.buildRestore(Entry.getReg());
  }
  TII->addConstant(MBB, MBBI, DL, Tatami::X2, Tatami::X2, Size,
                   MachineInstr::FrameDestroy);
  if (NeedsCFI)
    CFIInstBuilder(MBB, MBBI, MachineInstr::FrameDestroy).buildDefCFAOffset(0);
}

StackOffset
TatamiFrameLowering::getFrameIndexReference(const MachineFunction &MF, int FI,
                                            Register &FrameReg) const {
  const MachineFrameInfo &MFI = MF.getFrameInfo();
  const bool Realigned =
      MF.getSubtarget().getRegisterInfo()->hasStackRealignment(MF);
  const int64_t FromTop = MFI.getObjectOffset(FI);

  int MinSaved = 0, MaxSaved = -1;
  const auto &Saved = MFI.getCalleeSavedInfo();
  if (!Saved.empty()) {
    MinSaved = Saved.front().getFrameIdx();
    MaxSaved = Saved.back().getFrameIdx();
    if (MinSaved > MaxSaved)
      std::swap(MinSaved, MaxSaved);
  }
  const bool IsSaved = FI >= MinSaved && FI <= MaxSaved;

  // Saved registers are stored before, and loaded after, sp moves further.
  if (IsSaved && !Realigned && !MFI.hasVarSizedObjects()) {
    FrameReg = Tatami::X2;
    return StackOffset::getFixed(FromTop + MFI.getStackSize());
  }
  if (IsSaved) {
    FrameReg = Tatami::X2;
    return StackOffset::getFixed(FromTop + MFI.getStackSize());
  }
  // Incoming arguments are a fixed way from the top only.
  if (Realigned && FI >= 0) {
    FrameReg = hasBP(MF) ? Register(BasePointer) : Register(Tatami::X2);
    return StackOffset::getFixed(FromTop + MFI.getStackSize());
  }
  if (hasFP(MF) && (Realigned || MFI.hasVarSizedObjects())) {
    FrameReg = Tatami::X4;
    return StackOffset::getFixed(FromTop);
  }
  FrameReg = Tatami::X2;
  return StackOffset::getFixed(FromTop + MFI.getStackSize());
}

void TatamiFrameLowering::determineCalleeSaves(MachineFunction &MF,
                                               BitVector &SavedRegs,
                                               RegScavenger *RS) const {
  TargetFrameLowering::determineCalleeSaves(MF, SavedRegs, RS);
  if (hasFP(MF)) {
    SavedRegs.set(Tatami::X1);
    SavedRegs.set(Tatami::X4);
  }
  if (hasBP(MF))
    SavedRegs.set(BasePointer);
}

// As in general, but for __builtin_return_address, which reads ra thereafter.
bool TatamiFrameLowering::spillCalleeSavedRegisters(
    MachineBasicBlock &MBB, MachineBasicBlock::iterator MI,
    ArrayRef<CalleeSavedInfo> CSI, const TargetRegisterInfo *TRI) const {
  const TargetInstrInfo &TII =
      *MBB.getParent()->getSubtarget().getInstrInfo();
  for (const CalleeSavedInfo &Saved : CSI) {
    MCRegister Reg = Saved.getReg();
    TII.storeRegToStackSlot(MBB, MI, Reg, !MBB.isLiveIn(Reg),
                            Saved.getFrameIdx(),
                            TRI->getMinimalPhysRegClass(Reg), Register());
  }
  return true;
}

void TatamiFrameLowering::processFunctionBeforeFrameFinalized(
    MachineFunction &MF, RegScavenger *RS) const {
  MachineFrameInfo &MFI = MF.getFrameInfo();
  // Offsets are 15 bits; those of element-aligned vector accesses 10. A frame
  // beyond that needs registers for addresses, which may have to be freed.
  const uint64_t Estimate = MFI.estimateStackSize(MF);
  bool HasVectors = false;
  for (int FI = MFI.getObjectIndexBegin(); FI < MFI.getObjectIndexEnd(); ++FI)
    HasVectors |= !MFI.isDeadObjectIndex(FI) && MFI.getObjectSize(FI) >= 64;
  if (isInt<14>(Estimate) && !(HasVectors && !isInt<9>(Estimate)))
    return;
  const TargetRegisterClass &RC = Tatami::GPRRegClass;
  const TargetRegisterInfo *TRI = MF.getSubtarget().getRegisterInfo();
  for (int Slot = 0; Slot < 2; ++Slot)
    RS->addScavengingFrameIndex(MFI.CreateSpillStackObject(
        TRI->getSpillSize(RC), TRI->getSpillAlign(RC)));
}

bool TatamiFrameLowering::hasReservedCallFrame(
    const MachineFunction &MF) const {
  return !MF.getFrameInfo().hasVarSizedObjects();
}

MachineBasicBlock::iterator TatamiFrameLowering::eliminateCallFramePseudoInstr(
    MachineFunction &MF, MachineBasicBlock &MBB,
    MachineBasicBlock::iterator MI) const {
  if (!hasReservedCallFrame(MF)) {
    const auto *TII = MF.getSubtarget<TatamiSubtarget>().getInstrInfo();
    int64_t Amount = alignTo(MI->getOperand(0).getImm(), getStackAlign());
    if (MI->getOpcode() == Tatami::ADJCALLSTACKDOWN)
      Amount = -Amount;
    TII->addConstant(MBB, MI, MI->getDebugLoc(), Tatami::X2, Tatami::X2,
                     Amount);
  }
  return MBB.erase(MI);
}
