//===- TatamiOperand.h - One operand as it was written --------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef LLVM_LIB_TARGET_TATAMI_ASMPARSER_TATAMIOPERAND_H
#define LLVM_LIB_TARGET_TATAMI_ASMPARSER_TATAMIOPERAND_H

#include "MCTargetDesc/TatamiMCAsmInfo.h"
#include "llvm/MC/MCAsmInfo.h"
#include "llvm/MC/MCExpr.h"
#include "llvm/MC/MCInst.h"
#include "llvm/MC/MCParser/MCParsedAsmOperand.h"
#include "llvm/MC/MCParser/MCTargetAsmParser.h"
#include "llvm/Support/Casting.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace llvm {

class TatamiOperand : public MCParsedAsmOperand {
  enum class KindTy { Token, Register, Expression } Kind;
  StringRef Tok;
  MCRegister Reg;
  const MCExpr *Expr = nullptr;
  SMLoc Start, End;

public:
  TatamiOperand(StringRef Tok, SMLoc Start)
      : Kind(KindTy::Token), Tok(Tok), Start(Start), End(Start) {}
  TatamiOperand(MCRegister Reg, SMLoc Start, SMLoc End)
      : Kind(KindTy::Register), Reg(Reg), Start(Start), End(End) {}
  TatamiOperand(const MCExpr *Expr, SMLoc Start, SMLoc End)
      : Kind(KindTy::Expression), Expr(Expr), Start(Start), End(End) {}

  bool isToken() const override { return Kind == KindTy::Token; }
  bool isReg() const override { return Kind == KindTy::Register; }
  bool isImm() const override { return Kind == KindTy::Expression; }
  bool isMem() const override { return false; }
  SMLoc getStartLoc() const override { return Start; }
  SMLoc getEndLoc() const override { return End; }

  StringRef getToken() const {
    assert(isToken());
    return Tok;
  }
  MCRegister getReg() const override {
    assert(isReg());
    return Reg;
  }
  const MCExpr *getExpr() const {
    assert(isImm());
    return Expr;
  }

  /// The value, if the assembler knows it already.
  std::optional<int64_t> getConstant() const {
    int64_t Value;
    if (isImm() && Expr->evaluateAsAbsolute(Value))
      return Value;
    return std::nullopt;
  }

  /// A value that only layout or the linker knows, written with \p S.
  bool isSymbolic(Tatami::Specifier S) const {
    if (!isImm() || getConstant())
      return false;
    const auto *E = dyn_cast<MCSpecifierExpr>(Expr);
    return E ? E->getSpecifier() == S : S == Tatami::S_None;
  }

  // Predicates of isa/Operands.td. What is not even a constant or expression
  // gets the general message, the rest that of the operand.
  template <typename Fn> DiagnosticPredicate checkConstant(Fn InRange) const {
    if (!isImm())
      return DiagnosticPredicate::NoMatch;
    std::optional<int64_t> Value = getConstant();
    return DiagnosticPredicate(Value && InRange(*Value));
  }
  template <unsigned Bits, unsigned Shift> DiagnosticPredicate isSImm() const {
    return checkConstant(
        [](int64_t V) { return isShiftedInt<Bits, Shift>(V); });
  }
  template <unsigned Bits, unsigned Shift> DiagnosticPredicate isUImm() const {
    return checkConstant(
        [](int64_t V) { return isShiftedUInt<Bits, Shift>(V); });
  }
  DiagnosticPredicate isHi20() const {
    return isSymbolic(Tatami::S_HI) ? DiagnosticPredicate::Match
                                    : isSImm<20, 0>();
  }
  DiagnosticPredicate isLo15() const {
    return isSymbolic(Tatami::S_LO) ? DiagnosticPredicate::Match
                                    : isSImm<15, 0>();
  }
  DiagnosticPredicate isAbs22() const {
    return isSymbolic(Tatami::S_None) || isSymbolic(Tatami::S_TPREL)
               ? DiagnosticPredicate::Match
               : isSImm<22, 0>();
  }
  template <unsigned Bits> DiagnosticPredicate isBranchTarget() const {
    return isSymbolic(Tatami::S_None) ? DiagnosticPredicate::Match
                                      : isSImm<Bits, 2>();
  }
  DiagnosticPredicate isControlRegister() const { return isUImm<10, 0>(); }

  void addRegOperands(MCInst &Inst, unsigned) const {
    Inst.addOperand(MCOperand::createReg(getReg()));
  }
  void addImmOperands(MCInst &Inst, unsigned) const {
    if (std::optional<int64_t> Value = getConstant())
      Inst.addOperand(MCOperand::createImm(*Value));
    else
      Inst.addOperand(MCOperand::createExpr(Expr));
  }

  void print(raw_ostream &OS, const MCAsmInfo &MAI) const override {
    if (isToken())
      OS << '\'' << Tok << '\'';
    else if (isReg())
      OS << "<register " << Reg.id() << '>';
    else
      MAI.printExpr(OS, *Expr);
  }
};

} // namespace llvm

#endif // LLVM_LIB_TARGET_TATAMI_ASMPARSER_TATAMIOPERAND_H
