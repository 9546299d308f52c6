//===- TatamiSubtarget.h - The machine that code is generated for ---------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef LLVM_LIB_TARGET_TATAMI_TATAMISUBTARGET_H
#define LLVM_LIB_TARGET_TATAMI_TATAMISUBTARGET_H

#include "TatamiFrameLowering.h"
#include "TatamiISelLowering.h"
#include "TatamiInstrInfo.h"
#include "TatamiRegisterInfo.h"
#include "TatamiSelectionDAGInfo.h"
#include "llvm/CodeGen/TargetSubtargetInfo.h"

#define GET_SUBTARGETINFO_HEADER
#include "TatamiGenSubtargetInfo.inc"

namespace llvm {

/// There is one machine; its two "processors" are timing models.
class TatamiSubtarget : public TatamiGenSubtargetInfo {
  TatamiFrameLowering FrameLowering;
  TatamiInstrInfo InstrInfo;
  TatamiTargetLowering TLInfo;
  TatamiSelectionDAGInfo TSInfo;

public:
  TatamiSubtarget(const Triple &TT, StringRef CPU, StringRef TuneCPU,
                  StringRef FS, const TargetMachine &TM);

  const TatamiFrameLowering *getFrameLowering() const override {
    return &FrameLowering;
  }
  const TatamiInstrInfo *getInstrInfo() const override { return &InstrInfo; }
  const TatamiRegisterInfo *getRegisterInfo() const override {
    return &InstrInfo.getRegisterInfo();
  }
  const TatamiTargetLowering *getTargetLowering() const override {
    return &TLInfo;
  }
  const TatamiSelectionDAGInfo *getSelectionDAGInfo() const override {
    return &TSInfo;
  }

  void initLibcallLoweringInfo(LibcallLoweringInfo &Info) const override;

  bool enableMachineScheduler() const override { return true; }
  bool enablePostRAScheduler() const override { return true; }
  bool enableMachinePipeliner() const override { return true; }
  bool useDFAforSMS() const override { return false; }
  bool useAA() const override { return true; }
  void overrideSchedPolicy(MachineSchedPolicy &Policy,
                           const SchedRegion &Region) const override;

  /// Generated.
  void ParseSubtargetFeatures(StringRef CPU, StringRef TuneCPU, StringRef FS);
};

} // namespace llvm

#endif // LLVM_LIB_TARGET_TATAMI_TATAMISUBTARGET_H
