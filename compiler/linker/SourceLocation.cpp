//===- SourceLocation.cpp - From a place in an object to a line -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SourceLocation.h"
#include "Input.h"
#include "Relocate.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;

namespace tatami::linker {

SourceLocator::SourceLocator(ObjectFile &File) {
  relocateDebugSections(File);
  auto SectionNamed = [&](StringRef Name) {
    auto It = DebugSections.find(Name);
    return It == DebugSections.end() ? "" : toStringRef(It->second);
  };
  LineTables = LineTable::readAll({SectionNamed(".debug_line"),
                                   SectionNamed(".debug_line_str"),
                                   SectionNamed(".debug_str")});
  Variables = readVariables(
      {SectionNamed(".debug_info"), SectionNamed(".debug_abbrev"),
       SectionNamed(".debug_str"), SectionNamed(".debug_line_str"),
       SectionNamed(".debug_str_offsets")});
}

void SourceLocator::relocateDebugSections(ObjectFile &File) {
  uint64_t Next = 0x1000; // Readers take an address of 0 for dropped code.
  for (std::unique_ptr<InputSection> &Section : File.Sections) {
    if (!Section || !Section->isAlloc())
      continue;
    Addresses[Section.get()] = Next;
    Next = alignTo(Next + Section->Size + 1, 16);
  }

  for (std::unique_ptr<InputSection> &Section : File.Sections) {
    if (!Section || !Section->isDebug() || Section->isNoBits())
      continue;
    SmallVector<uint8_t, 0> Copy(Section->Data);
    for (const ElfRela &Rela : Section->Relocations) {
      const Symbol &Target = File.RawSymbols[Rela.getSymbol(false)];
      uint64_t Base = Addresses.lookup(Target.Section);
      storeRelocation(*findRelocation(Rela.getType(false)),
                      Copy.data() + Rela.r_offset,
                      Base + Target.Value + Rela.r_addend);
    }
    DebugSections[Section->Name] = std::move(Copy);
  }
}

std::string SourceLocator::lineOf(const InputSection &Section,
                                  uint64_t Offset) const {
  auto It = Addresses.find(&Section);
  if (It == Addresses.end())
    return "";
  for (const LineTable &Table : LineTables) {
    std::string Line = Table.describe(It->second + Offset);
    if (!Line.empty())
      return Line;
  }
  return "";
}

std::string SourceLocator::lineOf(const Symbol &Sym) const {
  if (!Sym.Section)
    return "";
  if (Sym.Section->isExecutable())
    return lineOf(*Sym.Section, Sym.Value);
  auto Variable = Variables.find(Sym.Name);
  if (Variable == Variables.end())
    return "";
  const VariableLocation &Where = Variable->second;
  auto Table = llvm::find_if(LineTables, [&](const LineTable &T) {
    return T.offset() == Where.LineTable;
  });
  return Table == LineTables.end() ? ""
                                   : Table->describe(Where.File, Where.Line);
}

} // namespace tatami::linker
