//===- TatamiSinkSteps.cpp - A step is taken after the last look back -----===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// In a loop
//
//     next = addi p, 8
//     sd   x, 8(p)
//     p    = phi(next, ...)
//
// next and p are both alive at the store, so they cannot share a register and a
// copy must bring one into the other. Where nothing in the block wants next
// before its end, it is computed behind the last use of p instead: the copy goes,
// and no register is alive for longer.
//===----------------------------------------------------------------------===//

#include "MCTargetDesc/TatamiMCTargetDesc.h"
#include "Tatami.h"
#include "TatamiSubtarget.h"
#include "llvm/CodeGen/LiveVariables.h"
#include "llvm/CodeGen/MachineFunctionPass.h"
#include "llvm/CodeGen/MachineRegisterInfo.h"

using namespace llvm;

#define DEBUG_TYPE "tatami-sink-steps"
#define PASS_NAME "Tatami sinking of steps"

namespace {

class TatamiSinkSteps : public MachineFunctionPass {
public:
  static char ID;
  TatamiSinkSteps() : MachineFunctionPass(ID) {}

  StringRef getPassName() const override { return PASS_NAME; }
  void getAnalysisUsage(AnalysisUsage &AU) const override {
    AU.setPreservesCFG();
    AU.addRequired<LiveVariablesWrapperPass>();
    AU.addPreserved<LiveVariablesWrapperPass>();
    MachineFunctionPass::getAnalysisUsage(AU);
  }
  bool runOnMachineFunction(MachineFunction &MF) override;

private:
  bool sink(MachineInstr &Step);

  MachineRegisterInfo *MRI = nullptr;
  LiveVariables *LV = nullptr;
};

} // namespace

char TatamiSinkSteps::ID = 0;
char &llvm::TatamiSinkStepsID = TatamiSinkSteps::ID;

INITIALIZE_PASS_BEGIN(TatamiSinkSteps, DEBUG_TYPE, PASS_NAME, false, false)
INITIALIZE_PASS_DEPENDENCY(LiveVariablesWrapperPass)
INITIALIZE_PASS_END(TatamiSinkSteps, DEBUG_TYPE, PASS_NAME, false, false)

// One register and a constant make another register.
static bool isStep(const MachineInstr &MI) {
  return MI.getNumOperands() == 3 && MI.getNumExplicitDefs() == 1 &&
         MI.getOperand(1).isReg() && MI.getOperand(2).isImm() &&
         !MI.isMetaInstruction() && !MI.mayLoadOrStore() &&
         !MI.hasUnmodeledSideEffects() &&
         MI.getDesc().getOperandConstraint(1, MCOI::TIED_TO) == -1;
}

bool TatamiSinkSteps::sink(MachineInstr &Step) {
  const Register Next = Step.getOperand(0).getReg();
  const Register Source = Step.getOperand(1).getReg();
  if (!Source.isVirtual() || !Next.isVirtual() ||
      none_of(MRI->use_nodbg_instructions(Next),
              [](const MachineInstr &User) { return User.isPHI(); }))
    return false;
  MachineBasicBlock *MBB = Step.getParent();
  LiveVariables::VarInfo &Life = LV->getVarInfo(Source);
  MachineInstr *Last = Life.findKill(MBB);
  if (!Last || Last == &Step || Last->isTerminator())
    return false;
  for (auto I = std::next(Step.getIterator()), E = std::next(Last->getIterator());
       I != E; ++I)
    if (I->readsRegister(Next, /*TRI=*/nullptr) && !I->isDebugInstr())
      return false;
  MBB->splice(std::next(Last->getIterator()), MBB, Step.getIterator());
  Last->clearRegisterKills(Source, /*TRI=*/nullptr);
  Life.removeKill(*Last);
  Step.addRegisterKilled(Source, /*RegInfo=*/nullptr);
  Life.Kills.push_back(&Step);
  return true;
}

bool TatamiSinkSteps::runOnMachineFunction(MachineFunction &MF) {
  if (skipFunction(MF.getFunction()))
    return false;
  MRI = &MF.getRegInfo();
  LV = &getAnalysis<LiveVariablesWrapperPass>().getLV();
  bool Changed = false;
  for (MachineBasicBlock &MBB : MF) {
    // Each once: two steps from one register would pass each other for ever.
    SmallVector<MachineInstr *, 16> Steps;
    for (MachineInstr &MI : MBB)
      if (isStep(MI))
        Steps.push_back(&MI);
    for (MachineInstr *Step : Steps)
      Changed |= sink(*Step);
  }
  return Changed;
}
