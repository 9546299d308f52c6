//===- TatamiAsmBackend.cpp - Filling in what was not known ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A fixup that the assembler can compute becomes bits, with a check of its
// range; any other becomes a relocation for the linker.
//===----------------------------------------------------------------------===//

#include "MCTargetDesc/TatamiFixupKinds.h"
#include "MCTargetDesc/TatamiMCTargetDesc.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/MC/MCAsmBackend.h"
#include "llvm/MC/MCAssembler.h"
#include "llvm/MC/MCContext.h"
#include "llvm/MC/MCELFObjectWriter.h"
#include "llvm/MC/MCExpr.h"
#include "llvm/MC/MCObjectWriter.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/MCSymbolELF.h"
#include "llvm/MC/MCValue.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/EndianStream.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;

namespace {

class TatamiAsmBackend : public MCAsmBackend {
public:
  TatamiAsmBackend() : MCAsmBackend(endianness::little) {}

  std::unique_ptr<MCObjectTargetWriter>
  createObjectTargetWriter() const override {
    return createTatamiELFObjectWriter();
  }

  std::optional<MCFixupKind> getFixupKind(StringRef Name) const override;
  MCFixupKindInfo getFixupKindInfo(MCFixupKind Kind) const override;
  void applyFixup(const MCFragment &F, const MCFixup &Fixup,
                  const MCValue &Target, uint8_t *Data, uint64_t Value,
                  bool IsResolved) override;

  bool finishLayout() const override;
  unsigned getMinimumNopSize() const override { return 4; }
  bool writeNopData(raw_ostream &OS, uint64_t Count,
                    const MCSubtargetInfo *STI) const override;

private:
  /// The bits of an instruction that hold \p Value, or none after an error.
  uint32_t encodeValue(const MCFixup &Fixup, int64_t Value) const;
};

} // namespace

// Relocations that `.reloc` may name.
std::optional<MCFixupKind>
TatamiAsmBackend::getFixupKind(StringRef Name) const {
  auto Type = StringSwitch<std::optional<unsigned>>(Name)
#define RELOC(R) .Case(#R, Tatami::R)
      RELOC(R_TATAMI_NONE)
      RELOC(R_TATAMI_ABS8)
      RELOC(R_TATAMI_ABS16)
      RELOC(R_TATAMI_ABS32)
      RELOC(R_TATAMI_ABS64)
      RELOC(R_TATAMI_ABS22)
      RELOC(R_TATAMI_BRANCH15)
      RELOC(R_TATAMI_JUMP20)
      RELOC(R_TATAMI_TPREL22)
      RELOC(R_TATAMI_PCREL32)
      RELOC(R_TATAMI_PCREL64)
      RELOC(R_TATAMI_DTPREL32)
      RELOC(R_TATAMI_DTPREL64)
      RELOC(R_TATAMI_LO15)
      RELOC(R_TATAMI_HI20)
#undef RELOC
      .Case("BFD_RELOC_NONE", Tatami::R_TATAMI_NONE)
      .Case("BFD_RELOC_8", Tatami::R_TATAMI_ABS8)
      .Case("BFD_RELOC_16", Tatami::R_TATAMI_ABS16)
      .Case("BFD_RELOC_32", Tatami::R_TATAMI_ABS32)
      .Case("BFD_RELOC_64", Tatami::R_TATAMI_ABS64)
      .Default(std::nullopt);
  if (!Type)
    return std::nullopt;
  return static_cast<MCFixupKind>(FirstLiteralRelocationKind + *Type);
}

MCFixupKindInfo
TatamiAsmBackend::getFixupKindInfo(MCFixupKind Kind) const {
  // In the order of Tatami::Fixups. Offsets and sizes are of the field; that of
  // li is in two pieces, of which the larger is named.
  static const MCFixupKindInfo Infos[Tatami::NumTargetFixupKinds] = {
      {"fixup_abs22", 12, 20, 0},  {"fixup_branch15", 17, 15, 0},
      {"fixup_jump20", 12, 20, 0}, {"fixup_tprel22", 12, 20, 0},
      {"fixup_lo15", 17, 15, 0},   {"fixup_hi20", 12, 20, 0},
  };
  if (mc::isRelocation(Kind))
    return {};
  if (Kind < FirstTargetFixupKind)
    return MCAsmBackend::getFixupKindInfo(Kind);
  return Infos[Kind - FirstTargetFixupKind];
}

