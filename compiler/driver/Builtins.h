//===- Builtins.h - The target's builtins for clang -------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The builtins of isa/Builtins.td in the form that clang wants them.
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_DRIVER_BUILTINS_H
#define TATAMI_DRIVER_BUILTINS_H

#include "clang/Basic/Builtins.h"

namespace tatami {

/// The values that one constant argument may have.
struct ConstantRange {
  unsigned Builtin; // Index into the table.
  unsigned Argument;
  int64_t Min, Max;
};

/// All builtins of the target: names, types, attributes.
clang::Builtin::InfosShard builtinShard();

/// The constant arguments of the builtin with number \p Index in the table.
llvm::ArrayRef<ConstantRange> builtinRanges(unsigned Index);

} // namespace tatami

#endif // TATAMI_DRIVER_BUILTINS_H
