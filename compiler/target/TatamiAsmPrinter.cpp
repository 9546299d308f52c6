//===- TatamiAsmPrinter.cpp - Machine code to the streamer ----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "TatamiAsmPrinter.h"
#include "MCTargetDesc/TatamiInstPrinter.h"
#include "MCTargetDesc/TatamiMCTargetDesc.h"
#include "TargetInfo/TatamiTargetInfo.h"
#include "TatamiBuiltins.h"
#include "TatamiSubtarget.h"
#include "llvm/CodeGen/MachineInstr.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/Module.h"
#include "llvm/MC/MCInst.h"
#include "llvm/MC/MCStreamer.h"
#include "llvm/MC/TargetRegistry.h"

using namespace llvm;

#define DEBUG_TYPE "asm-printer"

char TatamiAsmPrinter::ID = 0;

extern "C" LLVM_ATTRIBUTE_VISIBILITY_DEFAULT void
LLVMInitializeTatamiAsmPrinter() {
  RegisterAsmPrinter<TatamiAsmPrinter> X(getTheTatamiTarget());
}

#include "TatamiGenMCPseudoLowering.inc"

// A builtin's address in data would be an undefined symbol much later.
void TatamiAsmPrinter::emitStartOfAsmFile(Module &M) {
  for (const Function &F : M)
    if (F.getName().starts_with(TatamiBuiltins::Prefix))
      for (const User *U : F.users())
        if (!isa<Instruction>(U))
          M.getContext().diagnose(DiagnosticInfoGeneric(
              "the address of builtin '" + F.getName() +
              "' cannot be taken: it stands for an instruction and can only "
              "be called"));
}

void TatamiAsmPrinter::emitInstruction(const MachineInstr *MI) {
  Tatami_MC::verifyInstructionPredicates(
      MI->getOpcode(), getSubtargetInfo().getFeatureBits());
  MCInst Inst;
  if (!lowerPseudoInstExpansion(MI, Inst)) {
    Inst.setOpcode(MI->getOpcode());
    for (const MachineOperand &MO : MI->operands()) {
      MCOperand Operand;
      if (lowerOperand(MO, Operand))
        Inst.addOperand(Operand);
    }
  }
  EmitToStreamer(*OutStreamer, Inst);
}

bool TatamiAsmPrinter::PrintAsmOperand(const MachineInstr *MI, unsigned OpNo,
                                       const char *ExtraCode,
                                       raw_ostream &OS) {
  const MachineOperand &MO = MI->getOperand(OpNo);
  if (ExtraCode && ExtraCode[0] == 'z' && !ExtraCode[1] && MO.isImm() &&
      MO.getImm() == 0) {
    OS << "zero";
    return false;
  }
  if (!AsmPrinter::PrintAsmOperand(MI, OpNo, ExtraCode, OS))
    return false;
  switch (MO.getType()) {
  case MachineOperand::MO_Immediate:
    OS << MO.getImm();
    return false;
  case MachineOperand::MO_Register:
    OS << TatamiInstPrinter::getRegisterName(MO.getReg());
    return false;
  case MachineOperand::MO_GlobalAddress:
    PrintSymbolOperand(MO, OS);
    return false;
  default:
    return true;
  }
}

bool TatamiAsmPrinter::PrintAsmMemoryOperand(const MachineInstr *MI,
                                             unsigned OpNo,
                                             const char *ExtraCode,
                                             raw_ostream &OS) {
  if (ExtraCode)
    return true;
  OS << MI->getOperand(OpNo + 1).getImm() << '('
     << TatamiInstPrinter::getRegisterName(MI->getOperand(OpNo).getReg())
     << ')';
  return false;
}
