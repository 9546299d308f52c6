//===- TatamiBuiltins.h - The table of builtins ---------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef LLVM_LIB_TARGET_TATAMI_TATAMIBUILTINS_H
#define LLVM_LIB_TARGET_TATAMI_TATAMIBUILTINS_H

#include "llvm/ADT/StringRef.h"

namespace llvm::TatamiBuiltins {

/// Functions with this prefix are instructions.
inline constexpr StringLiteral Prefix = "__builtin_tatami_";

/// One builtin of isa/Builtins.td.
struct Builtin {
  const char *Name;
  unsigned Opcode;
  bool HasEffect;  ///< has a place among memory accesses
  unsigned MaxImm; ///< largest value of its constant, if it takes one
};

#define GET_BuiltinTable_DECL
#include "TatamiGenSearchableTables.inc"

} // namespace llvm::TatamiBuiltins

#endif // LLVM_LIB_TARGET_TATAMI_TATAMIBUILTINS_H
