//===- OutputSymbols.h - The image's symbol table ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_LINKER_OUTPUTSYMBOLS_H
#define TATAMI_LINKER_OUTPUTSYMBOLS_H

#include "Input.h"
#include "llvm/MC/StringTableBuilder.h"

namespace tatami::linker {

struct Context;

/// Collects the symbols of the image: per file its name and locals, then all
/// globals.
class OutputSymbols {
public:
  explicit OutputSymbols(Context &Ctx) : Ctx(Ctx) {}

  /// Call after layout and before anything else.
  void collect();

  uint64_t tableSize() const {
    return (Entries.size() + 1) * sizeof(ElfType::Sym);
  }
  uint64_t stringsSize() const { return Strings.getSize(); }
  /// The number of the first symbol that is not local.
  uint32_t firstGlobal() const { return LocalCount + 1; }

  void writeTable(uint8_t *Destination) const;
  void writeStrings(uint8_t *Destination) const { Strings.write(Destination); }

private:
  void add(const Symbol &Sym);

  Context &Ctx;
  std::vector<const Symbol *> Entries;
  uint32_t LocalCount = 0;
  llvm::StringTableBuilder Strings{llvm::StringTableBuilder::ELF};
};

} // namespace tatami::linker

#endif // TATAMI_LINKER_OUTPUTSYMBOLS_H
