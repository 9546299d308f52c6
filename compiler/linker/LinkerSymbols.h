//===- LinkerSymbols.h - Symbols that no file defines -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The memory map's symbols (`__heap_start`, `__init_array_end`, ...), the
// bounds of sections (`__start_X`, `__stop_X`) and `--defsym`.
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_LINKER_LINKERSYMBOLS_H
#define TATAMI_LINKER_LINKERSYMBOLS_H

#include "llvm/ADT/StringRef.h"

namespace tatami::linker {

struct Context;

/// Notes the references that the command line makes, so that archives supply
/// the symbols. Call before the inputs are read.
void referenceCommandLineSymbols(Context &Ctx);

/// Defines the linker's symbols, without values. Call after the inputs.
void defineLinkerSymbols(Context &Ctx);

/// Gives them their values. Call after layout.
void finalizeLinkerSymbols(Context &Ctx);

/// Whether a section of that name can have `__start_X` and `__stop_X`.
bool isCIdentifier(llvm::StringRef Name);

/// X if \p Name is `__start_X` or `__stop_X`, else nothing.
llvm::StringRef boundedSection(llvm::StringRef Name);

} // namespace tatami::linker

#endif // TATAMI_LINKER_LINKERSYMBOLS_H
