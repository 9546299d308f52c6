//===- TatamiAsmParser.cpp - Text to instructions -------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// TableGen's matcher chooses the instruction; here operands are read, constants
// of more than 22 bits are expanded, and a mismatch becomes a message that
// points at the operand and says what would be right.
//===----------------------------------------------------------------------===//

#include "AsmParser/TatamiOperand.h"
#include "MCTargetDesc/TatamiInstPrinter.h"
#include "MCTargetDesc/TatamiMCAsmInfo.h"
#include "MCTargetDesc/TatamiMCTargetDesc.h"
#include "MCTargetDesc/TatamiMatInt.h"
#include "TargetInfo/TatamiTargetInfo.h"
#include "llvm/MC/MCContext.h"
#include "llvm/MC/MCInstBuilder.h"
#include "llvm/MC/MCInstrInfo.h"
#include "llvm/MC/MCParser/AsmLexer.h"
#include "llvm/MC/MCRegisterInfo.h"
#include "llvm/MC/MCStreamer.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"

using namespace llvm;

#define DEBUG_TYPE "tatami-asm-parser"

namespace {

class TatamiAsmParser : public MCTargetAsmParser {
public:
  enum TatamiMatchResultTy {
    Match_Dummy = FIRST_TARGET_MATCH_RESULT_TY,
#define GET_OPERAND_DIAGNOSTIC_TYPES
#include "TatamiGenAsmMatcher.inc"
#undef GET_OPERAND_DIAGNOSTIC_TYPES
  };

  TatamiAsmParser(const MCSubtargetInfo &STI, MCAsmParser &Parser,
                  const MCInstrInfo &MII, const MCTargetOptions &Options);

private:
#define GET_ASSEMBLER_HEADER
#include "TatamiGenAsmMatcher.inc"

  bool parseRegister(MCRegister &Reg, SMLoc &Start, SMLoc &End) override;
  ParseStatus tryParseRegister(MCRegister &Reg, SMLoc &Start,
                               SMLoc &End) override;
  bool parseInstruction(ParseInstructionInfo &Info, StringRef Name,
                        SMLoc NameLoc, OperandVector &Operands) override;
  bool matchAndEmitInstruction(SMLoc IDLoc, unsigned &Opcode,
                               OperandVector &Operands, MCStreamer &Out,
                               uint64_t &ErrorInfo,
                               bool MatchingInlineAsm) override;
  bool parsePrimaryExpr(const MCExpr *&Res, SMLoc &End) override;
  bool parseDataExpr(const MCExpr *&Res) override;

  SMLoc getLoc() { return getTok().getLoc(); }
  bool parseOperand(OperandVector &Operands, StringRef Mnemonic);
  bool parseBase(OperandVector &Operands);
  bool parseExpr(const MCExpr *&Res, SMLoc &End);
  bool parseSpecifier(const MCExpr *&Res, SMLoc &End);
  ParseStatus parseSymbolic(OperandVector &Operands);
  ParseStatus parseControlRegister(OperandVector &Operands);

  /// Emits li with a constant that one instruction cannot hold, if it is that.
  bool emitWideConstant(OperandVector &Operands, MCStreamer &Out);
  bool reportMismatch(unsigned Result, SMLoc IDLoc, OperandVector &Operands,
                      uint64_t ErrorInfo);
};

} // namespace

static MCRegister MatchRegisterName(StringRef Name);
static MCRegister MatchRegisterAltName(StringRef Name);

/// A register by either of its names.
static MCRegister matchRegister(StringRef Name) {
  if (MCRegister Reg = MatchRegisterName(Name))
    return Reg;
  return MatchRegisterAltName(Name);
}

#define GET_REGISTER_MATCHER
#define GET_MATCHER_IMPLEMENTATION
#define GET_MNEMONIC_SPELL_CHECKER
#include "TatamiGenAsmMatcher.inc"

TatamiAsmParser::TatamiAsmParser(const MCSubtargetInfo &STI,
                                 MCAsmParser &Parser, const MCInstrInfo &MII,
                                 const MCTargetOptions &Options)
    : MCTargetAsmParser(Options, STI, MII) {
  MCAsmParserExtension::Initialize(Parser);
  Parser.addAliasForDirective(".half", ".2byte");
  Parser.addAliasForDirective(".hword", ".2byte");
  Parser.addAliasForDirective(".word", ".4byte");
  Parser.addAliasForDirective(".dword", ".8byte");
  setAvailableFeatures(ComputeAvailableFeatures(STI.getFeatureBits()));
}

//===----------------------------------------------------------------------===//
// Operands.
//===----------------------------------------------------------------------===//

ParseStatus TatamiAsmParser::tryParseRegister(MCRegister &Reg, SMLoc &Start,
                                              SMLoc &End) {
  const AsmToken &Tok = getTok();
  Start = Tok.getLoc();
  End = Tok.getEndLoc();
  if (Tok.isNot(AsmToken::Identifier))
    return ParseStatus::NoMatch;
  Reg = matchRegister(Tok.getIdentifier());
  if (!Reg)
    return ParseStatus::NoMatch;
  Lex();
  return ParseStatus::Success;
}

