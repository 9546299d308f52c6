// The text of source files, and whether it is the text that was compiled.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/profiler/Symbols.h"

#include <map>
#include <string>
#include <vector>

namespace tatami::prof {

struct SourceFile {
  enum State {
    Missing,
    Changed,    ///< Since the image was compiled.
    NotChecked, ///< The image has no checksum of it.
    AsCompiled,
  };
  State state = Missing;
  std::vector<std::string> lines;

  /// Tabs are spaces; empty if there is no such line.
  std::string line(unsigned number) const;
};

class Sources {
public:
  explicit Sources(const Symbols &symbols) : symbols(symbols) {}
  const SourceFile &file(const std::string &path);
  /// The line without the blanks around it; empty if its text is not known for
  /// certain.
  std::string textOf(const std::string &path, unsigned line);

private:
  const Symbols &symbols;
  std::map<std::string, SourceFile> files;
};

/// Its last part: "gemm.c".
std::string fileName(const std::string &path);
/// "gemm.c:41"; of no line the file, of no file "?".
std::string placeName(const std::string &file, unsigned line);

} // namespace tatami::prof
