//===- TatamiExtensions.cpp - Extensions that change nothing --------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Every `w` instruction and most narrow loads leave their result sign-extended
// to 64 bits, as do callers their arguments and functions their results; others
// leave it zero-extended. Where all that reaches a sext.w (zext.w) is of that
// kind, through copies, phis and bitwise operations, it is removed.
//===----------------------------------------------------------------------===//

#include "MCTargetDesc/TatamiMCTargetDesc.h"
#include "Tatami.h"
#include "TatamiMachineFunctionInfo.h"
#include "TatamiSubtarget.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/CodeGen/MachineFunctionPass.h"
#include "llvm/CodeGen/MachineRegisterInfo.h"

using namespace llvm;

#define DEBUG_TYPE "tatami-extensions"
#define PASS_NAME "Tatami removal of redundant extensions"

namespace {

class TatamiExtensions : public MachineFunctionPass {
public:
  static char ID;
  TatamiExtensions() : MachineFunctionPass(ID) {}

  StringRef getPassName() const override { return PASS_NAME; }
  void getAnalysisUsage(AnalysisUsage &AU) const override {
    AU.setPreservesCFG();
    MachineFunctionPass::getAnalysisUsage(AU);
  }
  bool runOnMachineFunction(MachineFunction &MF) override;

private:
  bool isExtended(Register Start, bool Signed) const;

  MachineRegisterInfo *MRI = nullptr;
  const TatamiMachineFunctionInfo *Info = nullptr;
};

// How a value relates to the extension that is asked for: it has been extended,
// it has not, or it has if all (some) of its operands have.
enum class State { Yes, No, IfAll, IfAny };

} // namespace

char TatamiExtensions::ID = 0;

INITIALIZE_PASS(TatamiExtensions, DEBUG_TYPE, PASS_NAME, false, false)

FunctionPass *llvm::createTatamiExtensionsPass() {
  return new TatamiExtensions();
}

// Results below 2^31: extended either way.
static bool isSmall(const MachineInstr &MI) {
  using namespace Tatami;
  switch (MI.getOpcode()) {
  case SEQ: case SNE: case SLT: case SLTU: case SEQW: case SNEW: case SLTW:
  case SLTUW: case SEQI: case SNEI: case SLTI: case SLTIU: case SEQIW:
  case SNEIW: case SLTIW: case SLTIUW: case FEQ: case FLT: case FLE:
  case CLZ: case CTZ: case CPOP: case CLZW: case CTZW: case CPOPW:
  case ZEXTH: case LBU: case LHU: case LBUX: case LHUX: case LBUPI: case LHUPI:
  case RLBU: case RLHU:
    return true;
  case LI:
    // Symbols are addresses of 21 bits.
    return !MI.getOperand(1).isImm() || MI.getOperand(1).getImm() >= 0;
  case ANDI:
    // A constant that is not negative clears the upper part.
    return MI.getOperand(2).getImm() >= 0;
  case SRLI:
    return MI.getOperand(2).getImm() > 32;
  case SRLIW:
    return MI.getOperand(2).getImm() > 0;
  default:
    return false;
  }
}

// Is the first result of MI a sign-extended 32-bit number?
static State getSignState(const MachineInstr &MI) {
  using namespace Tatami;
  switch (MI.getOpcode()) {
  case ADDW: case SUBW: case MULW: case MINW: case MAXW: case MINUW:
  case MAXUW: case SLLW: case SRLW: case SRAW: case ROLW: case RORW:
  case DIVW: case DIVUW: case REMW: case REMUW: case ADDIW: case SLLIW:
  case SRLIW: case SRAIW: case RORIW: case MADDW: case MSUBW:
  case SEXTB: case SEXTH: case SEXTW: case REV8W: case BREVW: case LI:
  case LB: case LH: case LW: case LBX: case LHX: case LWX:
  case LBPI: case LHPI: case LWPI: case RLB: case RLH: case RLW:
  case AMOSWAPW: case AMOADDW: case AMOANDW: case AMOORW: case AMOXORW:
  case AMOMINW: case AMOMAXW: case AMOMINUW: case AMOMAXUW:
  case FCVTWS: case FCVTWUS: case FMVXW: case FCVT_BF_S: case FCVT_H_S:
  case VEXTRACT_B: case VEXTRACT_H: case VEXTRACT_W:
  case VEXTRACTX_B: case VEXTRACTX_H: case VEXTRACTX_W:
    return State::Yes;
  case LUI:
    return isInt<17>(MI.getOperand(1).getImm()) ? State::Yes : State::No;
  case ANDI: case ORI: case XORI:
    return State::IfAll;
  case SRAI:
    return MI.getOperand(2).getImm() >= 32 ? State::Yes : State::IfAll;
  case AND: case OR: case XOR: case XNOR: case ANDN: case ORN: case MIN:
  case MAX: case MINU: case MAXU: case SEL:
  case TargetOpcode::PHI: case TargetOpcode::COPY:
    return State::IfAll;
  default:
    return State::No;
  }
}

