//===- TatamiELFObjectWriter.cpp - Fixups to relocations ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "MCTargetDesc/TatamiFixupKinds.h"
#include "MCTargetDesc/TatamiMCAsmInfo.h"
#include "MCTargetDesc/TatamiMCTargetDesc.h"
#include "llvm/BinaryFormat/ELF.h"
#include "llvm/MC/MCContext.h"
#include "llvm/MC/MCELFObjectWriter.h"
#include "llvm/MC/MCFixup.h"
#include "llvm/MC/MCSymbolELF.h"
#include "llvm/MC/MCValue.h"

using namespace llvm;

namespace {

class TatamiELFObjectWriter : public MCELFObjectTargetWriter {
public:
  TatamiELFObjectWriter()
      : MCELFObjectTargetWriter(/*Is64Bit=*/true, ELF::ELFOSABI_NONE,
                                Tatami::TatamiElf,
                                /*HasRelocationAddend=*/true) {}

protected:
  unsigned getRelocType(const MCFixup &Fixup, const MCValue &Target,
                        bool IsPCRel) const override;
};

} // namespace

unsigned TatamiELFObjectWriter::getRelocType(const MCFixup &Fixup,
                                             const MCValue &Target,
                                             bool IsPCRel) const {
  uint32_t Specifier = Target.getSpecifier();
  if (Specifier == Tatami::S_TPREL || Specifier == Tatami::S_DTPREL)
    if (const MCSymbol *S = Target.getAddSym())
      static_cast<MCSymbolELF *>(const_cast<MCSymbol *>(S))
          ->setType(ELF::STT_TLS);

  auto Error = [&](const Twine &Message) -> unsigned {
    reportError(Fixup.getLoc(), Message);
    return Tatami::R_TATAMI_NONE;
  };
  unsigned Kind = Fixup.getKind();
  switch (Kind) {
  case Tatami::fixup_abs22:
    return Tatami::R_TATAMI_ABS22;
  case Tatami::fixup_branch15:
    return Tatami::R_TATAMI_BRANCH15;
  case Tatami::fixup_jump20:
    return Tatami::R_TATAMI_JUMP20;
  case Tatami::fixup_tprel22:
    return Tatami::R_TATAMI_TPREL22;
  case Tatami::fixup_lo15:
    return Tatami::R_TATAMI_LO15;
  case Tatami::fixup_hi20:
    return Tatami::R_TATAMI_HI20;
  }

  if (Specifier && Specifier != Tatami::S_DTPREL)
    return Error("only %dtprel can stand in data");
  bool ThreadLocal = Specifier == Tatami::S_DTPREL;
  switch (Kind) {
  case FK_Data_1:
    if (!IsPCRel && !ThreadLocal)
      return Tatami::R_TATAMI_ABS8;
    break;
  case FK_Data_2:
    if (!IsPCRel && !ThreadLocal)
      return Tatami::R_TATAMI_ABS16;
    break;
  case FK_Data_4:
    if (IsPCRel && ThreadLocal)
      break;
    return IsPCRel       ? Tatami::R_TATAMI_PCREL32
           : ThreadLocal ? Tatami::R_TATAMI_DTPREL32
                         : Tatami::R_TATAMI_ABS32;
  case FK_Data_8:
    if (IsPCRel && ThreadLocal)
      break;
    return IsPCRel       ? Tatami::R_TATAMI_PCREL64
           : ThreadLocal ? Tatami::R_TATAMI_DTPREL64
                         : Tatami::R_TATAMI_ABS64;
  }
  return Error("no relocation expresses this value: use 32 or 64 bits");
}

std::unique_ptr<MCObjectTargetWriter> llvm::createTatamiELFObjectWriter() {
  return std::make_unique<TatamiELFObjectWriter>();
}
