//===- Builtins.cpp - The target's builtins for clang ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Builtins.h"

using namespace clang;

namespace tatami {

Builtin::InfosShard builtinShard() { return {}; }

} // namespace tatami