uint32_t TatamiAsmBackend::encodeValue(const MCFixup &Fixup,
                                       int64_t Value) const {
  auto Error = [&](const Twine &Message) {
    getContext().reportError(Fixup.getLoc(), Message);
    return 0u;
  };
  uint32_t Bits = static_cast<uint32_t>(Value);
  switch (static_cast<unsigned>(Fixup.getKind())) {
  case Tatami::fixup_abs22:
  case Tatami::fixup_tprel22:
    if (!isInt<22>(Value))
      return Error("value " + Twine(Value) +
                   " is out of range: li holds -2097152 to 2097151");
    return (Bits >> 2 & 0xfffff) << 12 | (Bits & 3);
  case Tatami::fixup_branch15:
  case Tatami::fixup_jump20: {
    bool Branch = Fixup.getKind() == Tatami::fixup_branch15;
    if (Value % 4)
      return Error("distance " + Twine(Value) +
                   " to the target is not a multiple of 4");
    if (!isIntN(Branch ? 17 : 22, Value))
      return Error("target is " + Twine(Value) + " bytes away: " +
                   (Branch ? "a branch reaches -65536 to 65532"
                           : "a jump reaches -2097152 to 2097148"));
    return Branch ? (Bits >> 2) << 17 : (Bits >> 2) << 12;
  }
  case Tatami::fixup_lo15:
    return Bits << 17;
  case Tatami::fixup_hi20: {
    int64_t Upper = (Value + 0x4000) >> 15;
    if (!isInt<20>(Upper))
      return Error("value " + Twine(Value) +
                   " is out of range: lui and a low part hold 35 bits");
    return static_cast<uint32_t>(Upper) << 12;
  }
  }
  llvm_unreachable("not a fixup of an instruction");
}

void TatamiAsmBackend::applyFixup(const MCFragment &F, const MCFixup &Fixup,
                                  const MCValue &Target, uint8_t *Data,
                                  uint64_t Value, bool IsResolved) {
  MCFixupKind Kind = Fixup.getKind();
  if (mc::isRelocation(Kind)) {
    maybeAddReloc(F, Fixup, Target, Value, IsResolved);
    return;
  }
  // Where the thread's block begins is the linker's to know.
  if (Kind == Tatami::fixup_tprel22)
    IsResolved = false;
  maybeAddReloc(F, Fixup, Target, Value, IsResolved);
  // RELA: the addend is in the relocation, the field stays zero.
  if (!IsResolved)
    return;

  if (Kind >= FirstTargetFixupKind) {
    uint32_t Word = support::endian::read32le(Data);
    support::endian::write32le(
        Data, Word | encodeValue(Fixup, static_cast<int64_t>(Value)));
    return;
  }
  unsigned Bytes = getFixupKindInfo(Kind).TargetSize / 8;
  for (unsigned I = 0; I != Bytes; ++I)
    Data[I] |= static_cast<uint8_t>(Value >> (I * 8));
}

// LLVM's ELF writer ends the process at a `.size` that is no number. All symbols
// have their places now, so it can be an ordinary error before.
bool TatamiAsmBackend::finishLayout() const {
  for (const MCSymbol &Symbol : Asm->symbols()) {
    const auto &S = static_cast<const MCSymbolELF &>(Symbol);
    int64_t Size;
    const MCExpr *E = S.getSize();
    if (!E || E->evaluateKnownAbsolute(Size, *Asm))
      continue;
    getContext().reportError(E->getLoc(), "size of '" + S.getName() +
                                              "' is not known to the assembler");
    const_cast<MCSymbolELF &>(S).setSize(
        MCConstantExpr::create(0, getContext()));
  }
  return false;
}

bool TatamiAsmBackend::writeNopData(raw_ostream &OS, uint64_t Count,
                                    const MCSubtargetInfo *) const {
  // After data that is not a multiple of 4 nothing executable can follow.
  OS.write_zeros(Count % 4);
  constexpr uint32_t Nop = 4u << 22 | 4u << 17 | 0x07;
  for (uint64_t I = 0; I != Count / 4; ++I)
    support::endian::write(OS, Nop, endianness::little);
  return true;
}

MCAsmBackend *llvm::createTatamiAsmBackend(const Target &,
                                           const MCSubtargetInfo &,
                                           const MCRegisterInfo &,
                                           const MCTargetOptions &) {
  return new TatamiAsmBackend();
}
