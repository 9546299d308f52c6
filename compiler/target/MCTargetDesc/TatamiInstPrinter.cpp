//===- TatamiInstPrinter.cpp - Instructions to text -----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "MCTargetDesc/TatamiInstPrinter.h"
#include "llvm/MC/MCAsmInfo.h"
#include "llvm/MC/MCExpr.h"
#include "llvm/MC/MCInst.h"
#include "llvm/MC/MCRegisterInfo.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

#define DEBUG_TYPE "asm-printer"

#define PRINT_ALIAS_INSTR
#include "TatamiGenAsmWriter.inc"

bool TatamiInstPrinter::applyTargetSpecificCLOption(StringRef Opt) {
  if (Opt == "no-aliases") {
    PrintAliases = false;
    return true;
  }
  if (Opt == "numeric") {
    RegisterNames = Tatami::NoRegAltName;
    return true;
  }
  return false;
}

void TatamiInstPrinter::printInst(const MCInst *MI, uint64_t Address,
                                  StringRef Annot, const MCSubtargetInfo &STI,
                                  raw_ostream &OS) {
  if (!PrintAliases || !printAliasInstr(MI, Address, STI, OS))
    printInstruction(MI, Address, STI, OS);
  printAnnotation(OS, Annot);
}

void TatamiInstPrinter::printRegName(raw_ostream &OS, MCRegister Reg) {
  markup(OS, Markup::Register) << getRegisterName(Reg, RegisterNames);
}

void TatamiInstPrinter::printOperand(const MCInst *MI, unsigned OpNo,
                                     const MCSubtargetInfo &,
                                     raw_ostream &OS) {
  const MCOperand &MO = MI->getOperand(OpNo);
  if (MO.isReg()) {
    printRegName(OS, MO.getReg());
  } else if (MO.isImm()) {
    markup(OS, Markup::Immediate) << formatImm(MO.getImm());
  } else {
    assert(MO.isExpr() && "operands are registers, constants or expressions");
    MAI.printExpr(OS, *MO.getExpr());
  }
}

// A distance from the instruction; objdump wants to see where it leads.
void TatamiInstPrinter::printBranchTarget(const MCInst *MI, uint64_t Address,
                                          unsigned OpNo,
                                          const MCSubtargetInfo &STI,
                                          raw_ostream &OS) {
  const MCOperand &MO = MI->getOperand(OpNo);
  if (MO.isImm() && PrintBranchImmAsAddress)
    markup(OS, Markup::Target) << formatHex(Address + MO.getImm());
  else
    printOperand(MI, OpNo, STI, OS);
}

void TatamiInstPrinter::printControlRegister(const MCInst *MI, unsigned OpNo,
                                             const MCSubtargetInfo &STI,
                                             raw_ostream &OS) {
  unsigned Number = MI->getOperand(OpNo).getImm();
  if (const auto *R = Tatami::lookupControlRegisterByNumber(Number))
    markup(OS, Markup::Register) << R->Name;
  else
    printOperand(MI, OpNo, STI, OS);
}
