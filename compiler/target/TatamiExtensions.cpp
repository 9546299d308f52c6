//===- TatamiSignExtension.cpp - Extensions that change nothing -----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Every `w` instruction and most narrow loads leave their result sign-extended
// to 64 bits. Where all that reaches a sext.w is of that kind, through copies,
// phis and bitwise operations, it is removed.
//===----------------------------------------------------------------------===//

#include "MCTargetDesc/TatamiMCTargetDesc.h"
#include "Tatami.h"
#include "TatamiSubtarget.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/CodeGen/MachineFunctionPass.h"
#include "llvm/CodeGen/MachineRegisterInfo.h"

using namespace llvm;

#define DEBUG_TYPE "tatami-sign-extension"
#define PASS_NAME "Tatami redundant sign extension removal"

namespace {

class TatamiSignExtension : public MachineFunctionPass {
public:
  static char ID;
  TatamiSignExtension() : MachineFunctionPass(ID) {}

  StringRef getPassName() const override { return PASS_NAME; }
  void getAnalysisUsage(AnalysisUsage &AU) const override {
    AU.setPreservesCFG();
    MachineFunctionPass::getAnalysisUsage(AU);
  }
  bool runOnMachineFunction(MachineFunction &MF) override;
};

enum class Extension { Yes, No, AsOperands };

} // namespace

char TatamiSignExtension::ID = 0;

INITIALIZE_PASS(TatamiSignExtension, DEBUG_TYPE, PASS_NAME, false, false)

FunctionPass *llvm::createTatamiSignExtensionPass() {
  return new TatamiSignExtension();
}

// Is the first result of MI a sign-extended 32-bit number?
static Extension getExtension(const MachineInstr &MI) {
  using namespace Tatami;
  switch (MI.getOpcode()) {
  case ADDW: case SUBW: case MULW: case MINW: case MAXW: case MINUW:
  case MAXUW: case SLLW: case SRLW: case SRAW: case ROLW: case RORW:
  case DIVW: case DIVUW: case REMW: case REMUW: case ADDIW: case SLLIW:
  case SRLIW: case SRAIW: case RORIW: case MADDW: case MSUBW:
  case SEQ: case SNE: case SLT: case SLTU: case SEQW: case SNEW: case SLTW:
  case SLTUW: case SEQI: case SNEI: case SLTI: case SLTIU: case SEQIW:
  case SNEIW: case SLTIW: case SLTIUW:
  case CLZ: case CTZ: case CPOP: case CLZW: case CTZW: case CPOPW:
  case SEXTB: case SEXTH: case SEXTW: case ZEXTH: case REV8W: case BREVW:
  case LB: case LBU: case LH: case LHU: case LW:
  case LBX: case LBUX: case LHX: case LHUX: case LWX:
  case LBPI: case LBUPI: case LHPI: case LHUPI: case LWPI:
  case RLB: case RLBU: case RLH: case RLHU: case RLW:
  case AMOSWAPW: case AMOADDW: case AMOANDW: case AMOORW: case AMOXORW:
  case AMOMINW: case AMOMAXW: case AMOMINUW: case AMOMAXUW:
  case FEQ: case FLT: case FLE: case FCVTWS: case FCVTWUS: case FMVXW:
  case FCVT_BF_S: case FCVT_H_S:
  case VEXTRACT_B: case VEXTRACT_H: case VEXTRACT_W:
  case VEXTRACTX_B: case VEXTRACTX_H: case VEXTRACTX_W:
    return Extension::Yes;
  case LI:
    // Constants have 22 bits, addresses 21.
    return Extension::Yes;
  case LUI:
    return isInt<17>(MI.getOperand(1).getImm()) ? Extension::Yes
                                                : Extension::No;
  case ANDI:
    // A constant that is not negative clears the upper part.
    return MI.getOperand(2).getImm() >= 0 ? Extension::Yes
                                          : Extension::AsOperands;
  case SRLI:
    return MI.getOperand(2).getImm() > 32 ? Extension::Yes : Extension::No;
  case SRAI:
    return MI.getOperand(2).getImm() >= 32 ? Extension::Yes
                                           : Extension::AsOperands;
  case AND: case OR: case XOR: case XNOR: case ANDN: case ORN: case ORI:
  case XORI: case MIN: case MAX: case MINU: case MAXU: case SEL:
  case TargetOpcode::PHI: case TargetOpcode::COPY:
    return Extension::AsOperands;
  default:
    return Extension::No;
  }
}

static bool isSignExtended(Register Start, const MachineRegisterInfo &MRI) {
  SmallPtrSet<const MachineInstr *, 8> Visited;
  SmallVector<Register, 8> Worklist = {Start};
  while (!Worklist.empty()) {
    Register Reg = Worklist.pop_back_val();
    if (Reg == Tatami::X0)
      continue;
    if (!Reg.isVirtual())
      return false;
    const MachineInstr *MI = MRI.getVRegDef(Reg);
    if (!MI)
      return false;
    if (!Visited.insert(MI).second)
      continue;
    if (Visited.size() > 32)
      return false;
    // The second result of a load is its moved base.
    if (MI->getOperand(0).getReg() != Reg)
      return false;
    switch (getExtension(*MI)) {
    case Extension::Yes:
      continue;
    case Extension::No:
      return false;
    case Extension::AsOperands:
      break;
    }
    // SEL's first operand is the condition.
    const unsigned First = MI->getOpcode() == Tatami::SEL ? 2 : 1;
    for (const MachineOperand &MO : drop_begin(MI->operands(), First))
      if (MO.isReg() && MO.isUse()) {
        if (MO.getSubReg())
          return false;
        Worklist.push_back(MO.getReg());
      }
  }
  return true;
}

bool TatamiSignExtension::runOnMachineFunction(MachineFunction &MF) {
  if (skipFunction(MF.getFunction()))
    return false;
  MachineRegisterInfo &MRI = MF.getRegInfo();
  bool Changed = false;
  for (MachineBasicBlock &MBB : MF)
    for (MachineInstr &MI : make_early_inc_range(MBB)) {
      if (MI.getOpcode() != Tatami::SEXTW)
        continue;
      Register Dest = MI.getOperand(0).getReg();
      Register Source = MI.getOperand(1).getReg();
      if (!Dest.isVirtual() || !Source.isVirtual() ||
          !MRI.constrainRegClass(Source, MRI.getRegClass(Dest)) ||
          !isSignExtended(Source, MRI))
        continue;
      MRI.replaceRegWith(Dest, Source);
      MRI.clearKillFlags(Source);
      MI.eraseFromParent();
      Changed = true;
    }
  return Changed;
}
