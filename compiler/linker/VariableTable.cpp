//===- VariableTable.cpp - Where variables are declared -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "VariableTable.h"
#include "DebugStrings.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/BinaryFormat/Dwarf.h"
#include "llvm/Support/DataExtractor.h"
#include <map>

using namespace llvm;
using namespace llvm::dwarf;

namespace tatami::linker {
namespace {

/// Enough for any compiler, few enough that entries of no size stay cheap.
constexpr size_t MaxAttributes = 256;

struct Attribute {
  uint64_t Name;
  uint64_t Form;
  int64_t Constant;
};

/// The shape of an entry.
struct Abbreviation {
  uint64_t Tag = 0;
  SmallVector<Attribute, 8> Attributes;
};
using Abbreviations = std::map<uint64_t, Abbreviation>;

/// The value of an attribute: a number, or where in which strings it is.
struct Value {
  uint64_t Number = 0;
  StringRef Text;
  bool IsStringIndex = false;
};

Abbreviations readAbbreviations(StringRef Section, uint64_t Offset) {
  Abbreviations Table;
  // DataExtractor checks where a LEB128 number ends, but not where it starts.
  if (Offset > Section.size())
    return Table;
  DataExtractor Data(Section, true, 8);
  DataExtractor::Cursor C(Offset);
  while (uint64_t Code = Data.getULEB128(C)) {
    Abbreviation Abbrev;
    Abbrev.Tag = Data.getULEB128(C);
    Data.getU8(C); // Whether it has children; entries are read as a flat list.
    while (C && Abbrev.Attributes.size() < MaxAttributes) {
      Attribute A = {};
      A.Name = Data.getULEB128(C);
      A.Form = Data.getULEB128(C);
      if (A.Form == DW_FORM_implicit_const)
        A.Constant = Data.getSLEB128(C);
      if (A.Name == 0 && A.Form == 0)
        break;
      Abbrev.Attributes.push_back(A);
    }
    if (!C)
      break;
    Table.try_emplace(Code, std::move(Abbrev));
  }
  consumeError(C.takeError());
  return Table;
}

/// Reads one unit. A failed read makes the cursor fail, which ends all loops.
class UnitReader {
public:
  UnitReader(const InfoSections &Sections, uint64_t Start,
             std::map<uint64_t, Abbreviations> &Cache)
      : Sections(Sections), Data(Sections.Info, true, 8), C(Start),
        Cache(Cache) {}
  ~UnitReader() { consumeError(C.takeError()); }

  /// Adds the unit's variables; returns where the next unit starts.
  std::optional<uint64_t> read(StringMap<VariableLocation> &Variables);

private:
  bool readHeader();
  void readEntry(const Abbreviation &Abbrev,
                 StringMap<VariableLocation> &Variables);
  Value readValue(const Attribute &A);
  StringRef textOf(const Value &V) const;
  uint64_t readOffset() { return IsDwarf64 ? Data.getU64(C) : Data.getU32(C); }
  void fail() { Data.skip(C, UINT64_MAX); }

  const InfoSections &Sections;
  DataExtractor Data;
  DataExtractor::Cursor C;
  std::map<uint64_t, Abbreviations> &Cache;

