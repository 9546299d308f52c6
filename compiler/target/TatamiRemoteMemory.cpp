//===- TatamiRemoteMemory.cpp - What other nodes' memory cannot do --------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Memory of another node is reached by a few loads and stores and nothing else.
// Copies and fills of it, which a program writes or the optimiser makes of a
// loop, become loops here, since memcpy() takes local pointers. What cannot be
// done at all is said in the program's terms.
//===----------------------------------------------------------------------===//

#include "Tatami.h"
#include "TatamiISelLowering.h"
#include "llvm/Analysis/TargetTransformInfo.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/InitializePasses.h"
#include "llvm/Transforms/Utils/LowerMemIntrinsics.h"

using namespace llvm;

#define DEBUG_TYPE "tatami-remote-memory"
#define PASS_NAME "Tatami remote memory"

namespace {

class TatamiRemoteMemory : public FunctionPass {
public:
  static char ID;
  TatamiRemoteMemory() : FunctionPass(ID) {}
  StringRef getPassName() const override { return PASS_NAME; }
  void getAnalysisUsage(AnalysisUsage &AU) const override {
    AU.addRequired<TargetTransformInfoWrapperPass>();
  }
  bool runOnFunction(Function &F) override;
};

} // namespace

char TatamiRemoteMemory::ID = 0;

INITIALIZE_PASS_BEGIN(TatamiRemoteMemory, DEBUG_TYPE, PASS_NAME, false, false)
INITIALIZE_PASS_DEPENDENCY(TargetTransformInfoWrapperPass)
INITIALIZE_PASS_END(TatamiRemoteMemory, DEBUG_TYPE, PASS_NAME, false, false)

FunctionPass *llvm::createTatamiRemoteMemoryPass() {
  return new TatamiRemoteMemory();
}

static bool isRemote(const Value *Pointer) {
  return Pointer->getType()->getScalarType()->getPointerAddressSpace() ==
         TatamiAS::Remote;
}

static bool touchesRemote(const MemIntrinsic &I) {
  const auto *Transfer = dyn_cast<MemTransferInst>(&I);
  return isRemote(I.getRawDest()) ||
         (Transfer && isRemote(Transfer->getRawSource()));
}

// Why no instruction can do what I asks for; empty if one can.
static StringRef getObstacle(const Instruction &I) {
  // The pointer is the first operand of both.
  if (isa<AtomicRMWInst, AtomicCmpXchgInst>(I) && isRemote(I.getOperand(0)))
    return "an atomic operation on remote memory: only the threads of one node "
           "share memory; use a semaphore";
  if (isa<AddrSpaceCastInst>(I))
    return "a cast between local and global pointers: a local pointer names "
           "no node";
  if (const auto *Masked = dyn_cast<IntrinsicInst>(&I);
      Masked && is_contained({Intrinsic::masked_load, Intrinsic::masked_store,
                              Intrinsic::masked_gather,
                              Intrinsic::masked_scatter},
                             Masked->getIntrinsicID()))
    for (const Value *Argument : Masked->args())
      if (Argument->getType()->isPtrOrPtrVectorTy() && isRemote(Argument))
        return "a masked access to remote memory";
  if (const auto *Move = dyn_cast<MemMoveInst>(&I);
      Move && isRemote(Move->getRawDest()) != isRemote(Move->getRawSource()))
    return "memmove between local and remote memory: use memcpy";
  return "";
}

static void expand(MemIntrinsic &I, const TargetTransformInfo &TTI) {
  if (auto *Copy = dyn_cast<MemCpyInst>(&I))
    expandMemCpyAsLoop(Copy, TTI);
  else if (auto *Move = dyn_cast<MemMoveInst>(&I))
    expandMemMoveAsLoop(Move, TTI);
  else
    expandMemSetAsLoop(&cast<MemSetInst>(I));
}

bool TatamiRemoteMemory::runOnFunction(Function &F) {
  SmallVector<MemIntrinsic *, 4> Loops;
  SmallVector<Instruction *, 0> Impossible;
  for (Instruction &I : instructions(F)) {
    if (StringRef Obstacle = getObstacle(I); !Obstacle.empty()) {
      F.getContext().diagnose(
          DiagnosticInfoUnsupported(F, Obstacle, I.getDebugLoc()));
      Impossible.push_back(&I);
    } else if (auto *Mem = dyn_cast<MemIntrinsic>(&I);
               Mem && touchesRemote(*Mem)) {
      Loops.push_back(Mem);
    }
  }
  for (Instruction *I : Impossible) {
    I->replaceAllUsesWith(PoisonValue::get(I->getType()));
    I->eraseFromParent();
  }
  const auto &TTI = getAnalysis<TargetTransformInfoWrapperPass>().getTTI(F);
  for (MemIntrinsic *I : Loops) {
    expand(*I, TTI);
    I->eraseFromParent();
  }
  return !Loops.empty() || !Impossible.empty();
}
