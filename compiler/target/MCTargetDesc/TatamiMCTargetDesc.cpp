//===- TatamiMCTargetDesc.cpp - Registration of the MC layer --------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "MCTargetDesc/TatamiMCTargetDesc.h"
#include "MCTargetDesc/TatamiInstPrinter.h"
#include "MCTargetDesc/TatamiMCAsmInfo.h"
#include "TargetInfo/TatamiTargetInfo.h"
#include "llvm/MC/MCDwarf.h"
#include "llvm/MC/MCInst.h"
#include "llvm/MC/MCInstrAnalysis.h"
#include "llvm/MC/MCInstrInfo.h"
#include "llvm/MC/MCRegisterInfo.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"

using namespace llvm;

#define GET_INSTRINFO_MC_DESC
#define ENABLE_INSTR_PREDICATE_VERIFIER
#include "TatamiGenInstrInfo.inc"

#define GET_REGINFO_MC_DESC
#include "TatamiGenRegisterInfo.inc"

#define GET_SUBTARGETINFO_MC_DESC
#include "TatamiGenSubtargetInfo.inc"

namespace llvm::Tatami {
#define GET_ControlRegisterTable_IMPL
#include "TatamiGenSearchableTables.inc"
} // namespace llvm::Tatami

namespace {

/// What a tool that only has the instructions wants to know of their control
/// flow. jal and jalr are calls, jumps and returns by their registers.
class TatamiMCInstrAnalysis : public MCInstrAnalysis {
public:
  explicit TatamiMCInstrAnalysis(const MCInstrInfo *Info)
      : MCInstrAnalysis(Info) {}

  bool isBranch(const MCInst &Inst) const override {
    return isUnconditionalBranch(Inst) || isIndirectBranch(Inst) ||
           MCInstrAnalysis::isBranch(Inst);
  }
  bool isUnconditionalBranch(const MCInst &Inst) const override {
    return (Inst.getOpcode() == Tatami::JAL && !linkRegister(Inst)) ||
           MCInstrAnalysis::isUnconditionalBranch(Inst);
  }
  bool isIndirectBranch(const MCInst &Inst) const override {
    return isJumpRegister(Inst, /*Return=*/false) ||
           MCInstrAnalysis::isIndirectBranch(Inst);
  }
  bool isReturn(const MCInst &Inst) const override {
    return isJumpRegister(Inst, /*Return=*/true) ||
           MCInstrAnalysis::isReturn(Inst);
  }
  bool isCall(const MCInst &Inst) const override {
    bool Jump =
        Inst.getOpcode() == Tatami::JAL || Inst.getOpcode() == Tatami::JALR;
    return Jump ? linkRegister(Inst) : MCInstrAnalysis::isCall(Inst);
  }
  bool isTerminator(const MCInst &Inst) const override {
    return isBranch(Inst) || isReturn(Inst) ||
           MCInstrAnalysis::isTerminator(Inst);
  }
  bool isBarrier(const MCInst &Inst) const override {
    return isUnconditionalBranch(Inst) || isIndirectBranch(Inst) ||
           isReturn(Inst) || MCInstrAnalysis::isBarrier(Inst);
  }

  bool evaluateBranch(const MCInst &Inst, uint64_t Addr, uint64_t,
                      uint64_t &Target) const override {
    const MCInstrDesc &Desc = Info->get(Inst.getOpcode());
    for (auto [Operand, Described] : zip(Inst, Desc.operands()))
      if (Described.OperandType == MCOI::OPERAND_PCREL && Operand.isImm()) {
        Target = Addr + Operand.getImm();
        return true;
      }
    return false;
  }

private:
  static bool linkRegister(const MCInst &Inst) {
    return Inst.getOperand(0).getReg() != Tatami::X0;
  }
  static bool isJumpRegister(const MCInst &Inst, bool Return) {
    return Inst.getOpcode() == Tatami::JALR && !linkRegister(Inst) &&
           (Inst.getOperand(1).getReg() == Tatami::X1) == Return;
  }
};

} // namespace

static MCInstrInfo *createTatamiMCInstrInfo() {
  auto *X = new MCInstrInfo();
  InitTatamiMCInstrInfo(X);
  return X;
}

static MCRegisterInfo *createTatamiMCRegisterInfo(const Triple &) {
  auto *X = new MCRegisterInfo();
  InitTatamiMCRegisterInfo(X, /*RA=*/Tatami::X1);
  return X;
}

static MCSubtargetInfo *createTatamiMCSubtargetInfo(const Triple &TT,
                                                    StringRef CPU,
                                                    StringRef FS) {
  if (CPU.empty() || CPU == "generic")
    CPU = "d1";
  return createTatamiMCSubtargetInfoImpl(TT, CPU, /*TuneCPU=*/CPU, FS);
}

static MCAsmInfo *createTatamiMCAsmInfo(const MCRegisterInfo &MRI,
                                        const Triple &TT,
                                        const MCTargetOptions &) {
  MCAsmInfo *MAI = new TatamiMCAsmInfo(TT);
  // On entry to a function the frame address is the stack pointer.
  unsigned SP = MRI.getDwarfRegNum(Tatami::X2, /*isEH=*/true);
  MAI->addInitialFrameState(MCCFIInstruction::cfiDefCfa(nullptr, SP, 0));
  return MAI;
}

static MCInstPrinter *createTatamiMCInstPrinter(const Triple &, unsigned,
                                                const MCAsmInfo &MAI,
                                                const MCInstrInfo &MII,
                                                const MCRegisterInfo &MRI) {
  return new TatamiInstPrinter(MAI, MII, MRI);
}

static MCInstrAnalysis *createTatamiInstrAnalysis(const MCInstrInfo *Info) {
  return new TatamiMCInstrAnalysis(Info);
}

extern "C" LLVM_ABI LLVM_EXTERNAL_VISIBILITY void
LLVMInitializeTatamiTargetMC() {
  Target &T = getTheTatamiTarget();
  TargetRegistry::RegisterMCAsmInfo(T, createTatamiMCAsmInfo);
  TargetRegistry::RegisterMCInstrInfo(T, createTatamiMCInstrInfo);
  TargetRegistry::RegisterMCRegInfo(T, createTatamiMCRegisterInfo);
  TargetRegistry::RegisterMCSubtargetInfo(T, createTatamiMCSubtargetInfo);
  TargetRegistry::RegisterMCInstPrinter(T, createTatamiMCInstPrinter);
  TargetRegistry::RegisterMCInstrAnalysis(T, createTatamiInstrAnalysis);
  TargetRegistry::RegisterMCCodeEmitter(T, createTatamiMCCodeEmitter);
  TargetRegistry::RegisterMCAsmBackend(T, createTatamiAsmBackend);
}
