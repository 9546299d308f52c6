//===- TatamiAccumulatorSpills.cpp - Says where accumulators spill --------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A spilled accumulator costs four slots of the store port and four of an
// address unit, and a kernel loses its speed to it without a word. So this
// warns, once a function and without being asked, and remarks on each place
// (-Rpass-missed=regalloc) after registers are allocated.
//===----------------------------------------------------------------------===//

#include "MCTargetDesc/TatamiMCTargetDesc.h"
#include "Tatami.h"
#include "TatamiTargetMachine.h"
#include "llvm/CodeGen/MachineFrameInfo.h"
#include "llvm/CodeGen/MachineFunctionPass.h"
#include "llvm/CodeGen/MachineOptimizationRemarkEmitter.h"
#include "llvm/CodeGen/TargetInstrInfo.h"
#include "llvm/CodeGen/TargetSubtargetInfo.h"
#include "llvm/IR/DiagnosticInfo.h"

using namespace llvm;

#define DEBUG_TYPE "tatami-accumulator-spills"
#define PASS_NAME "Tatami accumulator spill diagnostics"

namespace {

class TatamiAccumulatorSpills : public MachineFunctionPass {
public:
  static char ID;
  TatamiAccumulatorSpills() : MachineFunctionPass(ID) {}

  StringRef getPassName() const override { return PASS_NAME; }
  void getAnalysisUsage(AnalysisUsage &AU) const override {
    AU.setPreservesAll();
    MachineFunctionPass::getAnalysisUsage(AU);
  }
  bool runOnMachineFunction(MachineFunction &MF) override;
};

} // namespace

char TatamiAccumulatorSpills::ID = 0;

INITIALIZE_PASS(TatamiAccumulatorSpills, DEBUG_TYPE, PASS_NAME, false, false)

FunctionPass *llvm::createTatamiAccumulatorSpillsPass() {
  return new TatamiAccumulatorSpills();
}

// Spill code has no line of its own: that of what computed the accumulator,
// which comes before it, or of what comes next.
static DebugLoc findLocation(const MachineInstr &MI) {
  if (MI.getDebugLoc())
    return MI.getDebugLoc();
  const MachineBasicBlock &MBB = *MI.getParent();
  for (auto I = MI.getReverseIterator(); I != MBB.rend(); ++I)
    if (I->getDebugLoc() && I->getDebugLoc().getLine())
      return I->getDebugLoc();
  for (auto I = MI.getIterator(); I != MBB.end(); ++I)
    if (I->getDebugLoc() && I->getDebugLoc().getLine())
      return I->getDebugLoc();
  return DebugLoc();
}

bool TatamiAccumulatorSpills::runOnMachineFunction(MachineFunction &MF) {
  const TargetInstrInfo &TII = *MF.getSubtarget().getInstrInfo();
  const MachineFrameInfo &MFI = MF.getFrameInfo();
  MachineOptimizationRemarkEmitter Emitter(MF, nullptr);
  unsigned Spills = 0, Reloads = 0;
  DebugLoc First;
  for (const MachineBasicBlock &MBB : MF)
    for (const MachineInstr &MI : MBB) {
      int Slot;
      const bool IsStore = MI.getOpcode() == Tatami::ACCST &&
                           TII.isStoreToStackSlot(MI, Slot);
      const bool IsLoad = MI.getOpcode() == Tatami::ACCLD &&
                          TII.isLoadFromStackSlot(MI, Slot);
      if ((!IsStore && !IsLoad) || !MFI.isSpillSlotObjectIndex(Slot))
        continue;
      DebugLoc Where = findLocation(MI);
      if (IsStore && Spills++ == 0)
        First = Where;
      Reloads += IsLoad;
      Emitter.emit([&] {
        return MachineOptimizationRemarkMissed(
                   "regalloc", IsStore ? "AccumulatorSpill"
                                       : "AccumulatorReload",
                   Where, &MBB)
               << (IsStore ? "an accumulator is spilled here"
                           : "a spilled accumulator is loaded here");
      });
    }
  if (!Spills)
    return false;
  const Function &F = MF.getFunction();
  // Clang shows this kind as a warning, in the group -Wpass-failed.
  DiagnosticInfoOptimizationFailure Warning(DEBUG_TYPE, "AccumulatorSpill",
                                            First, &F.getEntryBlock());
  Warning << "too many accumulators are live in '" + F.getName().str() +
                 "': there are 8, and calls keep none; " +
                 std::to_string(Spills) + " are stored and " +
                 std::to_string(Reloads) +
                 " loaded again (-Rpass-missed=regalloc shows where)";
  F.getContext().diagnose(Warning);
  return false;
}
