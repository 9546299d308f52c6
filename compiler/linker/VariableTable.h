//===- VariableTable.h - Where variables are declared -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Reads from .debug_info the one thing that line tables do not have: the lines
// that declare global variables. Like LineTable, it believes nothing that it
// has not checked, which LLVM's reader does.
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_LINKER_VARIABLETABLE_H
#define TATAMI_LINKER_VARIABLETABLE_H

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"

namespace tatami::linker {

/// The debug sections that describe units.
struct InfoSections {
  llvm::StringRef Info;
  llvm::StringRef Abbreviations;
  llvm::StringRef Strings;
  llvm::StringRef LineStrings;
  llvm::StringRef StringOffsets;
};

/// Where a variable is declared.
struct VariableLocation {
  /// Start of the line table that the file's number refers to.
  uint64_t LineTable;
  uint64_t File;
  uint64_t Line;
};

/// The variables that other files can see, by the name that the linker sees.
llvm::StringMap<VariableLocation> readVariables(const InfoSections &Sections);

} // namespace tatami::linker

#endif // TATAMI_LINKER_VARIABLETABLE_H
