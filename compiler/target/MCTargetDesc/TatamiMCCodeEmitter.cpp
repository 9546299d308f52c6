//===- TatamiMCCodeEmitter.cpp - Instructions to words --------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The bit layout is TableGen's; here is what an operand's value becomes, and
// which fixup stands in where it is not known yet.
//===----------------------------------------------------------------------===//

#include "MCTargetDesc/TatamiFixupKinds.h"
#include "MCTargetDesc/TatamiMCAsmInfo.h"
#include "MCTargetDesc/TatamiMCTargetDesc.h"
#include "llvm/MC/MCCodeEmitter.h"
#include "llvm/MC/MCContext.h"
#include "llvm/MC/MCExpr.h"
#include "llvm/MC/MCInst.h"
#include "llvm/MC/MCInstrInfo.h"
#include "llvm/MC/MCRegisterInfo.h"
#include "llvm/Support/Casting.h"
#include "llvm/Support/EndianStream.h"

using namespace llvm;

#define DEBUG_TYPE "mccodeemitter"

namespace {

class TatamiMCCodeEmitter : public MCCodeEmitter {
public:
  TatamiMCCodeEmitter(const MCInstrInfo &, MCContext &Ctx) : Ctx(Ctx) {}

  void encodeInstruction(const MCInst &MI, SmallVectorImpl<char> &CB,
                         SmallVectorImpl<MCFixup> &Fixups,
                         const MCSubtargetInfo &STI) const override;

private:
  // Generated.
  uint64_t getBinaryCodeForInstr(const MCInst &MI,
                                 SmallVectorImpl<MCFixup> &Fixups,
                                 const MCSubtargetInfo &STI) const;

  // Called by the generated code; the names are those of isa/Operands.td.
  uint64_t getMachineOpValue(const MCInst &MI, const MCOperand &MO,
                             SmallVectorImpl<MCFixup> &Fixups,
                             const MCSubtargetInfo &STI) const;
  template <unsigned Shift>
  uint64_t encodeImm(const MCInst &MI, unsigned OpNo,
                     SmallVectorImpl<MCFixup> &Fixups,
                     const MCSubtargetInfo &STI) const;
  uint64_t encodeHi20(const MCInst &MI, unsigned OpNo,
                      SmallVectorImpl<MCFixup> &Fixups,
                      const MCSubtargetInfo &STI) const;
  uint64_t encodeLo15(const MCInst &MI, unsigned OpNo,
                      SmallVectorImpl<MCFixup> &Fixups,
                      const MCSubtargetInfo &STI) const;
  uint64_t encodeAbs22(const MCInst &MI, unsigned OpNo,
                       SmallVectorImpl<MCFixup> &Fixups,
                       const MCSubtargetInfo &STI) const;
  uint64_t encodeBranchTarget(const MCInst &MI, unsigned OpNo,
                              SmallVectorImpl<MCFixup> &Fixups,
                              const MCSubtargetInfo &STI) const;
  uint64_t encodeJumpTarget(const MCInst &MI, unsigned OpNo,
                            SmallVectorImpl<MCFixup> &Fixups,
                            const MCSubtargetInfo &STI) const;

  /// Leaves the field zero for \p Kind to fill in.
  uint64_t addFixup(const MCExpr *E, Tatami::Fixups Kind,
                    SmallVectorImpl<MCFixup> &Fixups) const;
  /// The same, for an expression whose specifier must be \p Wanted.
  uint64_t addFixup(const MCExpr *E, Tatami::Specifier Wanted,
                    Tatami::Fixups Kind,
                    SmallVectorImpl<MCFixup> &Fixups) const;

  MCContext &Ctx;
};

} // namespace

static Tatami::Specifier specifierOf(const MCExpr *E) {
  if (const auto *S = dyn_cast<MCSpecifierExpr>(E))
    return static_cast<Tatami::Specifier>(S->getSpecifier());
  return Tatami::S_None;
}

void TatamiMCCodeEmitter::encodeInstruction(const MCInst &MI,
                                            SmallVectorImpl<char> &CB,
                                            SmallVectorImpl<MCFixup> &Fixups,
                                            const MCSubtargetInfo &STI) const {
  uint32_t Bits = getBinaryCodeForInstr(MI, Fixups, STI);
  support::endian::write(CB, Bits, endianness::little);
}

uint64_t TatamiMCCodeEmitter::addFixup(const MCExpr *E, Tatami::Fixups Kind,
                                       SmallVectorImpl<MCFixup> &Fixups) const {
  bool PCRel =
      Kind == Tatami::fixup_branch15 || Kind == Tatami::fixup_jump20;
  Fixups.push_back(MCFixup::create(0, E, Kind, PCRel));
  return 0;
}

