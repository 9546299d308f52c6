//===- Context.h - The state of one link ------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the passes of a link hand to each other. A link is one Context from
// start to end and there are no globals, so links may run side by side.
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_LINKER_CONTEXT_H
#define TATAMI_LINKER_CONTEXT_H

#include "Input.h"
#include "Layout.h"
#include "SourceLocation.h"
#include "Symbols.h"
#include "tatami/linker/Diagnostics.h"
#include "tatami/linker/Options.h"
#include "llvm/Support/VirtualFileSystem.h"
#include <deque>

namespace tatami::linker {

struct Context {
  Context(const Options &Opts, llvm::vfs::FileSystem &Files, Diagnostics &Diags)
      : Opts(Opts), Files(Files), Diags(Diags) {}

  const Options &Opts;
  llvm::vfs::FileSystem &Files;
  Diagnostics &Diags;

  /// Keep the bytes of all inputs alive.
  std::vector<std::unique_ptr<llvm::MemoryBuffer>> Buffers;
  std::deque<ArchiveMember> Members;

  /// The objects of the link in the order in which they joined it. The first
  /// one is made by the linker and holds common symbols.
  std::vector<std::unique_ptr<ObjectFile>> Objects;
  SymbolTable Symbols;

  std::vector<std::unique_ptr<MergedSection>> MergedSections;
  /// In the order of the image.
  std::vector<std::unique_ptr<OutputSection>> OutputSections;
  MemoryMap Map;

  /// Of the files that messages had to explain.
  llvm::DenseMap<const ObjectFile *, std::unique_ptr<SourceLocator>>
      SourceLocators;

  /// All input sections of all objects, in order.
  template <typename Callback> void forEachSection(Callback Do) {
    for (std::unique_ptr<ObjectFile> &File : Objects)
      for (std::unique_ptr<InputSection> &Section : File->Sections)
        if (Section)
          Do(*Section);
  }
};

} // namespace tatami::linker

#endif // TATAMI_LINKER_CONTEXT_H
