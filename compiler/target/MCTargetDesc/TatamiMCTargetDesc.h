//===- TatamiMCTargetDesc.h - Enums and constructors of the MC layer ------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef LLVM_LIB_TARGET_TATAMI_MCTARGETDESC_TATAMIMCTARGETDESC_H
#define LLVM_LIB_TARGET_TATAMI_MCTARGETDESC_TATAMIMCTARGETDESC_H

#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <memory>

namespace llvm {

class MCAsmBackend;
class MCCodeEmitter;
class MCContext;
class MCInstrInfo;
class MCObjectTargetWriter;
class MCRegisterInfo;
class MCSubtargetInfo;
class MCTargetOptions;
class Target;

MCCodeEmitter *createTatamiMCCodeEmitter(const MCInstrInfo &MCII,
                                         MCContext &Ctx);
MCAsmBackend *createTatamiAsmBackend(const Target &T,
                                     const MCSubtargetInfo &STI,
                                     const MCRegisterInfo &MRI,
                                     const MCTargetOptions &Options);
std::unique_ptr<MCObjectTargetWriter> createTatamiELFObjectWriter();

} // namespace llvm

// Registers, opcodes and subtarget features by name.
#define GET_REGINFO_ENUM
#include "TatamiGenRegisterInfo.inc"

#define GET_INSTRINFO_ENUM
#define GET_INSTRINFO_MC_HELPER_DECLS
#include "TatamiGenInstrInfo.inc"

#define GET_SUBTARGETINFO_ENUM
#include "TatamiGenSubtargetInfo.inc"

namespace llvm::Tatami {

/// A row of the table of isa/abi/ControlRegisters.td.
struct ControlRegister {
  const char *Name;
  uint16_t Number;
};

#define GET_ControlRegisterTable_DECL
#define GET_ElfMachine_DECL
#define GET_RelocationType_DECL
#include "TatamiGenSearchableTables.inc"

} // namespace llvm::Tatami

#endif // LLVM_LIB_TARGET_TATAMI_MCTARGETDESC_TATAMIMCTARGETDESC_H
