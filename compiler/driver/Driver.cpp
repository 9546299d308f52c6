//===- Driver.cpp - tatami-clang ------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The program: clang's driver with our tool chain, and the compiler and
// assembler it starts. Called as tatami-clang++ it compiles C++ and links the
// C++ library.
//
//===----------------------------------------------------------------------===//

#include "clang/Driver/Driver.h"
#include "TatamiTargetInfo.h"
#include "TatamiToolChain.h"
#include "Tools.h"
#include "Version.h"
#include "clang/Basic/DiagnosticOptions.h"
#include "clang/Basic/Stack.h"
#include "clang/Basic/Version.h"
#include "clang/Driver/Compilation.h"
#include "clang/Driver/DriverDiagnostic.h"
#include "clang/Driver/Types.h"
#include "clang/Frontend/ChainedDiagnosticConsumer.h"
#include "clang/Frontend/CompilerInvocation.h"
#include "clang/Frontend/SerializedDiagnosticPrinter.h"
#include "clang/Frontend/TextDiagnosticPrinter.h"
#include "clang/Frontend/Utils.h"
#include "clang/Options/Options.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/CrashRecoveryContext.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/IOSandbox.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/StringSaver.h"
#include "llvm/Support/Timer.h"
#include "llvm/Support/VirtualFileSystem.h"
#include "llvm/Support/raw_ostream.h"
#include <csignal>
#include <dlfcn.h>

using namespace clang;
using namespace clang::driver;
using namespace llvm;

#ifdef TATAMI_HAVE_BACKEND
extern "C" {
void LLVMInitializeTatamiTargetInfo();
void LLVMInitializeTatamiTarget();
void LLVMInitializeTatamiTargetMC();
void LLVMInitializeTatamiAsmPrinter();
void LLVMInitializeTatamiAsmParser();
}
#endif

