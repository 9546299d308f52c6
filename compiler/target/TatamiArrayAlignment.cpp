//===- TatamiArrayAlignment.cpp - Arrays on whole registers ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "TatamiArrayAlignment.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Module.h"

using namespace llvm;

static constexpr Align Register = Align::Constant<64>();
// Padding is to stay small beside the array.
static constexpr uint64_t MinimumBytes = 256;

// An array of numbers, or a structure that begins with one.
static bool isArray(Type *Ty, const DataLayout &DL) {
  if (!Ty->isSized() || DL.getTypeAllocSize(Ty).getFixedValue() < MinimumBytes)
    return false;
  while (auto *S = dyn_cast<StructType>(Ty)) {
    if (S->getNumElements() == 0)
      return false;
    Ty = S->getElementType(0);
  }
  return Ty->isArrayTy();
}

PreservedAnalyses TatamiArrayAlignmentPass::run(Module &M,
                                                ModuleAnalysisManager &) {
  const DataLayout &DL = M.getDataLayout();
  bool Changed = false;
  for (GlobalVariable &G : M.globals())
    if (!G.isDeclaration() && !G.hasSection() && G.canIncreaseAlignment() &&
        G.getAlign().valueOrOne() < Register && isArray(G.getValueType(), DL)) {
      G.setAlignment(Register);
      Changed = true;
    }
  for (Function &F : M) {
    if (F.hasOptSize())
      continue;
    for (Instruction &I : instructions(F))
      if (auto *A = dyn_cast<AllocaInst>(&I);
          A && A->isStaticAlloca() && A->getAlign() < Register &&
          isArray(A->getAllocatedType(), DL)) {
        A->setAlignment(Register);
        Changed = true;
      }
  }
  if (!Changed)
    return PreservedAnalyses::all();
  PreservedAnalyses PA;
  PA.preserveSet<CFGAnalyses>();
  return PA;
}
