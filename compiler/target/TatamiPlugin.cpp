//===- TatamiPlugin.cpp - The target for LLVM's stock tools ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Loading this library is enough to make a tool know the target: with -load
// where it has that (llc), else with LD_PRELOAD (llvm-mc, llvm-objdump).
//===----------------------------------------------------------------------===//

#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/Compiler.h"

using namespace llvm;

extern "C" {
void LLVMInitializeTatamiTargetInfo();
void LLVMInitializeTatamiTarget();
void LLVMInitializeTatamiTargetMC();
void LLVMInitializeTatamiAsmPrinter();
void LLVMInitializeTatamiAsmParser();
void LLVMInitializeTatamiDisassembler();
}

namespace {

struct RegisterAll {
  RegisterAll() {
    // A program that has the target built in must not see it twice: two that
    // claim one triple are none.
    for (const Target &T : TargetRegistry::targets())
      if (StringRef(T.getName()) == "tatami")
        return;
    LLVMInitializeTatamiTargetInfo();
    LLVMInitializeTatamiTarget();
    LLVMInitializeTatamiTargetMC();
    LLVMInitializeTatamiAsmPrinter();
    LLVMInitializeTatamiAsmParser();
    LLVMInitializeTatamiDisassembler();
  }
} Registered;

} // namespace
