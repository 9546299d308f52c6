//===- TatamiInstrInfo.cpp - What passes ask about instructions -----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "TatamiInstrInfo.h"
#include "MCTargetDesc/TatamiMCTargetDesc.h"
#include "TatamiSubtarget.h"
#include "llvm/CodeGen/MachineFrameInfo.h"
#include "llvm/CodeGen/MachineInstrBuilder.h"
#include "llvm/CodeGen/MachineRegisterInfo.h"
#include "llvm/Target/TargetMachine.h"

using namespace llvm;

#define GET_INSTRINFO_CTOR_DTOR
#include "TatamiGenInstrInfo.inc"

TatamiInstrInfo::TatamiInstrInfo(const TatamiSubtarget &STI)
    : TatamiGenInstrInfo(STI, RegInfo, Tatami::ADJCALLSTACKDOWN,
                         Tatami::ADJCALLSTACKUP) {}

//===----------------------------------------------------------------------===//
// Copies and spills
//===----------------------------------------------------------------------===//

void TatamiInstrInfo::copyPhysReg(MachineBasicBlock &MBB,
                                  MachineBasicBlock::iterator MI,
                                  const DebugLoc &DL, Register DestReg,
                                  Register SrcReg, bool KillSrc, bool,
                                  bool) const {
  const unsigned Kill = getKillRegState(KillSrc);
  auto Both = [&](const TargetRegisterClass &RC) {
    return RC.contains(DestReg, SrcReg);
  };
  if (Both(Tatami::GPRRegClass)) {
    BuildMI(MBB, MI, DL, get(Tatami::ADDI), DestReg)
        .addReg(SrcReg, Kill)
        .addImm(0);
  } else if (Both(Tatami::VRRegClass)) {
    // FP32 scalars too: what is in the other lanes is nobody's.
    BuildMI(MBB, MI, DL, get(Tatami::VMOV_D), DestReg).addReg(SrcReg, Kill);
  } else if (Both(Tatami::MRRegClass)) {
    BuildMI(MBB, MI, DL, get(Tatami::MOR), DestReg)
        .addReg(SrcReg)
        .addReg(SrcReg, Kill);
  } else if (Both(Tatami::ARRegClass)) {
    BuildMI(MBB, MI, DL, get(Tatami::ACCMV), DestReg).addReg(SrcReg, Kill);
  } else {
    llvm_unreachable("no copy between these register files");
  }
}

namespace {
struct SpillOpcodes {
  unsigned Load, Store;
};
} // namespace

static SpillOpcodes getSpillOpcodes(const TargetRegisterClass *RC) {
  if (Tatami::GPRRegClass.hasSubClassEq(RC))
    return {Tatami::LD, Tatami::SD};
  if (Tatami::VRRegClass.hasSubClassEq(RC))
    return {Tatami::VLD, Tatami::VST};
  if (Tatami::FRRegClass.hasSubClassEq(RC))
    return {Tatami::FLW, Tatami::FSW};
  if (Tatami::MRRegClass.hasSubClassEq(RC))
    return {Tatami::MLD, Tatami::MST};
  if (Tatami::ARRegClass.hasSubClassEq(RC))
    return {Tatami::ACCLD, Tatami::ACCST};
  llvm_unreachable("no spill of this register class");
}

static MachineMemOperand *getSlotOperand(MachineFunction &MF, int FI,
                                         MachineMemOperand::Flags Flags) {
  const MachineFrameInfo &MFI = MF.getFrameInfo();
  return MF.getMachineMemOperand(MachinePointerInfo::getFixedStack(MF, FI),
                                 Flags, MFI.getObjectSize(FI),
                                 MFI.getObjectAlign(FI));
}

