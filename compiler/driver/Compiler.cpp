//===- Compiler.cpp - clang's front end for our target --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// clang's own -cc1 ends in CompilerInstance::ExecuteAction, which asks clang's
// closed list of targets for a TargetInfo. This is the same sequence with ours.
//
//===----------------------------------------------------------------------===//

#include "Actions.h"
#include "TatamiTargetInfo.h"
#include "Tools.h"
#include "clang/Basic/DiagnosticFrontend.h"
#include "clang/Basic/Stack.h"
#include "clang/CodeGen/ObjectFilePCHContainerWriter.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/CompilerInvocation.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Frontend/TextDiagnosticBuffer.h"
#include "clang/Lex/HeaderSearchOptions.h"
#include "clang/Options/Options.h"
#include "clang/Serialization/ObjectFilePCHContainerReader.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/Statistic.h"
#include "llvm/Option/OptTable.h"
#include "llvm/Support/BuryPointer.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/IOSandbox.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Signals.h"
#include "llvm/Support/TimeProfiler.h"
#include "llvm/Support/Timer.h"

using namespace clang;
using namespace llvm;

namespace tatami {

// An error that LLVM cannot return (a broken inline assembly, for example) is
// an ordinary diagnostic. Status 70 makes the driver write a reproducer.
static void reportFatalError(void *Diags, const char *Message,
                             bool WantReproducer) {
  static_cast<DiagnosticsEngine *>(Diags)->Report(diag::err_fe_error_backend)
      << Message;
  sys::RunInterruptHandlers();
  sys::Process::Exit(WantReproducer ? 70 : 1);
}

/// Applies the -mllvm options. Wrong ones end the process with a message.
static void parseLLVMOptions(CompilerInstance &CI) {
  const std::vector<std::string> &Options = CI.getFrontendOpts().LLVMArgs;
  if (Options.empty())
    return;
  SmallVector<const char *, 8> Args = {"tatami-clang (LLVM option parsing)"};
  for (const std::string &Option : Options)
    Args.push_back(Option.c_str());
  cl::ParseCommandLineOptions(Args.size(), Args.data(), /*Overview=*/"",
                              /*Errs=*/nullptr, &CI.getVirtualFileSystem());
}

/// Writes the counters of -print-stats and -stats-file.
static void printStatistics(CompilerInstance &CI) {
  const FrontendOptions &Opts = CI.getFrontendOpts();
  if (Opts.ShowStats)
    PrintStatistics(CI.getVerboseOutputStream());
  if (Opts.StatsFile.empty())
    return;
  std::error_code EC;
  raw_fd_ostream Out(Opts.StatsFile, EC,
                     Opts.AppendStats ? sys::fs::OF_Append : sys::fs::OF_Text);
  if (EC)
    CI.getDiagnostics().Report(diag::warn_fe_unable_to_open_stats_file)
        << Opts.StatsFile << EC.message();
  else
    PrintStatisticsJSON(Out);
}

/// Runs \p Act over every input; false if anything was wrong.
static bool executeAction(CompilerInstance &CI, FrontendAction &Act) {
  noteBottomOfStack();
  if (!Act.PrepareToExecute(CI) || !createTarget(CI))
    return false;
  const FrontendOptions &Opts = CI.getFrontendOpts();
  if (Opts.ShowStats || !Opts.StatsFile.empty())
    EnableStatistics(/*DoPrintOnExit=*/false);

  for (const FrontendInputFile &Input : Opts.Inputs) {
    if (CI.hasSourceManager() && !Act.isModelParsingAction())
      CI.getSourceManager().clearIDTables();
    if (Act.BeginSourceFile(CI, Input)) {
      // What went wrong has been reported through the diagnostics.
      consumeError(Act.Execute());
      Act.EndSourceFile();
    }
  }
  CI.printDiagnosticStats();
  printStatistics(CI);
  return CI.getDiagnosticClient().getNumErrors() == 0;
}

static bool runInvocation(CompilerInstance &CI) {
  const FrontendOptions &Opts = CI.getFrontendOpts();
  if (Opts.ShowHelp) {
    getDriverOptTable().printHelp(
        outs(), "tatami-clang -cc1 [options] file...",
        "Tatami compiler, the front end of clang", /*ShowHidden=*/false,
        /*ShowAllAliases=*/false, opt::Visibility(options::CC1Option));
    return true;
  }
  if (Opts.ShowVersion) {
    cl::PrintVersionMessage();
    return true;
  }
  unsigned ErrorsBefore = CI.getDiagnostics().getNumErrors();
  CI.LoadRequestedPlugins();
  parseLLVMOptions(CI);
  if (CI.getDiagnostics().getNumErrors() != ErrorsBefore)
    return false;

  std::unique_ptr<FrontendAction> Act = createAction(CI);
  if (!Act)
    return false;
  bool Success = executeAction(CI, *Act);
  if (Opts.DisableFree)
    BuryPointer(std::move(Act));
  return Success;
}

/// Writes the -ftime-trace file, if one was asked for.
static void writeTimeTrace(CompilerInstance &CI) {
  if (!timeTraceProfilerEnabled())
    return;
  StringRef Path = CI.getFrontendOpts().TimeTracePath;
  if (auto Out = CI.createOutputFile(Path, /*Binary=*/false,
                                     /*RemoveFileOnSignal=*/false,
                                     /*UseTemporary=*/false)) {
    timeTraceProfilerWrite(*Out);
    Out.reset();
    timeTraceProfilerCleanup();
    CI.clearOutputFiles(/*EraseFiles=*/false);
  }
}

int runCompiler(ArrayRef<const char *> Args, const char *Argv0) {
  initializeBackend();

  auto PCHOperations = std::make_shared<PCHContainerOperations>();
  PCHOperations->registerWriter(
      std::make_unique<ObjectFilePCHContainerWriter>());
  PCHOperations->registerReader(
      std::make_unique<ObjectFilePCHContainerReader>());

  // How to print diagnostics is itself in the arguments, so those about the
  // arguments wait in a buffer.
  DiagnosticOptions EarlyOptions;
  auto *EarlyBuffer = new TextDiagnosticBuffer;
  DiagnosticsEngine EarlyDiags(DiagnosticIDs::create(), EarlyOptions,
                               EarlyBuffer);
  auto Invocation = std::make_shared<CompilerInvocation>();
  bool ArgsAreGood =
      CompilerInvocation::CreateFromArgs(*Invocation, Args, EarlyDiags, Argv0);

  auto CI = std::make_unique<CompilerInstance>(std::move(Invocation),
                                               std::move(PCHOperations));
  const FrontendOptions &Opts = CI->getFrontendOpts();
  if (!Opts.TimeTracePath.empty())
    timeTraceProfilerInitialize(Opts.TimeTraceGranularity, Argv0,
                                Opts.TimeTraceVerbose);
  {
    auto Unrestricted = sys::sandbox::scopedDisable();
    CI->createVirtualFileSystem(vfs::getRealFileSystem(), EarlyBuffer);
  }
  CI->createDiagnostics();
  install_fatal_error_handler(reportFatalError, &CI->getDiagnostics());
  scope_exit RemoveHandler([] { remove_fatal_error_handler(); });
  EarlyBuffer->FlushDiagnostics(CI->getDiagnostics());
  if (!ArgsAreGood)
    return 1;

  bool Success;
  {
    TimeTraceScope Scope("ExecuteCompiler");
    bool TimePasses = CI->getCodeGenOpts().TimePasses;
    if (TimePasses)
      CI->createFrontendTimer();
    TimeRegion Timer(TimePasses ? &CI->getFrontendTimer() : nullptr);
    Success = runInvocation(*CI);
  }
  {
    auto Unrestricted = sys::sandbox::scopedDisable();
    TimerGroup::printAll(*CreateInfoOutputFile());
    TimerGroup::clearAll();
  }
  writeTimeTrace(*CI);

  // A process that is about to end does not tidy its memory, but buffered
  // diagnostics must come out.
  if (Opts.DisableFree) {
    CI->getDiagnosticClient().finish();
    BuryPointer(std::move(CI));
  }
  return Success ? 0 : 1;
}

} // namespace tatami
