//===- TatamiTargetMachine.cpp - The target's entry for the code generator ===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "TatamiTargetMachine.h"
#include "TargetInfo/TatamiTargetInfo.h"
#include "Tatami.h"
#include "TatamiArrayAlignment.h"
#include "TatamiMachineFunctionInfo.h"
#include "TatamiTargetTransformInfo.h"
#include "llvm/CodeGen/MachineScheduler.h"
#include "llvm/CodeGen/Passes.h"
#include "llvm/CodeGen/TargetLoweringObjectFileImpl.h"
#include "llvm/CodeGen/TargetPassConfig.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/PassRegistry.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Transforms/Scalar.h"

using namespace llvm;

extern "C" LLVM_ATTRIBUTE_VISIBILITY_DEFAULT void
LLVMInitializeTatamiTarget() {
  RegisterTargetMachine<TatamiTargetMachine> X(getTheTatamiTarget());
  PassRegistry &PR = *PassRegistry::getPassRegistry();
  initializeTatamiDAGToDAGISelLegacyPass(PR);
  initializeTatamiAccumulatorSpillsPass(PR);
  initializeTatamiExtensionsPass(PR);
  initializeTatamiRemoteMemoryPass(PR);
  initializeTatamiSinkStepsPass(PR);
}

// Bit for bit what clang's TargetInfo says (compiler/driver).
static constexpr StringLiteral DataLayoutString =
    "e-m:e-p:64:64-p1:64:64-i64:64-i128:128-f64:64-v512:512-a:0:64-n32:64-S512";

TatamiTargetMachine::TatamiTargetMachine(
    const Target &T, const Triple &TT, StringRef CPU, StringRef FS,
    const TargetOptions &Options, std::optional<Reloc::Model>,
    std::optional<CodeModel::Model>, CodeGenOptLevel OL, bool)
    : CodeGenTargetMachineImpl(T, DataLayoutString, TT, CPU, FS, Options,
                               Reloc::Static, CodeModel::Small, OL),
      TLOF(std::make_unique<TargetLoweringObjectFileELF>()) {
  initAsmInfo();
  setSupportsDefaultOutlining(false);
  // A function may have no frame on some paths, or return in the middle: what
  // an unwinder reads follows the blocks in their order.
  setCFIFixup(true);
  // What cannot be reached does not run on into the next function. Optimised
  // code trusts what is said never to return.
  this->Options.TrapUnreachable = true;
  this->Options.NoTrapAfterNoreturn = OL != CodeGenOptLevel::None;
}

TatamiTargetMachine::~TatamiTargetMachine() = default;

const TatamiSubtarget *
TatamiTargetMachine::getSubtargetImpl(const Function &F) const {
  auto Attribute = [&](StringRef Name, StringRef Default) {
    llvm::Attribute A = F.getFnAttribute(Name);
    return A.isValid() ? A.getValueAsString() : Default;
  };
  StringRef CPU = Attribute("target-cpu", TargetCPU);
  StringRef TuneCPU = Attribute("tune-cpu", CPU);
  StringRef FS = Attribute("target-features", TargetFS);
  auto &Entry = Subtargets[(CPU + "/" + TuneCPU + "/" + FS).str()];
  if (!Entry)
    Entry = std::make_unique<TatamiSubtarget>(TargetTriple, CPU, TuneCPU, FS,
                                              *this);
  return Entry.get();
}

MachineFunctionInfo *TatamiTargetMachine::createMachineFunctionInfo(
    BumpPtrAllocator &Allocator, const Function &F,
    const TargetSubtargetInfo *STI) const {
  return TatamiMachineFunctionInfo::create<TatamiMachineFunctionInfo>(
      Allocator, F, STI);
}

TargetTransformInfo
TatamiTargetMachine::getTargetTransformInfo(const Function &F) const {
  return TargetTransformInfo(std::make_unique<TatamiTTIImpl>(this, F));
}

void TatamiTargetMachine::registerPassBuilderCallbacks(PassBuilder &PB) {
  PB.registerPipelineEarlySimplificationEPCallback(
      [](ModulePassManager &MPM, OptimizationLevel Level, ThinOrFullLTOPhase) {
        if (Level != OptimizationLevel::O0)
          MPM.addPass(TatamiArrayAlignmentPass());
      });
}

namespace {

class TatamiPassConfig : public TargetPassConfig {
public:
  TatamiPassConfig(TatamiTargetMachine &TM, PassManagerBase &PM)
      : TargetPassConfig(TM, PM) {
    if (TM.getOptLevel() == CodeGenOptLevel::None)
      return;
    substitutePass(&PostRASchedulerID, &PostMachineSchedulerID);
    insertPass(&LiveVariablesID, &TatamiSinkStepsID);
  }

  TatamiTargetMachine &getTatamiTargetMachine() const {
    return getTM<TatamiTargetMachine>();
  }

  void addIRPasses() override {
    addPass(createTatamiRemoteMemoryPass());
    addPass(createAtomicExpandLegacyPass());
    TargetPassConfig::addIRPasses();
    if (getOptLevel() != CodeGenOptLevel::None)
      addPass(createInterleavedAccessPass());
  }

  bool addInstSelector() override {
    addPass(createTatamiISelDag(getTatamiTargetMachine(), getOptLevel()));
    return false;
  }

  void addMachineSSAOptimization() override {
    TargetPassConfig::addMachineSSAOptimization();
    addPass(createTatamiExtensionsPass());
    addPass(&DeadMachineInstructionElimID);
  }

  void addPreRegAlloc() override {
    if (getOptLevel() > CodeGenOptLevel::Less)
      addPass(&MachinePipelinerID);
  }

  void addPostRewrite() override {
    addPass(createTatamiAccumulatorSpillsPass());
  }

  void addPreEmitPass() override { addPass(&BranchRelaxationPassID); }
};

} // namespace

TargetPassConfig *TatamiTargetMachine::createPassConfig(PassManagerBase &PM) {
  return new TatamiPassConfig(*this, PM);
}