void TatamiInstrInfo::storeRegToStackSlot(
    MachineBasicBlock &MBB, MachineBasicBlock::iterator MI, Register SrcReg,
    bool IsKill, int FI, const TargetRegisterClass *RC, Register,
    MachineInstr::MIFlag Flags) const {
  BuildMI(MBB, MI, DebugLoc(), get(getSpillOpcodes(RC).Store))
      .addReg(SrcReg, getKillRegState(IsKill))
      .addFrameIndex(FI)
      .addImm(0)
      .addMemOperand(getSlotOperand(*MBB.getParent(), FI,
                                    MachineMemOperand::MOStore))
      .setMIFlag(Flags);
}

void TatamiInstrInfo::loadRegFromStackSlot(
    MachineBasicBlock &MBB, MachineBasicBlock::iterator MI, Register DestReg,
    int FI, const TargetRegisterClass *RC, Register, unsigned,
    MachineInstr::MIFlag Flags) const {
  DebugLoc DL = MI != MBB.end() ? MI->getDebugLoc() : DebugLoc();
  BuildMI(MBB, MI, DL, get(getSpillOpcodes(RC).Load), DestReg)
      .addFrameIndex(FI)
      .addImm(0)
      .addMemOperand(
          getSlotOperand(*MBB.getParent(), FI, MachineMemOperand::MOLoad))
      .setMIFlag(Flags);
}

static bool isPlainSlotAccess(const MachineInstr &MI, int &FrameIndex) {
  if (!MI.getOperand(1).isFI() || !MI.getOperand(2).isImm() ||
      MI.getOperand(2).getImm() != 0)
    return false;
  FrameIndex = MI.getOperand(1).getIndex();
  return true;
}

Register TatamiInstrInfo::isLoadFromStackSlot(const MachineInstr &MI,
                                              int &FrameIndex) const {
  switch (MI.getOpcode()) {
  case Tatami::LD: case Tatami::LW: case Tatami::FLW: case Tatami::VLD:
  case Tatami::MLD: case Tatami::ACCLD:
    if (isPlainSlotAccess(MI, FrameIndex))
      return MI.getOperand(0).getReg();
    return Register();
  default:
    return Register();
  }
}

Register TatamiInstrInfo::isStoreToStackSlot(const MachineInstr &MI,
                                             int &FrameIndex) const {
  switch (MI.getOpcode()) {
  case Tatami::SD: case Tatami::SW: case Tatami::FSW: case Tatami::VST:
  case Tatami::MST: case Tatami::ACCST:
    if (isPlainSlotAccess(MI, FrameIndex))
      return MI.getOperand(0).getReg();
    return Register();
  default:
    return Register();
  }
}

//===----------------------------------------------------------------------===//
// Branches
//===----------------------------------------------------------------------===//

// The opposite of a compare-and-branch, or 0 if it is none.
static unsigned getOppositeBranch(unsigned Opcode) {
  switch (Opcode) {
  case Tatami::BEQ: return Tatami::BNE;
  case Tatami::BNE: return Tatami::BEQ;
  case Tatami::BLT: return Tatami::BGE;
  case Tatami::BGE: return Tatami::BLT;
  case Tatami::BLTU: return Tatami::BGEU;
  case Tatami::BGEU: return Tatami::BLTU;
  case Tatami::BEQW: return Tatami::BNEW;
  case Tatami::BNEW: return Tatami::BEQW;
  case Tatami::BLTW: return Tatami::BGEW;
  case Tatami::BGEW: return Tatami::BLTW;
  case Tatami::BLTUW: return Tatami::BGEUW;
  case Tatami::BGEUW: return Tatami::BLTUW;
  default: return 0;
  }
}

static bool isConditional(const MachineInstr &MI) {
  return getOppositeBranch(MI.getOpcode()) != 0;
}

MachineBasicBlock *
TatamiInstrInfo::getBranchDestBlock(const MachineInstr &MI) const {
  return MI.getOperand(MI.getNumExplicitOperands() - 1).getMBB();
}

// Cond: opcode, rs1, rs2.
static void parseCondition(const MachineInstr &MI,
                           SmallVectorImpl<MachineOperand> &Cond) {
  Cond.push_back(MachineOperand::CreateImm(MI.getOpcode()));
  Cond.push_back(MI.getOperand(0));
  Cond.push_back(MI.getOperand(1));
}

