//===- FuzzLinker.cpp - Any bytes as an input of the linker ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Links the bytes, an object or an archive, in memory. Whatever they are, the
// link must end, with an image or with an error.
//
// Built with libFuzzer it searches; without, it is a program that runs the
// files named on its command line, which is how the corpus is a test.
//
//===----------------------------------------------------------------------===//

#include "tatami/linker/Diagnostics.h"
#include "tatami/linker/Linker.h"
#include "llvm/Support/VirtualFileSystem.h"

using namespace llvm;
using namespace tatami::linker;

static void linkOnce(StringRef Bytes, bool GcSections, bool WholeArchive) {
  vfs::InMemoryFileSystem Files;
  Files.addFile("/input", 0, MemoryBuffer::getMemBuffer(Bytes, "", false));

  Options Opts;
  Opts.Inputs = {{"/input", false, WholeArchive}};
  Opts.GcSections = GcSections;
  Opts.PrintGcSections = GcSections;
  Opts.MapFile = "map";
  Opts.Assignments = {{"alias", "_start + 4"}};
  std::string Messages;
  raw_string_ostream OS(Messages);
  Diagnostics Diags(OS, OS);
  std::optional<LinkResult> Result = link(Opts, Files, Diags);
  if (Result.has_value() == Diags.hasErrors())
    abort();
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  StringRef Bytes(reinterpret_cast<const char *>(Data), Size);
  linkOnce(Bytes, /*GcSections=*/false, /*WholeArchive=*/true);
  linkOnce(Bytes, /*GcSections=*/true, /*WholeArchive=*/false);
  return 0;
}

#ifndef TATAMI_LIBFUZZER
int main(int Argc, char **Argv) {
  for (int I = 1; I < Argc; ++I) {
    ErrorOr<std::unique_ptr<MemoryBuffer>> File =
        MemoryBuffer::getFile(Argv[I]);
    if (!File) {
      errs() << Argv[I] << ": " << File.getError().message() << '\n';
      return 1;
    }
    LLVMFuzzerTestOneInput(
        reinterpret_cast<const uint8_t *>((*File)->getBufferStart()),
        (*File)->getBufferSize());
  }
  outs() << Argc - 1 << " inputs\n";
  return Argc > 1 ? 0 : 1;
}
#endif