bool TatamiAsmParser::parseRegister(MCRegister &Reg, SMLoc &Start, SMLoc &End) {
  if (!tryParseRegister(Reg, Start, End).isSuccess())
    return Error(Start, "expected a register");
  return false;
}

/// `%name(expression)`, with the `%` as the current token.
bool TatamiAsmParser::parseSpecifier(const MCExpr *&Res, SMLoc &End) {
  SMLoc Start = getLoc();
  Lex();
  std::optional<Tatami::Specifier> S;
  if (getTok().is(AsmToken::Identifier))
    S = Tatami::parseSpecifierName(getTok().getIdentifier());
  if (!S)
    return Error(Start, "expected %lo, %hi, %tprel or %dtprel");
  Lex();
  const MCExpr *Inner;
  if (parseToken(AsmToken::LParen, "expected '('") ||
      getParser().parseParenExpression(Inner, End))
    return true;
  Res = MCSpecifierExpr::create(Inner, *S, getContext(), Start);
  return false;
}

/// An expression, or a part of an address as a whole operand.
bool TatamiAsmParser::parseExpr(const MCExpr *&Res, SMLoc &End) {
  if (getTok().is(AsmToken::Percent))
    return parseSpecifier(Res, End);
  return getParser().parseExpression(Res, End);
}

bool TatamiAsmParser::parsePrimaryExpr(const MCExpr *&Res, SMLoc &End) {
  return getParser().parsePrimaryExpr(Res, End, nullptr);
}

bool TatamiAsmParser::parseDataExpr(const MCExpr *&Res) {
  SMLoc End;
  return parseExpr(Res, End);
}

/// Where a symbol is expected, names of registers are symbols too: a program
/// may call a function v1.
ParseStatus TatamiAsmParser::parseSymbolic(OperandVector &Operands) {
  // jal has a form with a register first.
  if (getTok().is(AsmToken::Identifier) &&
      matchRegister(getTok().getIdentifier()) &&
      getLexer().peekTok().is(AsmToken::Comma))
    return ParseStatus::NoMatch;
  SMLoc Start = getLoc(), End;
  const MCExpr *E;
  if (parseExpr(E, End))
    return ParseStatus::Failure;
  Operands.push_back(std::make_unique<TatamiOperand>(E, Start, End));
  return ParseStatus::Success;
}

ParseStatus TatamiAsmParser::parseControlRegister(OperandVector &Operands) {
  const AsmToken &Tok = getTok();
  if (Tok.isNot(AsmToken::Identifier))
    return ParseStatus::NoMatch;
  const auto *R = Tatami::lookupControlRegisterByName(Tok.getIdentifier());
  if (!R)
    return ParseStatus::NoMatch;
  Operands.push_back(std::make_unique<TatamiOperand>(
      MCConstantExpr::create(R->Number, getContext()), Tok.getLoc(),
      Tok.getEndLoc()));
  Lex();
  return ParseStatus::Success;
}

/// `(register)`.
bool TatamiAsmParser::parseBase(OperandVector &Operands) {
  Operands.push_back(std::make_unique<TatamiOperand>("(", getLoc()));
  Lex();
  MCRegister Reg;
  SMLoc Start, End;
  if (!tryParseRegister(Reg, Start, End).isSuccess())
    return Error(Start, "expected a register as the base of the address");
  Operands.push_back(std::make_unique<TatamiOperand>(Reg, Start, End));
  SMLoc Close = getLoc();
  if (parseToken(AsmToken::RParen, "expected ')'"))
    return true;
  Operands.push_back(std::make_unique<TatamiOperand>(")", Close));
  return false;
}

bool TatamiAsmParser::parseOperand(OperandVector &Operands,
                                   StringRef Mnemonic) {
  ParseStatus Custom = MatchOperandParserImpl(Operands, Mnemonic,
                                              /*ParseForAllFeatures=*/true);
  if (!Custom.isNoMatch())
    return Custom.isFailure();

  MCRegister Reg;
  SMLoc Start, End;
  if (tryParseRegister(Reg, Start, End).isSuccess()) {
    Operands.push_back(std::make_unique<TatamiOperand>(Reg, Start, End));
    return false;
  }

  // `(` may begin an expression: (4 + 4)(sp).
  if (getTok().is(AsmToken::LParen)) {
    const AsmToken Next = getLexer().peekTok();
    if (Next.is(AsmToken::Identifier) && matchRegister(Next.getString()))
      return parseBase(Operands);
  }

  // The last operand of a masked instruction that clears the other lanes.
  if (getTok().is(AsmToken::Identifier) && getTok().getString() == "z") {
    const auto &Last = static_cast<const TatamiOperand &>(*Operands.back());
    const MCRegisterInfo &MRI = *getContext().getRegisterInfo();
    if (Last.isReg() &&
        MRI.getRegClass(Tatami::MRRegClassID).contains(Last.getReg())) {
      Operands.push_back(
          std::make_unique<TatamiOperand>(getTok().getString(), Start));
      Lex();
      return false;
    }
  }

  const MCExpr *E;
  if (parseExpr(E, End))
    return true;
  Operands.push_back(std::make_unique<TatamiOperand>(E, Start, End));
  if (getTok().is(AsmToken::LParen))
    return parseBase(Operands);
  return false;
}

