//===- TatamiTargetInfo.cpp - What clang must know of the target ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TatamiTargetInfo.h"
#include "Builtins.h"
#include "PrivateMember.h"
#include "tatami/isa/MemoryMap.h"
#include "clang/Basic/Diagnostic.h"
#include "clang/Basic/DiagnosticFrontend.h"
#include "clang/Basic/MacroBuilder.h"
#include "clang/Basic/TargetOptions.h"
#include "clang/Frontend/CompilerInstance.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;
using namespace llvm;

namespace tatami {

// The C types, the address spaces (1 is remote memory) and the stack, as
// docs/abi.md has them. The backend checks that it agrees.
static constexpr char DataLayout[] =
    "e-m:e-p:64:64-p1:64:64-i64:64-i128:128-f64:64-v512:512-a:0:64-n32:64-S512";

TatamiTargetInfo::TatamiTargetInfo(const llvm::Triple &T) : TargetInfo(T) {
  BigEndian = false;
  PointerWidth = PointerAlign = 64;
  LongWidth = LongAlign = 64;
  Int128Align = 128;
  SizeType = UnsignedLong;
  PtrDiffType = IntPtrType = SignedLong;
  IntMaxType = Int64Type = SignedLong;
  WCharType = SignedInt;
  WIntType = UnsignedInt;
  SuitableAlign = 128;
  DefaultAlignForAttributeAligned = 128;
  NewAlign = 128;
  MaxVectorAlign = 512;
  LongDoubleWidth = LongDoubleAlign = 64;
  LongDoubleFormat = &APFloat::IEEEdouble();
  // Half and bfloat16 are storage formats with vector conversions; arithmetic
  // on them is done in float and rounded once per operation.
  HasFloat16 = true;
  HasBFloat16 = true;
  BFloat16Width = BFloat16Align = 16;
  BFloat16Format = &APFloat::BFloat();
  HasFullBFloat16 = true;
  HasMustTail = true;
  TLSSupported = true;
  MaxAtomicPromoteWidth = MaxAtomicInlineWidth = 64;
  HasUnalignedAccess = false;
  UserLabelPrefix = "";
  resetDataLayout(DataLayout);
}

void TatamiTargetInfo::getTargetDefines(const LangOptions &Options,
                                        MacroBuilder &Builder) const {
  Builder.defineMacro("__tatami__");
  Builder.defineMacro("__TATAMI__");
  Builder.defineMacro("__ELF__");
  // Widths that a program may want to know without including <tatami.h>.
  Builder.defineMacro("__TATAMI_VECTOR_BYTES__", "64");
  Builder.defineMacro("__TATAMI_SRAM_BYTES__", Twine(isa::sramBytes));
  for (const char *Width : {"1", "2", "4", "8"})
    Builder.defineMacro(Twine("__GCC_HAVE_SYNC_COMPARE_AND_SWAP_") + Width);
  // libc++ names functions that newlib declares only with its extensions.
  if (Options.CPlusPlus)
    Builder.defineMacro("_GNU_SOURCE");
}

SmallVector<Builtin::InfosShard> TatamiTargetInfo::getTargetBuiltins() const {
  return {builtinShard()};
}

static constexpr StringRef CPUs[] = {"generic", "d1"};

bool TatamiTargetInfo::isValidCPUName(StringRef Name) const {
  return is_contained(CPUs, Name);
}

void TatamiTargetInfo::fillValidCPUList(
    SmallVectorImpl<StringRef> &Names) const {
  Names.append(std::begin(CPUs), std::end(CPUs));
}

ArrayRef<const char *> TatamiTargetInfo::getGCCRegNames() const {
  static const char *const Names[] = {
      "x0",   "x1",   "x2",   "x3",   "x4",   "x5",   "x6",   "x7",  "x8",
      "x9",   "x10",  "x11",  "x12",  "x13",  "x14",  "x15",  "x16", "x17",
      "x18",  "x19",  "x20",  "x21",  "x22",  "x23",  "x24",  "x25", "x26",
      "x27",  "x28",  "x29",  "x30",  "x31",  "v0",   "v1",   "v2",  "v3",
      "v4",   "v5",   "v6",   "v7",   "v8",   "v9",   "v10",  "v11", "v12",
      "v13",  "v14",  "v15",  "v16",  "v17",  "v18",  "v19",  "v20", "v21",
      "v22",  "v23",  "v24",  "v25",  "v26",  "v27",  "v28",  "v29", "v30",
      "v31",  "m0",   "m1",   "m2",   "m3",   "m4",   "m5",   "m6",  "m7",
      "acc0", "acc1", "acc2", "acc3", "acc4", "acc5", "acc6", "acc7"};
  return Names;
}

ArrayRef<TargetInfo::GCCRegAlias> TatamiTargetInfo::getGCCRegAliases() const {
  static const GCCRegAlias Aliases[] = {
      {{"zero"}, "x0"}, {{"ra"}, "x1"},  {{"sp"}, "x2"},  {{"tp"}, "x3"},
      {{"fp"}, "x4"},   {{"t0"}, "x5"},  {{"t1"}, "x6"},  {{"t2"}, "x7"},
      {{"a0"}, "x8"},   {{"a1"}, "x9"},  {{"a2"}, "x10"}, {{"a3"}, "x11"},
      {{"a4"}, "x12"},  {{"a5"}, "x13"}, {{"a6"}, "x14"}, {{"a7"}, "x15"},
      {{"t3"}, "x16"},  {{"t4"}, "x17"}, {{"t5"}, "x18"}, {{"t6"}, "x19"},
      {{"t7"}, "x20"},  {{"t8"}, "x21"}, {{"s0"}, "x22"}, {{"s1"}, "x23"},
      {{"s2"}, "x24"},  {{"s3"}, "x25"}, {{"s4"}, "x26"}, {{"s5"}, "x27"},
      {{"s6"}, "x28"},  {{"s7"}, "x29"}, {{"s8"}, "x30"}, {{"s9"}, "x31"}};
  return Aliases;
}

bool TatamiTargetInfo::validateAsmConstraint(const char *&Name,
                                             ConstraintInfo &Info) const {
  switch (*Name) {
  case 'v': // A vector register; also holds an f32 in lane 0.
  case 'k': // A mask register.
  case 'a': // A matrix accumulator.
    Info.setAllowsRegister();
    return true;
  case 'I': // The immediate of an ALU or memory instruction.
    Info.setRequiresImmediate(-16384, 16383);
    return true;
  case 'J': // Zero.
    Info.setRequiresImmediate(0);
    return true;
  case 'K': // A shift amount.
    Info.setRequiresImmediate(0, 63);
    return true;
  case 'L': // The immediate of li.
    Info.setRequiresImmediate(-2097152, 2097151);
    return true;
  default:
    return false;
  }
}

/// Whether a value of \p Size bits has room in one register of a constraint.
static bool fitsConstraint(StringRef Constraint, unsigned Size) {
  switch (Constraint.ltrim("=+&%").front()) {
  case 'r':
  case 'k':
    return Size <= 64;
  case 'v':
    return Size <= 512;
  case 'a':
    return Size == 2048;
  default:
    return true;
  }
}

bool TatamiTargetInfo::validateOutputSize(const StringMap<bool> &,
                                          StringRef Constraint,
                                          unsigned Size) const {
  return fitsConstraint(Constraint, Size);
}

bool TatamiTargetInfo::validateInputSize(const StringMap<bool> &,
                                         StringRef Constraint,
                                         unsigned Size) const {
  return fitsConstraint(Constraint, Size);
}

bool TatamiTargetInfo::validateGlobalRegisterVariable(
    StringRef RegName, unsigned RegSize, bool &HasSizeMismatch) const {
  // Only registers that the compiler never allocates can be pinned.
  bool Reserved = StringSwitch<bool>(RegName)
                      .Cases({"x2", "sp", "x3", "tp"}, true)
                      .Default(false);
  HasSizeMismatch = Reserved && RegSize != 64;
  return Reserved;
}

// clang's factory is the only code that may set TargetInfo::TargetOpts.
struct TargetOptsMember {
  using Pointer = clang::TargetOptions *clang::TargetInfo::*;
  friend Pointer privateMember(TargetOptsMember);
};
template struct ExposeMember<TargetOptsMember, &clang::TargetInfo::TargetOpts>;

bool createTarget(CompilerInstance &CI) {
  DiagnosticsEngine &Diags = CI.getDiagnostics();
  clang::TargetOptions &Opts = CI.getInvocation().getTargetOpts();
  // cc1 was given the normalised "tatami-unknown-unknown-elf".
  Opts.Triple = TargetTriple.str();

  auto *Target = new TatamiTargetInfo(Triple(TargetTriple));
  CI.setTarget(Target); // Owns it from here on.
  Target->*privateMember(TargetOptsMember()) = &Opts;

  if (!Opts.CPU.empty() && !Target->setCPU(Opts.CPU)) {
    Diags.Report(diag::err_target_unknown_cpu) << Opts.CPU;
    SmallVector<StringRef, 4> Names;
    Target->fillValidCPUList(Names);
    Diags.Report(diag::note_valid_options) << join(Names, ", ");
    return false;
  }
  if (!Opts.ABI.empty() && !Target->setABI(Opts.ABI)) {
    Diags.Report(diag::err_target_unknown_abi) << Opts.ABI;
    return false;
  }
  if (!Target->initFeatureMap(Opts.FeatureMap, Diags, Opts.CPU,
                              Opts.FeaturesAsWritten))
    return false;
  Opts.Features.clear();
  for (const auto &Feature : Opts.FeatureMap)
    Opts.Features.push_back(
        (Twine(Feature.getValue() ? "+" : "-") + Feature.getKey()).str());
  llvm::sort(Opts.Features);
  if (!Target->handleTargetFeatures(Opts.Features, Diags) ||
      !Target->validateTarget(Diags))
    return false;
  Target->setMaxAtomicWidth();

  // One rounding mode and no flags: the options that would change that are
  // answered here, with clang's own warnings.
  LangOptions &LangOpts = CI.getLangOpts();
  if (!Target->hasStrictFP() && !LangOpts.ExpStrictFP) {
    if (LangOpts.RoundingMath) {
      Diags.Report(diag::warn_fe_backend_unsupported_fp_rounding);
      LangOpts.RoundingMath = false;
    }
    LangOptions::FPExceptionModeKind Mode = LangOpts.getFPExceptionMode();
    if (Mode != LangOptions::FPE_Default && Mode != LangOptions::FPE_Ignore) {
      Diags.Report(diag::warn_fe_backend_unsupported_fp_exceptions);
      LangOpts.setFPExceptionMode(LangOptions::FPE_Ignore);
    }
  }
  Target->adjust(Diags, LangOpts, /*Aux=*/nullptr);
  return true;
}

} // namespace tatami
