//===- TatamiTargetInfo.cpp - Registration of the target ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// llvm::Triple is a closed list that does not know us: tatami-unknown-elf is an
// ELF triple with an unknown architecture. No target of LLVM's own claims those,
// so ours does, and is found wherever a triple is looked up.
//===----------------------------------------------------------------------===//

#include "TargetInfo/TatamiTargetInfo.h"
#include "llvm/MC/TargetRegistry.h"

using namespace llvm;

Target &llvm::getTheTatamiTarget() {
  static Target TheTatamiTarget;
  return TheTatamiTarget;
}

extern "C" LLVM_ABI LLVM_EXTERNAL_VISIBILITY void
LLVMInitializeTatamiTargetInfo() {
  RegisterTarget<Triple::UnknownArch, /*HasJIT=*/false> X(
      getTheTatamiTarget(), "tatami", "Tatami (Dojo-style training tile)",
      "Tatami");
}