// Is the first result of MI a number below 2^32?
static State getZeroState(const MachineInstr &MI) {
  using namespace Tatami;
  switch (MI.getOpcode()) {
  case LWU: case LWUX: case LWUPI: case RLWU: case ZEXTW:
    return State::Yes;
  case LUI:
    return isUInt<17>(MI.getOperand(1).getImm()) ? State::Yes : State::No;
  case SRLI:
    return MI.getOperand(2).getImm() >= 32 ? State::Yes : State::IfAll;
  case ORI: case XORI:
    return MI.getOperand(2).getImm() >= 0 ? State::IfAll : State::No;
  case AND: case MINU:
    return State::IfAny;
  case ANDI: case OR: case XOR: case MIN: case MAX: case MAXU: case SEL:
  case TargetOpcode::PHI: case TargetOpcode::COPY:
    return State::IfAll;
  default:
    return State::No;
  }
}

// A copy of what a call returns as a number of at most 32 bits: every function
// extends that.
static bool isNarrowResult(const MachineInstr &Copy) {
  if (Copy.getOperand(1).getReg() != Tatami::X8)
    return false;
  const MachineBasicBlock &MBB = *Copy.getParent();
  for (auto I = std::next(MachineBasicBlock::const_reverse_iterator(Copy));
       I != MBB.rend(); ++I) {
    if (I->isCall()) {
      const MachineOperand &Callee = I->getOperand(0);
      const auto *F =
          Callee.isGlobal() ? dyn_cast<Function>(Callee.getGlobal()) : nullptr;
      return F && F->getReturnType()->isIntegerTy() &&
             F->getReturnType()->getIntegerBitWidth() <= 32;
    }
    if (I->modifiesRegister(Tatami::X8, /*TRI=*/nullptr))
      return false;
  }
  return false;
}

bool TatamiExtensions::isExtended(Register Start, bool Signed) const {
  SmallPtrSet<const MachineInstr *, 8> Visited;
  SmallVector<Register, 8> Worklist = {Start};
  while (!Worklist.empty()) {
    Register Reg = Worklist.pop_back_val();
    if (Reg == Tatami::X0)
      continue;
    if (!Reg.isVirtual())
      return false;
    if (Signed && Info->SignExtendedArguments.contains(Reg))
      continue;
    const MachineInstr *MI = MRI->getVRegDef(Reg);
    if (!MI)
      return false;
    if (!Visited.insert(MI).second)
      continue;
    if (Visited.size() > 32)
      return false;
    // The second result of a load is its moved base.
    if (MI->getOperand(0).getReg() != Reg)
      return false;
    if (isSmall(*MI) || (Signed && MI->isCopy() && isNarrowResult(*MI)))
      continue;
    State S = Signed ? getSignState(*MI) : getZeroState(*MI);
    if (S == State::Yes)
      continue;
    if (S == State::No)
      return false;
    // SEL's first operand is the condition.
    const unsigned First = MI->getOpcode() == Tatami::SEL ? 2 : 1;
    if (S == State::IfAny) {
      // Only what is seen at once: no search for the better operand.
      if (none_of(drop_begin(MI->operands(), First),
                  [&](const MachineOperand &MO) {
                    const MachineInstr *Def =
                        MO.getReg().isVirtual() ? MRI->getVRegDef(MO.getReg())
                                                : nullptr;
                    return Def && Def->getOperand(0).getReg() == MO.getReg() &&
                           (isSmall(*Def) || getZeroState(*Def) == State::Yes);
                  }))
        return false;
      continue;
    }
    for (const MachineOperand &MO : drop_begin(MI->operands(), First))
      if (MO.isReg() && MO.isUse()) {
        if (MO.getSubReg())
          return false;
        Worklist.push_back(MO.getReg());
      }
  }
  return true;
}

bool TatamiExtensions::runOnMachineFunction(MachineFunction &MF) {
  if (skipFunction(MF.getFunction()))
    return false;
  MRI = &MF.getRegInfo();
  Info = MF.getInfo<TatamiMachineFunctionInfo>();
  bool Changed = false;
  for (MachineBasicBlock &MBB : MF)
    for (MachineInstr &MI : make_early_inc_range(MBB)) {
      const bool Signed = MI.getOpcode() == Tatami::SEXTW;
      if (!Signed && MI.getOpcode() != Tatami::ZEXTW)
        continue;
      Register Dest = MI.getOperand(0).getReg();
      Register Source = MI.getOperand(1).getReg();
      if (!Dest.isVirtual() || !Source.isVirtual() ||
          !MRI->constrainRegClass(Source, MRI->getRegClass(Dest)) ||
          !isExtended(Source, Signed))
        continue;
      MRI->replaceRegWith(Dest, Source);
      MRI->clearKillFlags(Source);
      MI.eraseFromParent();
      Changed = true;
    }
  return Changed;
}
