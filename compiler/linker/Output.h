//===- Output.h - Write the image -------------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_LINKER_OUTPUT_H
#define TATAMI_LINKER_OUTPUT_H

#include "llvm/ADT/SmallVector.h"

namespace tatami::linker {

struct Context;

/// Composes the ELF file: headers, sections with their relocations applied,
/// symbol table. Reports relocations that do not fit.
llvm::SmallVector<char, 0> writeImage(Context &Ctx);

} // namespace tatami::linker

#endif // TATAMI_LINKER_OUTPUT_H
