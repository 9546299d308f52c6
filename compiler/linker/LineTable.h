//===- LineTable.h - Read .debug_line, whatever it holds --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// LLVM's reader trusts the forms that the header of a table declares and does
// not survive a wrong one. This one reads DWARF 2 to 5 and checks everything.
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_LINKER_LINETABLE_H
#define TATAMI_LINKER_LINETABLE_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/DataExtractor.h"
#include <string>
#include <vector>

namespace tatami::linker {

/// The debug sections that line tables are in and refer to.
struct LineSections {
  llvm::StringRef Line;
  llvm::StringRef LineStrings;
  llvm::StringRef Strings;
};

/// From addresses to lines, for one compilation unit.
class LineTable {
public:
  /// All tables of a section; those after a broken header are left out.
  static std::vector<LineTable> readAll(const LineSections &Sections);

  /// `file.c:12 (dir/file.c:12)` of the code at \p Address, or nothing.
  std::string describe(uint64_t Address) const;
  /// The same of a line of a file that is known by number.
  std::string describe(uint64_t File, uint64_t Line) const;

  /// Where in the section the table starts: how units refer to it.
  uint64_t offset() const { return Offset; }

private:
  friend class LineTableReader;

  struct Row {
    uint64_t Address;
    uint64_t File;
    uint64_t Line;
    /// The address is the first after the code.
    bool EndsSequence;
  };

  uint64_t Offset = 0;
  /// Before DWARF 5, files count from 1.
  uint64_t FirstFile = 1;
  std::vector<std::string> Files;
  std::vector<Row> Rows;
};

} // namespace tatami::linker

#endif // TATAMI_LINKER_LINETABLE_H
