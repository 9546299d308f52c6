//===- SourceLocation.cpp - From a place in an object to a line -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SourceLocation.h"
#include "Input.h"
#include "Relocate.h"
#include "llvm/DebugInfo/DWARF/DWARFCompileUnit.h"
#include "llvm/DebugInfo/DWARF/DWARFDie.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;

namespace tatami::linker {

/// Broken debug information costs a line number, not an error: the message
/// that asked for it is the one that matters.
static void ignore(Error E) { consumeError(std::move(E)); }

SourceLocator::SourceLocator(ObjectFile &File) {
  relocateDebugSections(File);
  Dwarf = DWARFContext::create(DebugSections, /*AddrSize=*/8,
                               /*isLittleEndian=*/true, ignore, ignore);
  auto SectionNamed = [&](StringRef Name) {
    auto It = DebugSections.find(Name);
    return It == DebugSections.end() ? "" : It->second->getBuffer();
  };
  LineTables = LineTable::readAll({SectionNamed("debug_line"),
                                   SectionNamed("debug_line_str"),
                                   SectionNamed("debug_str")});
  parseVariables();
}

SourceLocator::~SourceLocator() = default;

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
    auto Copy = WritableMemoryBuffer::getNewUninitMemBuffer(Section->Size);
    if (!Copy)
      continue;
    Section->copyTo(reinterpret_cast<uint8_t *>(Copy->getBufferStart()));
    for (const ElfRela &Rela : Section->Relocations) {
      const Symbol &Target = File.RawSymbols[Rela.getSymbol(false)];
      uint64_t Base = Addresses.lookup(Target.Section);
      storeRelocation(*findRelocation(Rela.getType(false)),
                      reinterpret_cast<uint8_t *>(Copy->getBufferStart()) +
                          Rela.r_offset,
                      Base + Target.Value + Rela.r_addend);
    }
    DebugSections[Section->Name.drop_front()] = std::move(Copy);
  }
}

/// The line table that a unit refers to.
static const LineTable *tableOf(DWARFUnit &Unit,
                                const std::vector<LineTable> &Tables) {
  std::optional<uint64_t> Offset =
      dwarf::toSectionOffset(Unit.getUnitDIE().find(dwarf::DW_AT_stmt_list));
  auto It = llvm::find_if(
      Tables, [&](const LineTable &T) { return Offset == T.offset(); });
  return It == Tables.end() ? nullptr : &*It;
}

void SourceLocator::parseVariables() {
  for (const std::unique_ptr<DWARFUnit> &Unit : Dwarf->compile_units()) {
    const LineTable *Table = tableOf(*Unit, LineTables);
    if (!Table)
      continue;
    for (unsigned I = 0, End = Unit->getNumDIEs(); I < End; ++I) {
      DWARFDie Die = Unit->getDIEAtIndex(I);
      if (Die.getTag() != dwarf::DW_TAG_variable ||
          !Die.find(dwarf::DW_AT_external))
        continue;
      const char *Name = dwarf::toString(
          Die.find({dwarf::DW_AT_linkage_name, dwarf::DW_AT_name}), nullptr);
      uint64_t File = dwarf::toUnsigned(Die.find(dwarf::DW_AT_decl_file), 0);
      uint64_t Line = dwarf::toUnsigned(Die.find(dwarf::DW_AT_decl_line), 0);
      if (Name && Line)
        Variables.try_emplace(Name, Table->describe(File, Line));
    }
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
  return Variables.lookup(Sym.Name);
}

} // namespace tatami::linker
