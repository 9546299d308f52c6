//===- Version.cpp - What this compiler calls itself ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Version.h"
#include "clang/Basic/Version.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace tatami {

std::string getFullVersion() {
  // "Debian clang version 22.1.8 (1~deb12u1)": the vendor is in front.
  const std::string Full = clang::getClangFullVersion();
  StringRef Vendor = StringRef(Full).split("clang version").first.trim();
  StringRef Package = StringRef(Full).split('(').second.split(')').first;
  std::string Result = "Tatami clang version " CLANG_VERSION_STRING;
  if (!Vendor.empty() || !Package.empty())
    Result += (" (" + Vendor + (Vendor.empty() || Package.empty() ? "" : " ") +
               Package + ")")
                  .str();
  return Result;
}

PreservedAnalyses VersionPass::run(Module &M, ModuleAnalysisManager &) {
  LLVMContext &Context = M.getContext();
  // Modules that were linked in keep what made them.
  const std::string Clang = clang::getClangFullVersion();
  auto *Ours = MDString::get(Context, getFullVersion());
  if (NamedMDNode *Ident = M.getNamedMetadata("llvm.ident"))
    for (unsigned I = 0; I < Ident->getNumOperands(); ++I) {
      auto *Name = dyn_cast<MDString>(Ident->getOperand(I)->getOperand(0));
      if (Name && Name->getString() == Clang)
        Ident->setOperand(I, MDNode::get(Context, Ours));
    }
  for (DICompileUnit *Unit : M.debug_compile_units())
    if (Unit->getProducer() == Clang)
      for (unsigned I = 0; I < Unit->getNumOperands(); ++I)
        if (Unit->getOperand(I) == Unit->getRawProducer()) {
          Unit->replaceOperandWith(I, Ours);
          break;
        }
  return PreservedAnalyses::all();
}

} // namespace tatami