bool TatamiAsmParser::parseInstruction(ParseInstructionInfo &, StringRef Name,
                                       SMLoc NameLoc, OperandVector &Operands) {
  Operands.push_back(std::make_unique<TatamiOperand>(Name, NameLoc));
  if (parseOptionalToken(AsmToken::EndOfStatement))
    return false;
  do {
    if (parseOperand(Operands, Name))
      return true;
  } while (parseOptionalToken(AsmToken::Comma));
  return parseToken(AsmToken::EndOfStatement, "expected ',' or end of line");
}

//===----------------------------------------------------------------------===//
// Matching.
//===----------------------------------------------------------------------===//

bool TatamiAsmParser::emitWideConstant(OperandVector &Operands,
                                       MCStreamer &Out) {
  if (Operands.size() != 3 ||
      static_cast<TatamiOperand &>(*Operands[0]).getToken() != "li" ||
      !Operands[1]->isReg())
    return false;
  MCRegister Reg = Operands[1]->getReg();
  std::optional<int64_t> Value =
      static_cast<TatamiOperand &>(*Operands[2]).getConstant();
  const MCRegisterInfo &MRI = *getContext().getRegisterInfo();
  if (!Value || !MRI.getRegClass(Tatami::GPRRegClassID).contains(Reg))
    return false;
  bool First = true;
  for (const TatamiMatInt::Step &Step : TatamiMatInt::materialize(*Value)) {
    MCInstBuilder Inst(Step.Opcode);
    Inst.addReg(Reg);
    if (!First)
      Inst.addReg(Reg);
    Inst.addImm(Step.Imm);
    if (Step.Opcode == Tatami::INSH)
      Inst.addImm(Step.Pos);
    Out.emitInstruction(Inst, getSTI());
    First = false;
  }
  return true;
}

static std::string TatamiMnemonicSpellCheck(StringRef S,
                                            const FeatureBitset &FBS,
                                            unsigned VariantID);

bool TatamiAsmParser::reportMismatch(unsigned Result, SMLoc IDLoc,
                                     OperandVector &Operands,
                                     uint64_t ErrorInfo) {
  if (Result == Match_MnemonicFail) {
    StringRef Name = static_cast<TatamiOperand &>(*Operands[0]).getToken();
    return Error(IDLoc, "unrecognized instruction mnemonic" +
                            TatamiMnemonicSpellCheck(
                                Name, getAvailableFeatures(), 0));
  }
  if (ErrorInfo != ~UINT64_C(0) && ErrorInfo >= Operands.size())
    return Error(Operands.back()->getEndLoc().isValid()
                     ? Operands.back()->getEndLoc()
                     : IDLoc,
                 "too few operands for instruction");
  SMLoc Loc = IDLoc;
  if (ErrorInfo != ~UINT64_C(0))
    Loc = Operands[ErrorInfo]->getStartLoc();
  if (const char *Message =
          getMatchKindDiag(static_cast<TatamiMatchResultTy>(Result)))
    return Error(Loc, Message);

  // Would it be right without the operand complained of and those behind it?
  if (ErrorInfo != ~UINT64_C(0)) {
    Operands.truncate(ErrorInfo);
    MCInst Inst;
    if (MatchInstructionImpl(Operands, Inst, ErrorInfo,
                             /*matchingInlineAsm=*/false) == Match_Success)
      return Error(Loc, "too many operands for instruction");
  }
  return Error(Loc, "invalid operand for instruction");
}

bool TatamiAsmParser::matchAndEmitInstruction(SMLoc IDLoc, unsigned &Opcode,
                                              OperandVector &Operands,
                                              MCStreamer &Out,
                                              uint64_t &ErrorInfo,
                                              bool MatchingInlineAsm) {
  MCInst Inst;
  unsigned Result =
      MatchInstructionImpl(Operands, Inst, ErrorInfo, MatchingInlineAsm);
  if (Result == Match_Success) {
    Inst.setLoc(IDLoc);
    Opcode = Inst.getOpcode();
    Out.emitInstruction(Inst, getSTI());
    return false;
  }
  if (Result == Match_InvalidAbs22 && emitWideConstant(Operands, Out))
    return false;
  return reportMismatch(Result, IDLoc, Operands, ErrorInfo);
}

extern "C" LLVM_ABI LLVM_EXTERNAL_VISIBILITY void
LLVMInitializeTatamiAsmParser() {
  RegisterMCAsmParser<TatamiAsmParser> X(getTheTatamiTarget());
}
