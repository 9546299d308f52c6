//===- Spelling.h - Symbol names as people write them -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_LINKER_SPELLING_H
#define TATAMI_LINKER_SPELLING_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace tatami::linker {

class SymbolTable;
struct Symbol;

/// A C++ name as in the source; other names unchanged.
std::string demangled(llvm::StringRef Name);

/// A defined symbol that somebody who wrote \p Name may have meant: a typing
/// error away, or the same name in the other of C and C++. Null if none is.
const Symbol *findSimilar(const SymbolTable &Symbols, llvm::StringRef Name);

} // namespace tatami::linker

#endif // TATAMI_LINKER_SPELLING_H
