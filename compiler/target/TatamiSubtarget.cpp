//===- TatamiSubtarget.cpp - The machine that code is generated for -------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "TatamiSubtarget.h"
#include "TatamiLibcalls.h"
#include "MCTargetDesc/TatamiMCTargetDesc.h"
#include "llvm/CodeGen/LibcallLoweringInfo.h"
#include "llvm/CodeGen/MachineScheduler.h"

using namespace llvm;

#define DEBUG_TYPE "tatami-subtarget"

#define GET_SUBTARGETINFO_TARGET_DESC
#define GET_SUBTARGETINFO_CTOR
#include "TatamiGenSubtargetInfo.inc"

static StringRef processorOrDefault(StringRef CPU) {
  return CPU.empty() || CPU == "generic" ? "d1" : CPU;
}

TatamiSubtarget::TatamiSubtarget(const Triple &TT, StringRef CPU,
                                 StringRef TuneCPU, StringRef FS,
                                 const TargetMachine &TM)
    : TatamiGenSubtargetInfo(TT, processorOrDefault(CPU),
                             processorOrDefault(TuneCPU.empty() ? CPU
                                                                : TuneCPU),
                             FS),
      InstrInfo(*this), TLInfo(TM, *this) {}

void TatamiSubtarget::initLibcallLoweringInfo(LibcallLoweringInfo &Info) const {
  const RTLIB::RuntimeLibcallsInfo Known{Triple(TatamiLibcallTriple)};
  for (RTLIB::LibcallImpl Impl : RTLIB::libcall_impls()) {
    RTLIB::Libcall Call = RTLIB::RuntimeLibcallsInfo::getLibcallFromImpl(Impl);
    if (Known.isAvailable(Impl) &&
        Info.getLibcallImpl(Call) == RTLIB::Unsupported)
      Info.setLibcallImpl(Call, Impl);
  }
  // The C library has no roundeven; there is one rounding mode, so rint is it.
  Info.setLibcallImpl(RTLIB::ROUNDEVEN_F64, RTLIB::impl_rint);
}

void TatamiSubtarget::overrideSchedPolicy(MachineSchedPolicy &Policy,
                                          const SchedRegion &) const {
  // Loads take five cycles and nothing is renamed: both directions, and never
  // a schedule that spills.
  Policy.OnlyTopDown = false;
  Policy.OnlyBottomUp = false;
  Policy.ShouldTrackPressure = true;
}
