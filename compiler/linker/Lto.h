//===- Lto.h - Optimisation of the whole program ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Objects of `-flto` hold LLVM's bitcode instead of machine code. They take
// part in the resolution of names like all others; then all of them together
// become machine code, which replaces them.
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_LINKER_LTO_H
#define TATAMI_LINKER_LTO_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <memory>
#include <vector>

namespace tatami::linker {

struct Context;
struct ObjectFile;

bool isBitcode(llvm::StringRef Bytes);

/// Reads the names that \p Bytes defines and refers to into \p File.
llvm::Error parseBitcode(llvm::StringRef Bytes, ObjectFile &File);

/// Calls \p Found with each global name that the bitcode in \p Bytes defines.
llvm::Error forEachBitcodeDefinition(
    llvm::StringRef Bytes, llvm::function_ref<void(llvm::StringRef)> Found);

/// Names that machine code may use though no bitcode mentions them.
std::vector<llvm::StringRef> libcallNames();

/// Compiles all bitcode that has joined the link since the last call. What it
/// defined becomes undefined, to be defined by the objects returned. Errors go
/// to the Context.
std::vector<llvm::SmallVector<char, 0>> compileBitcode(Context &Ctx);

} // namespace tatami::linker

#endif // TATAMI_LINKER_LTO_H
