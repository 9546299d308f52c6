//===- TatamiToolChain.cpp - Headers, libraries and linker ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TatamiToolChain.h"
#include "PrivateMember.h"
#include "TatamiTargetInfo.h"
#include "clang/Driver/CommonArgs.h"
#include "clang/Driver/Compilation.h"
#include "clang/Driver/Driver.h"
#include "clang/Driver/DriverDiagnostic.h"
#include "clang/Options/Options.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/VirtualFileSystem.h"

using namespace clang;
using namespace clang::driver;
using namespace clang::options;
using namespace llvm;
using namespace llvm::opt;

namespace tatami {

static std::string joinPath(StringRef A, const Twine &B, const Twine &C = "",
                            const Twine &D = "") {
  SmallString<256> Path(A);
  sys::path::append(Path, B, C, D);
  return std::string(Path);
}

TatamiToolChain::TatamiToolChain(const Driver &D, const ArgList &Args)
    : ToolChain(D, llvm::Triple(TargetTriple), Args) {
  std::string Root = joinPath(sys::path::parent_path(D.Dir), "lib", "tatami");
  IncludeDir = joinPath(Root, "include");
  LibraryDir = joinPath(Root, "lib");
  getProgramPaths().push_back(D.Dir);
  getFilePaths().push_back(LibraryDir);
  getLibraryPaths().push_back(LibraryDir);
}

ArrayRef<OptSpecifier> TatamiToolChain::defaultOptions() {
  // Sections of their own let the linker drop what a program does not use: an
  // image has to fit 1.25 MB. Nothing unwinds through C++ frames on the
  // device, and the linker has no use for address-significance tables. The
  // frames' layout is not part of the image's memory, and with it every trap
  // shows who called whom, even without -g.
  static const OptSpecifier Options[] = {
      OPT_ffunction_sections, OPT_fdata_sections, OPT_fno_addrsig,
      OPT_fno_exceptions,     OPT_fno_rtti,       OPT_fomit_frame_pointer,
      OPT_fforce_dwarf_frame};
  return Options;
}

DerivedArgList *TatamiToolChain::TranslateArgs(const DerivedArgList &Args,
                                               StringRef,
                                               Action::OffloadKind) const {
  // The constructor has answered these, from arguments of its own.
  Args.ClaimAllArgs(OPT_frtti);
  Args.ClaimAllArgs(OPT_fno_rtti);
  // Defaults go first, so that whatever the command line says wins.
  auto *Result = new DerivedArgList(Args.getBaseArgs());
  for (OptSpecifier Option : defaultOptions())
    Result->AddFlagArg(nullptr, getDriver().getOpts().getOption(Option));
  // clang lets any vector of 64 bytes pass for any other. Here the element type
  // is what tells a BF16 operand of the matrix unit from an FP32 one.
  Result->AddJoinedArg(
      nullptr,
      getDriver().getOpts().getOption(OPT_flax_vector_conversions_EQ), "none");
  // There is no sanitizer runtime on the device: a check that fails is a trap,
  // which is reported with its source line.
  if (Args.hasArg(OPT_fsanitize_EQ))
    Result->AddJoinedArg(nullptr,
                         getDriver().getOpts().getOption(OPT_fsanitize_trap_EQ),
                         "undefined");
  for (Arg *A : Args)
    Result->append(A);
  return Result;
}

std::string TatamiToolChain::getCompilerRT(const ArgList &, StringRef Component,
                                           FileType, bool) const {
  StringRef Name = Component == "builtins" ? StringRef("rt") : Component;
  return joinPath(LibraryDir, "libtatami_" + Name + ".a");
}

void TatamiToolChain::AddClangSystemIncludeArgs(const ArgList &DriverArgs,
                                                ArgStringList &CC1Args) const {
  // The host's /usr/include is cc1's default for a target that it does not
  // know; it must never be searched.
  CC1Args.push_back("-nostdsysteminc");
  if (DriverArgs.hasArg(OPT_nostdinc))
    return;
  if (!DriverArgs.hasArg(OPT_nobuiltininc))
    addSystemInclude(DriverArgs, CC1Args,
                     joinPath(getDriver().ResourceDir, "include"));
  if (!DriverArgs.hasArg(OPT_nostdlibinc))
    addSystemInclude(DriverArgs, CC1Args, IncludeDir);
}

void TatamiToolChain::AddClangCXXStdlibIncludeArgs(
    const ArgList &DriverArgs, ArgStringList &CC1Args) const {
  if (DriverArgs.hasArg(OPT_nostdinc, OPT_nostdlibinc, OPT_nostdincxx))
    return;
  std::string LibCXX = joinPath(IncludeDir, "c++", "v1");
  if (getVFS().exists(LibCXX))
    addSystemInclude(DriverArgs, CC1Args, LibCXX);
}

void TatamiToolChain::addClangTargetOptions(const ArgList &DriverArgs,
                                            ArgStringList &,
                                            Action::OffloadKind) const {
  // Modules that are built on the way are built by clang's own means, which do
  // not know the target.
  const std::pair<options::ID, options::ID> Unsupported[] = {
      {OPT_fexceptions, OPT_fno_exceptions},
      {OPT_fcxx_exceptions, OPT_fno_cxx_exceptions},
      {OPT_frtti, OPT_fno_rtti},
      {OPT_fmodules, OPT_fno_modules}};
  for (auto [Enabled, Disabled] : Unsupported) {
    const Arg *A = DriverArgs.getLastArg(Enabled, Disabled);
    if (A && A->getOption().matches(Enabled))
      getDriver().Diag(diag::err_drv_unsupported_opt_for_target)
          << A->getAsString(DriverArgs) << getTripleString();
  }
}

void Linker::ConstructJob(Compilation &C, const JobAction &JA,
                          const InputInfo &Output, const InputInfoList &Inputs,
                          const ArgList &Args, const char *) const {
  const auto &TC = static_cast<const TatamiToolChain &>(getToolChain());
  const Driver &D = TC.getDriver();
  ArgStringList Cmd;

  for (OptSpecifier Unsupported : {OPT_shared, OPT_pie, OPT_static_pie})
    if (const Arg *A = Args.getLastArg(Unsupported))
      D.Diag(diag::err_drv_unsupported_opt_for_target)
          << A->getAsString(Args) << TC.getTripleString();
  // What these ask for is what happens anyway.
  for (OptSpecifier Implied :
       {OPT_static, OPT_no_pie, OPT_pthread, OPT_g_Group, OPT_emit_llvm, OPT_w,
        OPT_rdynamic, OPT_static_libgcc, OPT_static_libstdcxx, OPT_rtlib_EQ,
        OPT_stdlib_EQ, OPT_unwindlib_EQ})
    Args.ClaimAllArgs(Implied);

  bool Relocatable = Args.hasArg(OPT_r);
  bool Start = !Relocatable && !Args.hasArg(OPT_nostdlib, OPT_nostartfiles);
  bool Libraries =
      !Relocatable && !Args.hasArg(OPT_nostdlib, OPT_nodefaultlibs);

  Cmd.push_back("-o");
  Cmd.push_back(Output.getFilename());
  if (!Relocatable)
    Cmd.push_back("--gc-sections");
  if (Start)
    Cmd.push_back(Args.MakeArgString(TC.GetFilePath("crt0.o")));
  // Bitcode is compiled by the linker, as hard as objects would have been.
  if (D.isUsingLTO()) {
    StringRef Level = "2";
    if (const Arg *A = Args.getLastArg(OPT_O_Group)) {
      if (A->getOption().matches(OPT_O0))
        Level = "0";
      else if (A->getOption().matches(OPT_O4) ||
               A->getOption().matches(OPT_Ofast))
        Level = "3";
      else if (A->getOption().matches(OPT_O))
        Level = StringSwitch<StringRef>(A->getValue())
                    .Cases({"", "1", "g"}, "1")
                    .Case("3", "3")
                    .Default("2"); // Functions say themselves if small.
    }
    Cmd.push_back(Args.MakeArgString("--lto-O" + Level));
    for (const Arg *A : Args.filtered(OPT_mllvm)) {
      A->claim();
      Cmd.push_back(Args.MakeArgString(Twine("--mllvm=") + A->getValue()));
    }
  }
  Args.addAllArgs(Cmd, {OPT_L, OPT_T_Group, OPT_s, OPT_t, OPT_u});
  TC.AddFilePathLibArgs(Args, Cmd);
  tools::AddLinkerInputs(TC, Inputs, Args, Cmd, JA);
  if (Libraries) {
    if (D.CCCIsCXX() && TC.ShouldLinkCXXStdlib(Args))
      Cmd.push_back("-lc++");
    Cmd.push_back("--start-group");
    if (!Args.hasArg(OPT_nolibc))
      Cmd.append({"-lc", "-lm"});
    Cmd.append({"-ltatami", "-ltatami_rt", "--end-group"});
  }

  C.addCommand(std::make_unique<Command>(
      JA, *this, ResponseFileSupport::AtFileUTF8(),
      Args.MakeArgString(TC.GetProgramPath(TC.getDefaultLinker())), Cmd, Inputs,
      Output));
}

// The driver creates tool chains on demand and keeps them by triple; one that
// is already there is used.
struct ToolChainsMember {
  using Pointer = StringMap<std::unique_ptr<ToolChain>> Driver::*;
  friend Pointer privateMember(ToolChainsMember);
};
template struct ExposeMember<ToolChainsMember, &Driver::ToolChains>;

TatamiToolChain &installToolChain(Driver &D, const ArgList &Args) {
  auto TC = std::make_unique<TatamiToolChain>(D, Args);
  TatamiToolChain &Result = *TC;
  (D.*privateMember(ToolChainsMember()))[Triple::normalize(TargetTriple)] =
      std::move(TC);
  return Result;
}

} // namespace tatami
