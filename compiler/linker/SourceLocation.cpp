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
#include "llvm/Support/Path.h"

using namespace llvm;

namespace tatami::linker {

/// Broken debug information costs a line number, not an error: the message
/// that asked for it is the one that matters.
static void ignore(Error E) { consumeError(std::move(E)); }

/// `file.c:12 (dir/file.c:12)`, or nothing if the table has no such file.
static std::string format(const DWARFDebugLine::LineTable &Table,
                          uint64_t FileIndex, uint64_t Line) {
  std::string Path;
  if (!Table.getFileNameByIndex(
          FileIndex, /*CompDir=*/"",
          DILineInfoSpecifier::FileLineInfoKind::AbsoluteFilePath, Path))
    return "";
  StringRef Name = sys::path::filename(Path);
  if (Name == Path)
    return (Path + Twine(":") + Twine(Line)).str();
  return (Name + ":" + Twine(Line) + " (" + Path + ":" + Twine(Line) + ")")
      .str();
}

SourceLocator::SourceLocator(ObjectFile &File) {
  relocateDebugSections(File);
  Dwarf = DWARFContext::create(DebugSections, /*AddrSize=*/8,
                               /*isLittleEndian=*/true, ignore, ignore);
  parseLineTables();
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

void SourceLocator::parseLineTables() {
  const DWARFObject &Object = Dwarf->getDWARFObj();
  DWARFDataExtractor Data(Object, Object.getLineSection(),
                          /*IsLittleEndian=*/true, /*AddressSize=*/8);
  if (Data.size() == 0)
    return;
  // Line tables are understood without the units that refer to them.
  DWARFUnitVector::iterator_range NoUnits(nullptr, nullptr);
  DWARFDebugLine::SectionParser Parser(Data, *Dwarf, NoUnits);
  while (!Parser.done())
    LineTables.push_back(Parser.parseNext(ignore, ignore));
}

void SourceLocator::parseVariables() {
  for (const std::unique_ptr<DWARFUnit> &Unit : Dwarf->compile_units()) {
    Expected<const DWARFDebugLine::LineTable *> Table =
        Dwarf->getLineTableForUnit(Unit.get(), ignore);
    if (!Table) {
      ignore(Table.takeError());
      continue;
    }
    if (!*Table)
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
        Variables.try_emplace(Name, format(**Table, File, Line));
    }
  }
}

std::string SourceLocator::lineOf(const InputSection &Section,
                                  uint64_t Offset) const {
  auto It = Addresses.find(&Section);
  if (It == Addresses.end())
    return "";
  object::SectionedAddress Address = {It->second + Offset};
  for (const DWARFDebugLine::LineTable &Table : LineTables) {
    uint32_t Row = Table.lookupAddress(Address);
    if (Row < Table.Rows.size())
      return format(Table, Table.Rows[Row].File, Table.Rows[Row].Line);
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