bool TatamiInstrInfo::analyzeBranch(MachineBasicBlock &MBB,
                                    MachineBasicBlock *&TBB,
                                    MachineBasicBlock *&FBB,
                                    SmallVectorImpl<MachineOperand> &Cond,
                                    bool AllowModify) const {
  TBB = FBB = nullptr;
  Cond.clear();

  MachineBasicBlock::iterator I = MBB.getLastNonDebugInstr();
  if (I == MBB.end() || !isUnpredicatedTerminator(*I))
    return false;

  // Terminators from the last one up; what follows a jump is dead.
  MachineBasicBlock::iterator FirstJump = MBB.end();
  int Count = 0;
  for (auto J = I.getReverse(); J != MBB.rend() && isUnpredicatedTerminator(*J);
       ++J) {
    ++Count;
    if (J->getDesc().isUnconditionalBranch() ||
        J->getDesc().isIndirectBranch())
      FirstJump = J.getReverse();
  }
  if (AllowModify && FirstJump != MBB.end()) {
    while (std::next(FirstJump) != MBB.end()) {
      std::next(FirstJump)->eraseFromParent();
      --Count;
    }
    I = FirstJump;
  }

  if (I->getDesc().isIndirectBranch() || Count > 2)
    return true;
  if (Count == 1 && I->getOpcode() == Tatami::J) {
    TBB = getBranchDestBlock(*I);
    return false;
  }
  if (Count == 1 && isConditional(*I)) {
    TBB = getBranchDestBlock(*I);
    parseCondition(*I, Cond);
    return false;
  }
  if (Count == 2 && isConditional(*std::prev(I)) &&
      I->getOpcode() == Tatami::J) {
    TBB = getBranchDestBlock(*std::prev(I));
    parseCondition(*std::prev(I), Cond);
    FBB = getBranchDestBlock(*I);
    return false;
  }
  return true;
}

unsigned TatamiInstrInfo::insertBranch(MachineBasicBlock &MBB,
                                       MachineBasicBlock *TBB,
                                       MachineBasicBlock *FBB,
                                       ArrayRef<MachineOperand> Cond,
                                       const DebugLoc &DL,
                                       int *BytesAdded) const {
  assert(TBB && "insertBranch must not be told to insert a fallthrough");
  unsigned Count = 0;
  if (Cond.empty()) {
    BuildMI(&MBB, DL, get(Tatami::J)).addMBB(TBB);
    Count = 1;
  } else {
    BuildMI(&MBB, DL, get(Cond[0].getImm()))
        .add(Cond[1])
        .add(Cond[2])
        .addMBB(TBB);
    Count = 1;
    if (FBB) {
      BuildMI(&MBB, DL, get(Tatami::J)).addMBB(FBB);
      Count = 2;
    }
  }
  if (BytesAdded)
    *BytesAdded = 4 * Count;
  return Count;
}

unsigned TatamiInstrInfo::removeBranch(MachineBasicBlock &MBB,
                                       int *BytesRemoved) const {
  unsigned Count = 0;
  for (int Round = 0; Round < 2; ++Round) {
    MachineBasicBlock::iterator I = MBB.getLastNonDebugInstr();
    if (I == MBB.end() ||
        !(isConditional(*I) || (Round == 0 && I->getOpcode() == Tatami::J)))
      break;
    bool WasConditional = isConditional(*I);
    I->eraseFromParent();
    ++Count;
    if (WasConditional)
      break;
  }
  if (BytesRemoved)
    *BytesRemoved = 4 * Count;
  return Count;
}

bool TatamiInstrInfo::reverseBranchCondition(
    SmallVectorImpl<MachineOperand> &Cond) const {
  assert(Cond.size() == 3 && "not a branch condition");
  Cond[0].setImm(getOppositeBranch(Cond[0].getImm()));
  return false;
}

