//===- TatamiAsmPrinter.h - Machine code to the streamer ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef LLVM_LIB_TARGET_TATAMI_TATAMIASMPRINTER_H
#define LLVM_LIB_TARGET_TATAMI_TATAMIASMPRINTER_H

#include "llvm/CodeGen/AsmPrinter.h"
#include "llvm/MC/MCStreamer.h"

namespace llvm {

class TatamiAsmPrinter : public AsmPrinter {
public:
  static char ID;

  TatamiAsmPrinter(TargetMachine &TM, std::unique_ptr<MCStreamer> Streamer)
      : AsmPrinter(TM, std::move(Streamer), ID) {}

  StringRef getPassName() const override { return "Tatami assembly printer"; }

  void emitStartOfAsmFile(Module &M) override;
  void emitInstruction(const MachineInstr *MI) override;
  bool PrintAsmOperand(const MachineInstr *MI, unsigned OpNo,
                       const char *ExtraCode, raw_ostream &OS) override;
  bool PrintAsmMemoryOperand(const MachineInstr *MI, unsigned OpNo,
                             const char *ExtraCode, raw_ostream &OS) override;

  /// Generated: calls and jumps to the instructions that they are.
  bool lowerPseudoInstExpansion(const MachineInstr *MI, MCInst &Inst);

private:
  bool lowerOperand(const MachineOperand &MO, MCOperand &Result) const;
  MCOperand lowerSymbol(const MachineOperand &MO, const MCSymbol *Symbol) const;
};

} // namespace llvm

#endif // LLVM_LIB_TARGET_TATAMI_TATAMIASMPRINTER_H
