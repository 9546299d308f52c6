//===- Linker.h - Link objects into the image of a node ---------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The linker as a function: inputs come from a virtual file system, the image
// stays in memory, errors go to a Diagnostics. It never prints, exits or
// touches the host's files by itself, whatever the inputs hold.
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_LINKER_LINKER_H
#define TATAMI_LINKER_LINKER_H

#include "tatami/linker/Options.h"
#include "llvm/ADT/SmallVector.h"

namespace llvm::vfs {
class FileSystem;
}

namespace tatami::linker {

class Diagnostics;

/// What a successful link produces.
struct LinkResult {
  /// A static ELF64 executable.
  llvm::SmallVector<char, 0> Image;
  /// The text of `-Map`; empty if no map was asked for.
  std::string Map;
};

/// Links what \p Opts names, reading files through \p Files. Returns nothing
/// if an error was reported to \p Diags.
std::optional<LinkResult>
link(const Options &Opts, llvm::vfs::FileSystem &Files, Diagnostics &Diags);

} // namespace tatami::linker

#endif // TATAMI_LINKER_LINKER_H