bool TatamiInstrInfo::isBranchOffsetInRange(unsigned Opcode,
                                            int64_t Offset) const {
  // A jump reaches any place of an image that fits the node's memory.
  if (Opcode == Tatami::J || Opcode == Tatami::JAL)
    return isInt<22>(Offset);
  return isInt<17>(Offset);
}

unsigned TatamiInstrInfo::getInstSizeInBytes(const MachineInstr &MI) const {
  if (MI.isMetaInstruction())
    return 0;
  if (MI.isInlineAsm())
    return getInlineAsmLength(MI.getOperand(0).getSymbolName(),
                              *MI.getMF()->getTarget().getMCAsmInfo());
  return MI.getDesc().getSize();
}

// In a merging form the first operand is what lanes keep that the mask leaves
// out: the two behind it commute.
bool TatamiInstrInfo::findCommutedOpIndices(const MachineInstr &MI,
                                            unsigned &SrcOpIdx1,
                                            unsigned &SrcOpIdx2) const {
  const MCInstrDesc &Desc = MI.getDesc();
  if (!Desc.isCommutable())
    return false;
  const unsigned First =
      Desc.getOperandConstraint(Desc.getNumDefs(), MCOI::TIED_TO) != -1 ? 2 : 1;
  return fixCommutedOpIndices(SrcOpIdx1, SrcOpIdx2, First, First + 1);
}

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

// Loads and stores that move their base: base and constant are the operands 2
// and 3 of both.
static bool movesBase(const MachineInstr &MI) {
  return MI.mayLoadOrStore() && MI.getNumExplicitOperands() == 4 &&
         MI.getOperand(2).isReg() && MI.getOperand(3).isImm() &&
         MI.getDesc().getOperandConstraint(2, MCOI::TIED_TO) ==
             int(MI.getNumExplicitDefs() - 1);
}

bool TatamiInstrInfo::getMemOperandsWithOffsetWidth(
    const MachineInstr &MI, SmallVectorImpl<const MachineOperand *> &BaseOps,
    int64_t &Offset, bool &OffsetIsScalable, LocationSize &Width,
    const TargetRegisterInfo *) const {
  if (!MI.mayLoadOrStore() || !MI.hasOneMemOperand() ||
      MI.hasUnmodeledSideEffects())
    return false;
  Width = (*MI.memoperands_begin())->getSize();
  OffsetIsScalable = false;
  // data and the moved base, base, constant that is added afterwards
  if (movesBase(MI)) {
    BaseOps.push_back(&MI.getOperand(2));
    Offset = 0;
    return true;
  }
  // data, base, constant: the shape of every plain load and store; a mask may
  // follow, that leaves lanes out.
  const unsigned Operands = MI.getNumExplicitOperands();
  if (Operands != 3 && !(Operands == 4 && MI.getOperand(3).isReg()))
    return false;
  const MachineOperand &Base = MI.getOperand(1);
  if (!(Base.isReg() || Base.isFI()) || !MI.getOperand(2).isImm() ||
      MI.getDesc().getOperandConstraint(1, MCOI::TIED_TO) != -1 ||
      !MI.getOperand(0).isReg() ||
      (MI.mayLoad() && !MI.getOperand(0).isDef()) || MI.getNumDefs() > 1 ||
      (MI.mayStore() && MI.getNumDefs() > 0))
    return false;
  BaseOps.push_back(&Base);
  Offset = MI.getOperand(2).getImm();
  return true;
}

bool TatamiInstrInfo::getIncrementValue(const MachineInstr &MI,
                                        int &Value) const {
  if (movesBase(MI))
    Value = int(MI.getOperand(3).getImm());
  else if (MI.getOpcode() == Tatami::ADDI && MI.getOperand(2).isImm())
    Value = int(MI.getOperand(2).getImm());
  else
    return false;
  return true;
}

