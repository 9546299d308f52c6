//===- Main.cpp - tatami-ld, the linker of the Tatami toolchain -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The program around the library: reads the command line, links, writes files.
//
//===----------------------------------------------------------------------===//

#include "tatami/linker/Diagnostics.h"
#include "tatami/linker/Linker.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/FileOutputBuffer.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Signals.h"
#include "llvm/Support/StringSaver.h"
#include "llvm/Support/VirtualFileSystem.h"

using namespace llvm;
using namespace tatami::linker;

/// Replaces each `@file` by the arguments that the file holds.
static bool expandResponseFiles(SmallVectorImpl<const char *> &Args,
                                BumpPtrAllocator &Alloc, Diagnostics &Diags) {
  cl::ExpansionContext Context(Alloc, cl::TokenizeGNUCommandLine);
  if (Error E = Context.expandResponseFiles(Args)) {
    Diags.error(toString(std::move(E)));
    return false;
  }
  return true;
}

/// Writes \p Bytes so that a failure leaves no half file behind.
static bool writeFile(StringRef Path, StringRef Bytes, unsigned Flags,
                      Diagnostics &Diags) {
  if (Path == "-") {
    outs() << Bytes;
    return true;
  }
  Expected<std::unique_ptr<FileOutputBuffer>> Buffer =
      FileOutputBuffer::create(Path, Bytes.size(), Flags);
  Error E = Buffer ? Error::success() : Buffer.takeError();
  if (!E) {
    llvm::copy(Bytes, (*Buffer)->getBufferStart());
    E = (*Buffer)->commit();
  }
  if (!E)
    return true;
  Diags.error("cannot write " + Path + ": " + toString(std::move(E)));
  return false;
}

/// Wrong ones end the process with a message.
static void parseLlvmOptions(const Options &Opts) {
  if (Opts.LlvmOptions.empty())
    return;
  std::vector<const char *> Args = {"tatami-ld"};
  for (const std::string &Option : Opts.LlvmOptions)
    Args.push_back(Option.c_str());
  cl::ParseCommandLineOptions(Args.size(), Args.data());
}

/// An error that LLVM cannot return, from compiling bitcode.
static void reportFatalError(void *Diags, const char *Message, bool) {
  static_cast<Diagnostics *>(Diags)->error(Message);
  sys::RunInterruptHandlers();
  sys::Process::Exit(1);
}

int main(int Argc, char **Argv) {
  InitLLVM Init(Argc, Argv);
  Diagnostics Diags(errs(), outs());

  BumpPtrAllocator Alloc;
  SmallVector<const char *, 64> Args(Argv + 1, Argv + Argc);
  if (!expandResponseFiles(Args, Alloc, Diags))
    return 1;
  std::optional<Options> Opts = parseOptions(Args, Diags);
  if (!Opts)
    return 1;

  if (Opts->ShowHelp)
    printHelp(outs());
  if (Opts->ShowVersion || Opts->ShowVersionAndLink)
    printVersion(outs());
  if (Opts->ShowHelp || Opts->ShowVersion ||
      (Opts->ShowVersionAndLink && Opts->Inputs.empty()))
    return 0;

  parseLlvmOptions(*Opts);
  install_fatal_error_handler(reportFatalError, &Diags);
  std::optional<LinkResult> Result =
      link(*Opts, *vfs::getRealFileSystem(), Diags);
  if (!Result)
    return 1;

  StringRef Image(Result->Image.data(), Result->Image.size());
  if (!writeFile(Opts->Output, Image, FileOutputBuffer::F_executable, Diags))
    return 1;
  if (!Opts->MapFile.empty() &&
      !writeFile(Opts->MapFile, Result->Map, /*Flags=*/0, Diags))
    return 1;
  return 0;
}
