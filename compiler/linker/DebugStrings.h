//===- DebugStrings.h - Strings of debug sections ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_LINKER_DEBUGSTRINGS_H
#define TATAMI_LINKER_DEBUGSTRINGS_H

#include "llvm/ADT/StringRef.h"
#include <algorithm>

namespace tatami::linker {

/// The string at \p Offset of a section of strings; empty if there is none.
inline llvm::StringRef stringAt(llvm::StringRef Strings, uint64_t Offset) {
  llvm::StringRef Rest =
      Strings.drop_front(std::min<uint64_t>(Offset, Strings.size()));
  return Rest.take_until([](char C) { return C == '\0'; });
}

} // namespace tatami::linker

#endif // TATAMI_LINKER_DEBUGSTRINGS_H