bool TatamiInstrInfo::areMemAccessesTriviallyDisjoint(
    const MachineInstr &A, const MachineInstr &B) const {
  if (A.hasUnmodeledSideEffects() || B.hasUnmodeledSideEffects() ||
      A.hasOrderedMemoryRef() || B.hasOrderedMemoryRef())
    return false;
  SmallVector<const MachineOperand *, 1> BaseA, BaseB;
  int64_t OffsetA, OffsetB;
  bool Scalable;
  LocationSize WidthA = LocationSize::precise(0);
  LocationSize WidthB = LocationSize::precise(0);
  if (!getMemOperandsWithOffsetWidth(A, BaseA, OffsetA, Scalable, WidthA,
                                     &RegInfo) ||
      !getMemOperandsWithOffsetWidth(B, BaseB, OffsetB, Scalable, WidthB,
                                     &RegInfo) ||
      !BaseA[0]->isIdenticalTo(*BaseB[0]))
    return false;
  const LocationSize LowWidth = OffsetA < OffsetB ? WidthA : WidthB;
  return LowWidth.hasValue() &&
         std::min(OffsetA, OffsetB) + int64_t(LowWidth.getValue()) <=
             std::max(OffsetA, OffsetB);
}

//===----------------------------------------------------------------------===//
// Operand flags and constants
//===----------------------------------------------------------------------===//

std::pair<unsigned, unsigned>
TatamiInstrInfo::decomposeMachineOperandsTargetFlags(unsigned TF) const {
  return {TF, 0};
}

ArrayRef<std::pair<unsigned, const char *>>
TatamiInstrInfo::getSerializableDirectMachineOperandTargetFlags() const {
  static const std::pair<unsigned, const char *> Flags[] = {
      {TatamiII::MO_TPREL, "tatami-tprel"}};
  return Flags;
}

void TatamiInstrInfo::addConstant(MachineBasicBlock &MBB,
                                  MachineBasicBlock::iterator MI,
                                  const DebugLoc &DL, Register Dest,
                                  Register Src, int64_t Value,
                                  MachineInstr::MIFlag Flag) const {
  const bool ToStack = Dest == Tatami::X2;
  if (ToStack && Src == Tatami::X2 && isShiftedInt<15, 6>(Value)) {
    if (Value)
      BuildMI(MBB, MI, DL, get(Tatami::SPADJ)).addImm(Value).setMIFlag(Flag);
    return;
  }
  Register Sum = Dest;
  MachineRegisterInfo &MRI = MBB.getParent()->getRegInfo();
  if (ToStack)
    Sum = MRI.createVirtualRegister(&Tatami::GPRRegClass);
  if (isInt<15>(Value)) {
    BuildMI(MBB, MI, DL, get(Tatami::ADDI), Sum)
        .addReg(Src)
        .addImm(Value)
        .setMIFlag(Flag);
  } else {
    // A frame is smaller than the node's memory, and so are its offsets.
    assert(isInt<35>(Value) && "offset beyond any frame");
    Register Big = MRI.createVirtualRegister(&Tatami::GPRRegClass);
    if (isInt<22>(Value)) {
      BuildMI(MBB, MI, DL, get(Tatami::LI), Big).addImm(Value).setMIFlag(Flag);
    } else {
      Register High = MRI.createVirtualRegister(&Tatami::GPRRegClass);
      BuildMI(MBB, MI, DL, get(Tatami::LUI), High)
          .addImm((Value + 0x4000) >> 15)
          .setMIFlag(Flag);
      BuildMI(MBB, MI, DL, get(Tatami::ADDI), Big)
          .addReg(High, RegState::Kill)
          .addImm(SignExtend64<15>(Value))
          .setMIFlag(Flag);
    }
    BuildMI(MBB, MI, DL, get(Tatami::ADD), Sum)
        .addReg(Src)
        .addReg(Big, RegState::Kill)
        .setMIFlag(Flag);
  }
  if (ToStack)
    BuildMI(MBB, MI, DL, get(Tatami::SPSET))
        .addReg(Sum, RegState::Kill)
        .setMIFlag(Flag);
}
