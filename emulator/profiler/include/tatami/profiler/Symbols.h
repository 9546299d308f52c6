// Functions and source lines of an image, from its symbol table and its DWARF.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace tatami::prof {

/// A place in the source. Line 0: not known.
struct SourcePlace {
  std::string function; ///< Demangled; the address if it has no name.
  std::string file;     ///< As the compiler wrote it, absolute if it can be.
  unsigned line = 0, column = 0;
  unsigned functionLine = 0; ///< Where the function is declared; 0: not known.
};

class Symbols {
public:
  /// \p error becomes one sentence if \p image cannot be read, and stays empty
  /// if it only lacks debug information.
  Symbols(const std::string &image, std::string &error);
  ~Symbols();

  /// Where \p pc comes from: the innermost inlined function first, the function
  /// that is really there last. Never empty.
  const std::vector<SourcePlace> &at(uint64_t pc) const;
  /// The function that is really there.
  const std::string &functionAt(uint64_t pc) const;
  /// Its first address.
  uint64_t functionStart(uint64_t pc) const;
  bool hasLines() const;
  bool hasFunctions() const;
  /// For an image that names no functions: each is what begins at one of
  /// \p entries, and is called by its address.
  void nameByEntries(std::vector<uint64_t> entries);
  /// MD5 of the source when it was compiled, in hexadecimal; empty if the image
  /// does not say. \p file as in SourcePlace.
  std::string checksumOf(const std::string &file) const;

private:
  struct Impl;
  std::unique_ptr<Impl> impl;
};

} // namespace tatami::prof