namespace tatami {

void initializeBackend() {
#ifdef TATAMI_HAVE_BACKEND
  LLVMInitializeTatamiTargetInfo();
  LLVMInitializeTatamiTarget();
  LLVMInitializeTatamiTargetMC();
  LLVMInitializeTatamiAsmPrinter();
  LLVMInitializeTatamiAsmParser();
#endif
}

static std::string executablePath(const char *Argv0) {
  return sys::fs::getMainExecutable(
      Argv0,
      reinterpret_cast<void *>(reinterpret_cast<intptr_t>(&initializeBackend)));
}

/// The directory of clang's own headers (stddef.h, stdint.h, ...): shipped
/// with this toolchain, else beside the clang library that this process runs,
/// else where that library was at build time.
static std::string findResourceDir(StringRef Executable) {
  SmallString<256> Path(GetResourcesPath(Executable));
  auto HasHeaders = [&] { return sys::fs::exists(Path + "/include/stddef.h"); };
  if (HasHeaders())
    return std::string(Path);

  Dl_info Library;
  auto *InLibrary = reinterpret_cast<void *>(&getClangFullVersion);
  if (dladdr(InLibrary, &Library) && Library.dli_fname &&
      !sys::fs::real_path(Library.dli_fname, Path)) {
    sys::path::remove_filename(Path);
    sys::path::append(Path, "clang", CLANG_VERSION_MAJOR_STRING);
    if (HasHeaders())
      return std::string(Path);
  }
  return TATAMI_CLANG_RESOURCE_DIR;
}

/// What --version, -v and -### say first.
static void printVersion(raw_ostream &OS, const Driver &D) {
  OS << getFullVersion() << "\nTarget: " << TargetTriple
     << "\nThread model: posix\nInstalledDir: " << D.Dir << '\n';
}

/// Takes the target options out of \p Args. This compiler has one target; any
/// other name for it is an error.
static bool acceptTarget(SmallVectorImpl<const char *> &Args,
                         DiagnosticsEngine &Diags) {
  unsigned Unsupported = Diags.getCustomDiagID(
      DiagnosticsEngine::Error,
      "unsupported target '%0'; this compiler generates code for '%1' only");
  auto Check = [&](StringRef Name) {
    bool IsOurs =
        is_contained({"tatami", "tatami-elf", "tatami-unknown",
                      "tatami-unknown-elf", "tatami-none-elf",
                      "tatami-unknown-none-elf", "tatami-unknown-unknown-elf"},
                     Name);
    if (!IsOurs)
      Diags.Report(Unsupported) << Name << TargetTriple;
    return IsOurs;
  };
  SmallVector<const char *, 256> Kept;
  for (size_t I = 0; I < Args.size(); ++I) {
    StringRef Arg = Args[I] ? Args[I] : "";
    if (Arg.consume_front("--target=")) {
      if (!Check(Arg))
        return false;
    } else if (Arg == "-target" && I + 1 < Args.size()) {
      if (!Check(Args[++I]))
        return false;
    } else {
      Kept.push_back(Args[I]);
    }
  }
  Args = std::move(Kept);
  return true;
}

/// Says which option or input asks for what the machine does not have.
static bool acceptOptions(const opt::InputArgList &Args, const Driver &D) {
  using namespace options;
  // No narrower pointers, no devices to offload to, no run-time library for
  // OpenMP, and none that would write a profile.
  for (opt::OptSpecifier Unsupported :
       {OPT_m16, OPT_m32, OPT_mx32, OPT_fopenmp, OPT_fopenmp_EQ, OPT_fopenacc,
        OPT_offload_arch_EQ, OPT_pg, OPT_coverage, OPT_fprofile_arcs,
        OPT_fprofile_instr_generate, OPT_fprofile_instr_generate_EQ,
        OPT_fprofile_generate, OPT_fprofile_generate_EQ,
        OPT_fxray_instrument})
    if (const opt::Arg *A = Args.getLastArg(Unsupported)) {
      D.Diag(diag::err_drv_unsupported_opt_for_target)
          << A->getAsString(Args) << TargetTriple;
      return false;
    }

  types::ID Language = types::TY_INVALID; // Of the inputs that follow -x.
  for (const opt::Arg *A : Args) {
    types::ID Type = Language;
    if (A->getOption().matches(OPT_x))
      Type = Language = types::lookupTypeForTypeSpecifier(A->getValue());
    else if (A->getOption().getKind() != opt::Option::InputClass)
      continue;
    else if (Language == types::TY_INVALID)
      Type = types::lookupTypeForExtension(
          sys::path::extension(A->getValue()).ltrim('.'));
    if (Type == types::TY_INVALID ||
        (!types::isCuda(Type) && !types::isHIP(Type)))
      continue;
    unsigned Unsupported = D.getDiags().getCustomDiagID(
        DiagnosticsEngine::Error,
        "unsupported language '%0' for target '%1'; write C or C++ with "
        "<tatami.h>");
    D.Diag(Unsupported) << types::getTypeName(Type) << TargetTriple;
    return false;
  }
  return true;
}

static int runTool(SmallVectorImpl<const char *> &Args, const char *Argv0) {
  // The driver may have parsed LLVM options in this process before.
  cl::ResetAllOptionOccurrences();
  BumpPtrAllocator Allocator;
  cl::ExpansionContext Expansion(Allocator, cl::TokenizeGNUCommandLine);
  if (Error E = Expansion.expandResponseFiles(Args)) {
    errs() << "tatami-clang: error: " << toString(std::move(E)) << '\n';
    return 1;
  }
  StringRef Tool = Args[1];
  if (Tool == "-cc1")
    return runCompiler(ArrayRef(Args).drop_front(2), Argv0);
  if (Tool == "-cc1as")
    return runAssembler(ArrayRef(Args).drop_front(2), Argv0);
  errs() << "tatami-clang: error: unknown integrated tool '" << Tool
         << "'; valid tools are '-cc1' and '-cc1as'\n";
  return 1;
}

/// Whether to print the commands, and to run them.
enum class Verbosity { Quiet, Print, PrintOnly };

/// Clang's driver would print its own library's vendor for -v and -###: takes
/// them out of \p Args, in which \p Parsed was found \p Offset further on.
static Verbosity takeVerbosity(SmallVectorImpl<const char *> &Args,
                               const opt::InputArgList &Parsed,
                               size_t Offset) {
  Verbosity Result = Verbosity::Quiet;
  SmallVector<size_t, 2> Found;
  for (const opt::Arg *A :
       Parsed.filtered(options::OPT_v, options::OPT__HASH_HASH_HASH)) {
    Found.push_back(A->getIndex() - Offset);
    Result = std::max(Result, A->getOption().matches(options::OPT_v)
                                  ? Verbosity::Print
                                  : Verbosity::PrintOnly);
  }
  for (size_t Index : reverse(Found))
    Args.erase(Args.begin() + Index);
  return Result;
}

/// Makes the jobs of \p C say what they do, as -v would have.
static void setVerbose(Compilation &C, const Driver &D) {
  // The arguments belong to the compilation, which shows them as constant.
  auto &Args = const_cast<opt::DerivedArgList &>(C.getArgs());
  Args.AddFlagArg(nullptr, D.getOpts().getOption(options::OPT_v));
  for (Command &Job : C.getJobs()) {
    opt::ArgStringList Arguments = Job.getArguments();
    if (Arguments.empty() || StringRef(Arguments.front()) != "-cc1")
      continue;
    Arguments.insert(Arguments.begin() + 1, "-v");
    Job.replaceArguments(Arguments);
  }
}

/// Builds and runs the jobs. Returns the exit status of the first that failed.
static int runJobs(Driver &D, ArrayRef<const char *> Args,
                   const TatamiToolChain &TC, Verbosity Verbose) {
  std::unique_ptr<Compilation> C(D.BuildCompilation(Args));
  if (!C || C->containsError())
    return 1;
  if (&C->getDefaultToolChain() != &TC) {
    unsigned Unsupported = D.getDiags().getCustomDiagID(
        DiagnosticsEngine::Error,
        "the command line selects the target '%0'; this compiler generates "
        "code for '%1' only");
    D.Diag(Unsupported) << C->getDefaultToolChain().getTripleString()
                        << TargetTriple;
    return 1;
  }

  if (Verbose == Verbosity::PrintOnly) {
    C->getJobs().Print(errs(), "\n", /*Quote=*/true);
    return 0;
  }
  if (Verbose == Verbosity::Print)
    setVerbose(*C, D);

  SmallVector<std::pair<int, const Command *>, 4> Failing;
  int Status = D.ExecuteCompilation(*C, Failing);
  for (const auto &[CommandStatus, Failed] : Failing) {
    if (!Status)
      Status = CommandStatus;
    // 70 is a fatal error with a request for a reproducer; a signal is
    // reported as a negative number or as 128 and more.
    bool Crashed =
        CommandStatus < 0 || CommandStatus == 70 || CommandStatus > 128;
    if (!Crashed)
      continue;
    D.maybeGenerateCompilationDiagnostics(
        Driver::CommandStatus::Crash, Driver::ReproLevel::OnCrash, *C, *Failed);
    if (CommandStatus > 128 && CommandStatus != 255) {
      std::signal(CommandStatus - 128, SIG_DFL);
      std::raise(CommandStatus - 128);
    }
    break;
  }
  return Status < 0 ? 1 : Status;
}

static int runDriver(SmallVectorImpl<const char *> &Args,
                     IntrusiveRefCntPtr<vfs::FileSystem> VFS) {
  const char *Argv0 = Args[0];
  StringRef ProgramName = sys::path::stem(Argv0);

  std::unique_ptr<DiagnosticOptions> DiagOpts = CreateAndPopulateDiagOpts(Args);
  DiagOpts->DiagnosticSuppressionMappingsFile.clear(); // For cc1 alone.
  auto *Printer = new TextDiagnosticPrinter(errs(), *DiagOpts);
  Printer->setPrefix(ProgramName.str());
  DiagnosticsEngine Diags(DiagnosticIDs::create(), *DiagOpts, Printer);
  if (!DiagOpts->DiagnosticSerializationFile.empty()) {
    auto Serializer = serialized_diags::create(
        DiagOpts->DiagnosticSerializationFile, *DiagOpts,
        /*MergeChildRecords=*/true);
    Diags.setClient(new ChainedDiagnosticConsumer(Diags.takeClient(),
                                                  std::move(Serializer)));
  }
  ProcessWarningOptions(Diags, *DiagOpts, *VFS, /*ReportDiags=*/false);

  if (!acceptTarget(Args, Diags))
    return 1;
  if (ProgramName.contains("++"))
    Args.insert(Args.begin() + 1, "--driver-mode=g++");

  std::string Executable = executablePath(Argv0);
  Driver D(Executable, TargetTriple, Diags,
           "Tatami C and C++ compiler, built on clang and LLVM", VFS);
  D.ResourceDir = findResourceDir(Executable);
  D.CC1Main = [Argv0](SmallVectorImpl<const char *> &ToolArgs) {
    return runTool(ToolArgs, Argv0);
  };
  CrashRecoveryContext::Enable();

  // The tool chain keeps what it is told at construction about run-time type
  // information and exceptions, so it sees the defaults too.
  BumpPtrAllocator Allocator;
  StringSaver Saver(Allocator);
  SmallVector<const char *, 256> WithDefaults;
  for (opt::OptSpecifier Option : TatamiToolChain::defaultOptions())
    WithDefaults.push_back(
        Saver.save(D.getOpts().getOption(Option).getPrefixedName()).data());
  WithDefaults.append(Args.begin() + 1, Args.end());
  unsigned MissingIndex, MissingCount;
  opt::InputArgList Parsed =
      D.getOpts().ParseArgs(WithDefaults, MissingIndex, MissingCount,
                            opt::Visibility(options::ClangOption));
  TatamiToolChain &TC = installToolChain(D, Parsed);

  if (!acceptOptions(Parsed, D))
    return 1;
  if (Parsed.hasArg(options::OPT__version)) {
    printVersion(outs(), D);
    return 0;
  }
  const Verbosity Verbose = takeVerbosity(
      Args, Parsed, TatamiToolChain::defaultOptions().size() - 1);
  if (Verbose != Verbosity::Quiet) {
    printVersion(errs(), D);
    if (!Parsed.hasArg(options::OPT_INPUT))
      return 0;
  }
  int Status = runJobs(D, Args, TC, Verbose);
  Diags.getClient()->finish();
  TimerGroup::printAll(errs());
  TimerGroup::clearAll();
  return Status;
}

} // namespace tatami

int main(int Argc, const char **Argv) {
  InitLLVM Init(Argc, Argv);
  noteBottomOfStack();
  setBugReportMsg("PLEASE report this with the preprocessed source and the "
                  "command line that are named below.\n");

  SmallVector<const char *, 256> Args(Argv, Argv + Argc);
  BumpPtrAllocator Allocator;
  IntrusiveRefCntPtr<vfs::FileSystem> VFS = vfs::getRealFileSystem();
  if (Error E = clang::driver::expandResponseFiles(Args, /*ClangCLMode=*/false,
                                                   Allocator, VFS.get())) {
    errs() << sys::path::stem(Argv[0]) << ": error: " << toString(std::move(E))
           << '\n';
    return 1;
  }
  if (Args.size() > 1 && StringRef(Args[1]).starts_with("-cc1")) {
    auto Restricted = sys::sandbox::scopedEnable();
    return tatami::runTool(Args, Args[0]);
  }
  return tatami::runDriver(Args, VFS);
}
