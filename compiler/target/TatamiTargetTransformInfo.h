//===- TatamiTargetTransformInfo.h - Costs for the optimiser --------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef LLVM_LIB_TARGET_TATAMI_TATAMITARGETTRANSFORMINFO_H
#define LLVM_LIB_TARGET_TATAMI_TATAMITARGETTRANSFORMINFO_H

#include "TatamiTargetMachine.h"
#include "llvm/CodeGen/BasicTTIImpl.h"

namespace llvm {

class TatamiTTIImpl final : public BasicTTIImplBase<TatamiTTIImpl> {
  using BaseT = BasicTTIImplBase<TatamiTTIImpl>;
  friend BaseT;

  const TatamiSubtarget *ST;
  const TatamiTargetLowering *TLI;

  const TatamiSubtarget *getST() const { return ST; }
  const TatamiTargetLowering *getTLI() const { return TLI; }

public:
  TatamiTTIImpl(const TatamiTargetMachine *TM, const Function &F)
      : BaseT(TM, F.getDataLayout()), ST(TM->getSubtargetImpl(F)),
        TLI(ST->getTargetLowering()) {}
};

} // namespace llvm

#endif // LLVM_LIB_TARGET_TATAMI_TATAMITARGETTRANSFORMINFO_H
