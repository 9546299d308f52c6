//===- SourceLocation.h - From a place in an object to a line ---*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_LINKER_SOURCELOCATION_H
#define TATAMI_LINKER_SOURCELOCATION_H

#include "LineTable.h"
#include "VariableTable.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include <string>
#include <vector>

namespace tatami::linker {

struct InputSection;
struct ObjectFile;
struct Symbol;

/// Reads the debug information of one object. Made only once there is an error
/// to explain.
///
/// In an object every section starts at address 0. So the sections get
/// addresses of their own, side by side, and copies of the debug sections are
/// relocated to those.
class SourceLocator {
public:
  explicit SourceLocator(ObjectFile &File);

  /// `file.c:12 (dir/file.c:12)` of the code at \p Offset, or nothing.
  std::string lineOf(const InputSection &Section, uint64_t Offset) const;
  /// The same of the declaration of a variable or the start of a function.
  std::string lineOf(const Symbol &Sym) const;

private:
  void relocateDebugSections(ObjectFile &File);

  llvm::DenseMap<const InputSection *, uint64_t> Addresses;
  llvm::StringMap<llvm::SmallVector<uint8_t, 0>> DebugSections;
  std::vector<LineTable> LineTables;
  llvm::StringMap<VariableLocation> Variables;
};

} // namespace tatami::linker

#endif // TATAMI_LINKER_SOURCELOCATION_H