  bool IsDwarf64 = false;
  uint16_t Version = 0;
  uint8_t AddressSize = 8;
  uint64_t AbbreviationsOffset = 0;
  /// From the unit's own entry.
  std::optional<uint64_t> LineTable;
  uint64_t StringOffsetsBase = 8;
};

bool UnitReader::readHeader() {
  Version = Data.getU16(C);
  if (Version < 2 || Version > 5)
    return false;
  if (Version < 5) {
    AbbreviationsOffset = readOffset();
    AddressSize = Data.getU8(C);
    return bool(C);
  }
  uint8_t UnitType = Data.getU8(C);
  AddressSize = Data.getU8(C);
  AbbreviationsOffset = readOffset();
  return C && (UnitType == DW_UT_compile || UnitType == DW_UT_partial);
}

std::optional<uint64_t>
UnitReader::read(StringMap<VariableLocation> &Variables) {
  uint64_t Length = Data.getU32(C);
  if (Length == DW_LENGTH_DWARF64) {
    IsDwarf64 = true;
    Length = Data.getU64(C);
  }
  if (!C || Length > Sections.Info.size() - C.tell())
    return std::nullopt;
  uint64_t End = C.tell() + Length;
  Data = DataExtractor(Sections.Info.take_front(End), true, 8);
  if (!readHeader())
    return End;

  auto [It, New] = Cache.try_emplace(AbbreviationsOffset);
  if (New)
    It->second = readAbbreviations(Sections.Abbreviations, AbbreviationsOffset);
  while (C && C.tell() < End) {
    uint64_t Code = Data.getULEB128(C);
    if (Code == 0) // The end of some entry's children.
      continue;
    auto Abbrev = It->second.find(Code);
    if (Abbrev == It->second.end())
      break;
    readEntry(Abbrev->second, Variables);
  }
  return End;
}

void UnitReader::readEntry(const Abbreviation &Abbrev,
                           StringMap<VariableLocation> &Variables) {
  Value Name, LinkageName;
  uint64_t File = 0, Line = 0;
  bool IsExternal = false;
  for (const Attribute &A : Abbrev.Attributes) {
    Value V = readValue(A);
    if (!C)
      return;
    switch (A.Name) {
    case DW_AT_name:
      Name = V;
      break;
    case DW_AT_linkage_name:
      LinkageName = V;
      break;
    case DW_AT_external:
      IsExternal = V.Number;
      break;
    case DW_AT_decl_file:
      File = V.Number;
      break;
    case DW_AT_decl_line:
      Line = V.Number;
      break;
    case DW_AT_stmt_list:
      LineTable = V.Number;
      break;
    case DW_AT_str_offsets_base:
      StringOffsetsBase = V.Number;
      break;
    }
  }
  if (Abbrev.Tag != DW_TAG_variable || !IsExternal || !Line || !LineTable)
    return;
  StringRef Text = textOf(LinkageName);
  if (Text.empty())
    Text = textOf(Name);
  if (!Text.empty())
    Variables.try_emplace(Text, VariableLocation{*LineTable, File, Line});
}

StringRef UnitReader::textOf(const Value &V) const {
  if (!V.IsStringIndex)
    return V.Text;
  uint64_t Size = IsDwarf64 ? 8 : 4;
  if (V.Number > Sections.StringOffsets.size())
    return "";
  DataExtractor Offsets(Sections.StringOffsets, true, 8);
  uint64_t Position = StringOffsetsBase + V.Number * Size;
  if (!Offsets.isValidOffsetForDataOfSize(Position, Size))
    return "";
  return stringAt(Sections.Strings, Offsets.getUnsigned(&Position, Size));
}

Value UnitReader::readValue(const Attribute &A) {
  Value V;
  uint64_t Form = A.Form;
  if (Form == DW_FORM_indirect)
    Form = Data.getULEB128(C);
  switch (Form) {
  case DW_FORM_flag_present:
    V.Number = 1;
    return V;
  case DW_FORM_implicit_const:
    V.Number = A.Constant;
    return V;
  case DW_FORM_data1:
  case DW_FORM_flag:
  case DW_FORM_ref1:
  case DW_FORM_addrx1:
  case DW_FORM_strx1:
    V.Number = Data.getU8(C);
    break;
  case DW_FORM_data2:
  case DW_FORM_ref2:
  case DW_FORM_addrx2:
  case DW_FORM_strx2:
    V.Number = Data.getU16(C);
    break;
  case DW_FORM_addrx3:
  case DW_FORM_strx3:
    V.Number = Data.getU24(C);
    break;
  case DW_FORM_data4:
  case DW_FORM_ref4:
  case DW_FORM_ref_sup4:
  case DW_FORM_addrx4:
  case DW_FORM_strx4:
    V.Number = Data.getU32(C);
    break;
  case DW_FORM_data8:
  case DW_FORM_ref8:
  case DW_FORM_ref_sup8:
  case DW_FORM_ref_sig8:
    V.Number = Data.getU64(C);
    break;
  case DW_FORM_data16:
    Data.skip(C, 16);
    break;
  case DW_FORM_sdata:
    V.Number = Data.getSLEB128(C);
    break;
  case DW_FORM_udata:
  case DW_FORM_ref_udata:
  case DW_FORM_addrx:
  case DW_FORM_strx:
  case DW_FORM_loclistx:
  case DW_FORM_rnglistx:
    V.Number = Data.getULEB128(C);
    break;
  case DW_FORM_addr:
    Data.skip(C, AddressSize);
    break;
  case DW_FORM_ref_addr:
    if (Version == 2)
      Data.skip(C, AddressSize);
    else
      readOffset();
    break;
  case DW_FORM_sec_offset:
  case DW_FORM_strp_sup:
    V.Number = readOffset();
    break;
  case DW_FORM_string:
    V.Text = Data.getCStrRef(C);
    break;
  case DW_FORM_strp:
    V.Text = stringAt(Sections.Strings, readOffset());
    break;
  case DW_FORM_line_strp:
    V.Text = stringAt(Sections.LineStrings, readOffset());
    break;
  case DW_FORM_block1:
    Data.skip(C, Data.getU8(C));
    break;
  case DW_FORM_block2:
    Data.skip(C, Data.getU16(C));
    break;
  case DW_FORM_block4:
    Data.skip(C, Data.getU32(C));
    break;
  case DW_FORM_block:
  case DW_FORM_exprloc:
    Data.skip(C, Data.getULEB128(C));
    break;
  default:
    // Of unknown size, so nothing after it can be read.
    fail();
  }
  V.IsStringIndex =
      Form == DW_FORM_strx || (Form >= DW_FORM_strx1 && Form <= DW_FORM_strx4);
  return V;
}

} // namespace

StringMap<VariableLocation> readVariables(const InfoSections &Sections) {
  StringMap<VariableLocation> Variables;
  std::map<uint64_t, Abbreviations> Cache;
  std::optional<uint64_t> Offset = 0;
  while (Offset && *Offset < Sections.Info.size())
    Offset = UnitReader(Sections, *Offset, Cache).read(Variables);
  return Variables;
}

} // namespace tatami::linker
