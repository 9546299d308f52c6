//===- Report.h - Errors about how inputs fit together ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The messages that take more than a sentence: they name the symbol as the
// source spells it, the object, and where there is debug information the line.
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_LINKER_REPORT_H
#define TATAMI_LINKER_REPORT_H

#include <cstdint>

namespace tatami::linker {

struct Context;
struct InputSection;
struct RelocationInfo;
struct Symbol;

/// Every name that two files define.
void reportDuplicateSymbols(Context &Ctx);

/// Every name that live code refers to and nobody defines, and a missing entry
/// symbol.
void reportUndefinedSymbols(Context &Ctx);

/// The image and \p Stacks bytes of stacks exceed the node's memory.
void reportImageTooLarge(Context &Ctx, uint64_t Stacks);

/// The relocation at \p Offset cannot hold \p Value.
void reportOutOfRange(Context &Ctx, InputSection &Section, uint64_t Offset,
                      const RelocationInfo &Info, const Symbol &Target,
                      int64_t Value);

/// The relocation at \p Offset is for thread-local variables, the symbol not.
void reportNotThreadLocal(Context &Ctx, InputSection &Section, uint64_t Offset,
                          const RelocationInfo &Info, const Symbol &Target);

/// Code refers to a local symbol of a COMDAT group of which another file's copy
/// was taken.
void reportDiscardedTarget(Context &Ctx, InputSection &Section, uint64_t Offset,
                           const Symbol &Target);

} // namespace tatami::linker

#endif // TATAMI_LINKER_REPORT_H
