//===- TatamiPipelining.cpp - Which loops may be software-pipelined -------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Both queues of a thread are in order: what an iteration waits for, the next one
// waits for too, unless the next one's loads come before this one's results. That
// is what LLVM's MachinePipeliner makes of a loop; here it learns how our loops end.
//===----------------------------------------------------------------------===//

#include "TatamiInstrInfo.h"
#include "TatamiSubtarget.h"
#include "llvm/CodeGen/MachineRegisterInfo.h"
#include "llvm/Target/TargetMachine.h"

using namespace llvm;

namespace {

/// A loop that ends in a compare-and-branch. How often it runs is not known: the
/// same condition is asked for each iteration that the prologue begins.
class LoopEnd : public TargetInstrInfo::PipelinerLoopInfo {
  const MachineInstr *Left, *Right;
  SmallVector<MachineOperand, 3> Leave;

public:
  LoopEnd(const MachineInstr *Left, const MachineInstr *Right,
          ArrayRef<MachineOperand> Leave)
      : Left(Left), Right(Right), Leave(Leave) {}

  /// What the branch compares must be known in the iteration itself.
  bool shouldIgnoreForPipelining(const MachineInstr *MI) const override {
    return MI == Left || MI == Right;
  }

  std::optional<bool> createTripCountGreaterCondition(
      int, MachineBasicBlock &,
      SmallVectorImpl<MachineOperand> &Cond) override {
    Cond.assign(Leave.begin(), Leave.end());
    return std::nullopt;
  }
  void setPreheader(MachineBasicBlock *) override {}
  void adjustTripCount(int) override {}
};

} // namespace

static bool usesVectorSide(const MachineBasicBlock &MBB,
                           const MachineRegisterInfo &MRI) {
  for (const MachineInstr &MI : MBB)
    for (const MachineOperand &Op : MI.operands())
      if (Op.isReg() && Op.getReg().isVirtual() &&
          !Tatami::GPRRegClass.hasSubClassEq(MRI.getRegClass(Op.getReg())))
        return true;
  return false;
}

std::unique_ptr<TargetInstrInfo::PipelinerLoopInfo>
TatamiInstrInfo::analyzeLoopForPipelining(MachineBasicBlock *LoopBB) const {
  MachineBasicBlock *TBB, *FBB;
  SmallVector<MachineOperand, 4> Cond;
  if (analyzeBranch(*LoopBB, TBB, FBB, Cond, false) || !FBB || TBB == FBB)
    return nullptr;
  assert((TBB == LoopBB || FBB == LoopBB) && "not a loop of one block");
  if (TBB == LoopBB)
    reverseBranchCondition(Cond);

  // Values that live into the next iteration are moved there. Where scalar loads
  // are all that is waited for, that is worth its instructions at -O3 only.
  const MachineFunction &MF = *LoopBB->getParent();
  const MachineRegisterInfo &MRI = MF.getRegInfo();
  if (MF.getTarget().getOptLevel() < CodeGenOptLevel::Aggressive &&
      !usesVectorSide(*LoopBB, MRI))
    return nullptr;

  auto definition = [&](const MachineOperand &Op) -> const MachineInstr * {
    return Op.getReg().isVirtual() ? MRI.getVRegDef(Op.getReg()) : nullptr;
  };
  const MachineInstr *Left = definition(Cond[1]), *Right = definition(Cond[2]);
  // A value of the iteration before would be one of another stage.
  if ((Left && Left->isPHI()) || (Right && Right->isPHI()))
    return nullptr;
  return std::make_unique<LoopEnd>(Left, Right, Cond);
}
