//===- TatamiInstPrinter.h - Instructions to text -------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef LLVM_LIB_TARGET_TATAMI_MCTARGETDESC_TATAMIINSTPRINTER_H
#define LLVM_LIB_TARGET_TATAMI_MCTARGETDESC_TATAMIINSTPRINTER_H

#include "MCTargetDesc/TatamiMCTargetDesc.h"
#include "llvm/MC/MCInstPrinter.h"
#include "llvm/MC/MCRegister.h"

namespace llvm {

/// Prints what the assembler reads. Options (`-M`): `no-aliases` for the
/// machine's own mnemonics only, `numeric` for x10 instead of a0.
class TatamiInstPrinter : public MCInstPrinter {
public:
  TatamiInstPrinter(const MCAsmInfo &MAI, const MCInstrInfo &MII,
                    const MCRegisterInfo &MRI)
      : MCInstPrinter(MAI, MII, MRI) {}

  bool applyTargetSpecificCLOption(StringRef Opt) override;
  void printInst(const MCInst *MI, uint64_t Address, StringRef Annot,
                 const MCSubtargetInfo &STI, raw_ostream &OS) override;
  void printRegName(raw_ostream &OS, MCRegister Reg) override;

  // Generated.
  std::pair<const char *, uint64_t>
  getMnemonic(const MCInst &MI) const override;
  void printInstruction(const MCInst *MI, uint64_t Address,
                        const MCSubtargetInfo &STI, raw_ostream &OS);
  bool printAliasInstr(const MCInst *MI, uint64_t Address,
                       const MCSubtargetInfo &STI, raw_ostream &OS);
  void printCustomAliasOperand(const MCInst *MI, uint64_t Address,
                               unsigned OpIdx, unsigned PrintMethodIdx,
                               const MCSubtargetInfo &STI, raw_ostream &OS);
  static const char *getRegisterName(MCRegister Reg, unsigned AltIdx);
  /// The convention's name: a0 rather than x10.
  static const char *getRegisterName(MCRegister Reg) {
    return getRegisterName(Reg, Tatami::AbiName);
  }

private:
  // Called by the generated code; the names are those of isa/Operands.td.
  void printOperand(const MCInst *MI, unsigned OpNo,
                    const MCSubtargetInfo &STI, raw_ostream &OS);
  void printBranchTarget(const MCInst *MI, uint64_t Address, unsigned OpNo,
                         const MCSubtargetInfo &STI, raw_ostream &OS);
  void printControlRegister(const MCInst *MI, unsigned OpNo,
                            const MCSubtargetInfo &STI, raw_ostream &OS);

  unsigned RegisterNames = Tatami::AbiName;
};

} // namespace llvm

#endif // LLVM_LIB_TARGET_TATAMI_MCTARGETDESC_TATAMIINSTPRINTER_H
