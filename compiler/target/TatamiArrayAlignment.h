//===- TatamiArrayAlignment.h - Arrays on whole registers -----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// An access that is known to be aligned to 64 bytes takes one slot instead of
// two. So the module's own arrays are aligned when they are made, early, for
// the vectorisers to build on.
//===----------------------------------------------------------------------===//

#ifndef LLVM_LIB_TARGET_TATAMI_TATAMIARRAYALIGNMENT_H
#define LLVM_LIB_TARGET_TATAMI_TATAMIARRAYALIGNMENT_H

#include "llvm/IR/PassManager.h"

namespace llvm {

struct TatamiArrayAlignmentPass : PassInfoMixin<TatamiArrayAlignmentPass> {
  PreservedAnalyses run(Module &M, ModuleAnalysisManager &);
};

} // namespace llvm

#endif // LLVM_LIB_TARGET_TATAMI_TATAMIARRAYALIGNMENT_H
