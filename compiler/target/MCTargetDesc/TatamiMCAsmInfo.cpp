//===- TatamiMCAsmInfo.cpp - Properties of the assembly language ----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "MCTargetDesc/TatamiMCAsmInfo.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

void TatamiMCAsmInfo::anchor() {}

TatamiMCAsmInfo::TatamiMCAsmInfo(const Triple &) {
  CodePointerSize = CalleeSaveStackSlotSize = 8;
  MinInstAlignment = MaxInstLength = 4;
  CommentString = "#";
  Data16bitsDirective = "\t.half\t";
  Data32bitsDirective = "\t.word\t";
  Data64bitsDirective = "\t.quad\t";
  UseAtForSpecifier = false;

  SupportsDebugInformation = true;
  // Nothing unwinds on the device, but a debugger walks the stack by the CFI.
  ExceptionsType = ExceptionHandling::DwarfCFI;
}

StringRef Tatami::getSpecifierName(uint16_t S) {
  switch (S) {
  case S_HI:
    return "hi";
  case S_LO:
    return "lo";
  case S_TPREL:
    return "tprel";
  case S_DTPREL:
    return "dtprel";
  }
  llvm_unreachable("no such specifier");
}

std::optional<Tatami::Specifier> Tatami::parseSpecifierName(StringRef Name) {
  return StringSwitch<std::optional<Specifier>>(Name)
      .Case("hi", S_HI)
      .Case("lo", S_LO)
      .Case("tprel", S_TPREL)
      .Case("dtprel", S_DTPREL)
      .Default(std::nullopt);
}

void TatamiMCAsmInfo::printSpecifierExpr(raw_ostream &OS,
                                         const MCSpecifierExpr &Expr) const {
  if (Expr.getSpecifier() == Tatami::S_None) {
    printExpr(OS, *Expr.getSubExpr());
    return;
  }
  OS << '%' << Tatami::getSpecifierName(Expr.getSpecifier()) << '(';
  printExpr(OS, *Expr.getSubExpr());
  OS << ')';
}
