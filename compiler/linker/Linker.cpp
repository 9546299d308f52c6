//===- Linker.cpp - The passes of a link, in order ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tatami/linker/Linker.h"
#include "Context.h"
#include "Gc.h"
#include "InputReader.h"
#include "LinkerSymbols.h"
#include "MapFile.h"
#include "Output.h"
#include "Report.h"

namespace tatami::linker {

/// Reads the inputs and decides what each name means.
static void resolve(Context &Ctx) {
  referenceCommandLineSymbols(Ctx);
  readInputs(Ctx);
  reportDuplicateSymbols(Ctx);
  if (Ctx.Diags.hasErrors())
    return;
  compileInputs(Ctx);
  reportDuplicateSymbols(Ctx);
  allocateCommonSymbols(Ctx);
  defineLinkerSymbols(Ctx);
}

/// Decides which sections make up the image and where they go.
static void arrange(Context &Ctx) {
  mergeEqualElements(Ctx);
  createOutputSections(Ctx);
  assignAddresses(Ctx);
  if (!Ctx.Diags.hasErrors())
    finalizeLinkerSymbols(Ctx);
}

std::optional<LinkResult>
link(const Options &Opts, llvm::vfs::FileSystem &Files, Diagnostics &Diags) {
  Context Ctx(Opts, Files, Diags);
  LinkResult Result;

  // Each step relies on the one before, so none starts after an error.
  resolve(Ctx);
  if (Diags.hasErrors())
    return std::nullopt;
  markLiveSections(Ctx);
  reportUndefinedSymbols(Ctx);
  if (Diags.hasErrors())
    return std::nullopt;
  arrange(Ctx);
  if (Diags.hasErrors())
    return std::nullopt;
  Result.Image = writeImage(Ctx);
  if (!Opts.MapFile.empty())
    Result.Map = writeMap(Ctx);
  if (Diags.hasErrors())
    return std::nullopt;
  return Result;
}

} // namespace tatami::linker