uint64_t TatamiMCCodeEmitter::addFixup(const MCExpr *E,
                                       Tatami::Specifier Wanted,
                                       Tatami::Fixups Kind,
                                       SmallVectorImpl<MCFixup> &Fixups) const {
  if (specifierOf(E) != Wanted) {
    Ctx.reportError(E->getLoc(), "a symbol must be written %" +
                                     Tatami::getSpecifierName(Wanted) +
                                     "(symbol) here");
    return 0;
  }
  return addFixup(E, Kind, Fixups);
}

uint64_t
TatamiMCCodeEmitter::getMachineOpValue(const MCInst &, const MCOperand &MO,
                                       SmallVectorImpl<MCFixup> &,
                                       const MCSubtargetInfo &) const {
  if (MO.isReg())
    return Ctx.getRegisterInfo()->getEncodingValue(MO.getReg());
  if (MO.isImm())
    return MO.getImm();
  llvm_unreachable("an operand without an encoder is a register or a constant");
}

template <unsigned Shift>
uint64_t TatamiMCCodeEmitter::encodeImm(const MCInst &MI, unsigned OpNo,
                                        SmallVectorImpl<MCFixup> &,
                                        const MCSubtargetInfo &) const {
  const MCOperand &MO = MI.getOperand(OpNo);
  if (MO.isExpr()) {
    Ctx.reportError(MO.getExpr()->getLoc(),
                    "this operand must be a constant known to the assembler");
    return 0;
  }
  return static_cast<uint64_t>(MO.getImm()) >> Shift;
}

uint64_t TatamiMCCodeEmitter::encodeHi20(const MCInst &MI, unsigned OpNo,
                                         SmallVectorImpl<MCFixup> &Fixups,
                                         const MCSubtargetInfo &) const {
  const MCOperand &MO = MI.getOperand(OpNo);
  if (MO.isImm())
    return MO.getImm();
  return addFixup(MO.getExpr(), Tatami::S_HI, Tatami::fixup_hi20, Fixups);
}

uint64_t TatamiMCCodeEmitter::encodeLo15(const MCInst &MI, unsigned OpNo,
                                         SmallVectorImpl<MCFixup> &Fixups,
                                         const MCSubtargetInfo &) const {
  const MCOperand &MO = MI.getOperand(OpNo);
  if (MO.isImm())
    return MO.getImm();
  return addFixup(MO.getExpr(), Tatami::S_LO, Tatami::fixup_lo15, Fixups);
}

uint64_t TatamiMCCodeEmitter::encodeAbs22(const MCInst &MI, unsigned OpNo,
                                          SmallVectorImpl<MCFixup> &Fixups,
                                          const MCSubtargetInfo &) const {
  const MCOperand &MO = MI.getOperand(OpNo);
  if (MO.isImm())
    return MO.getImm();
  const MCExpr *E = MO.getExpr();
  if (specifierOf(E) == Tatami::S_TPREL)
    return addFixup(E, Tatami::fixup_tprel22, Fixups);
  if (specifierOf(E) == Tatami::S_None)
    return addFixup(E, Tatami::fixup_abs22, Fixups);
  Ctx.reportError(E->getLoc(),
                  "li takes a symbol or %tprel(symbol), no other part of it");
  return 0;
}

uint64_t TatamiMCCodeEmitter::encodeBranchTarget(
    const MCInst &MI, unsigned OpNo, SmallVectorImpl<MCFixup> &Fixups,
    const MCSubtargetInfo &STI) const {
  const MCOperand &MO = MI.getOperand(OpNo);
  if (MO.isImm())
    return encodeImm<2>(MI, OpNo, Fixups, STI);
  return addFixup(MO.getExpr(), Tatami::fixup_branch15, Fixups);
}

uint64_t
TatamiMCCodeEmitter::encodeJumpTarget(const MCInst &MI, unsigned OpNo,
                                      SmallVectorImpl<MCFixup> &Fixups,
                                      const MCSubtargetInfo &STI) const {
  const MCOperand &MO = MI.getOperand(OpNo);
  if (MO.isImm())
    return encodeImm<2>(MI, OpNo, Fixups, STI);
  return addFixup(MO.getExpr(), Tatami::fixup_jump20, Fixups);
}

#include "TatamiGenMCCodeEmitter.inc"

MCCodeEmitter *llvm::createTatamiMCCodeEmitter(const MCInstrInfo &MCII,
                                               MCContext &Ctx) {
  return new TatamiMCCodeEmitter(MCII, Ctx);
}
