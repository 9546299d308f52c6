//===- LineTable.cpp - Read .debug_line, whatever it holds ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LineTable.h"
#include "DebugStrings.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/Twine.h"
#include "llvm/BinaryFormat/Dwarf.h"
#include "llvm/Support/Path.h"

using namespace llvm;
using namespace llvm::dwarf;

namespace tatami::linker {

/// Reads one table. Reads beyond the end make the cursor fail, after which it
/// yields zeros; every loop ends on that.
class LineTableReader {
public:
  LineTableReader(const LineSections &Sections, uint64_t Start)
      : Sections(Sections), Section(Sections.Line, true, 8), Data(Section),
        C(Start) {
    Table.Offset = Start;
  }

  ~LineTableReader() { consumeError(C.takeError()); }

  /// Where the next table starts; nothing if this one's length is broken.
  std::optional<uint64_t> read();

  LineTable Table;

private:
  struct Entry {
    std::string Path;
    uint64_t Directory = 0;
  };

  bool readHeader();
  void readOldFiles();
  std::vector<Entry> readEntries();
  void readNewFiles();
  void addFile(const Entry &File);
  StringRef readString(uint64_t Form);
  uint64_t readNumber(uint64_t Form);
  void skipForm(uint64_t Form);
  uint64_t readOffset() { return IsDwarf64 ? Data.getU64(C) : Data.getU32(C); }

  void runProgram();
  void runExtended();
  void runStandard(uint8_t Opcode);
  void advance(uint64_t Operations) {
    Now.Address += Operations * MinInstructionLength;
  }
  void addRow(bool EndsSequence = false) {
    Now.EndsSequence = EndsSequence;
    Table.Rows.push_back(Now);
  }
  void resetRow() { Now = {0, 1, 1, false}; }

  const LineSections &Sections;
  DataExtractor Section;
  /// The section up to the end of this table.
  DataExtractor Data;
  DataExtractor::Cursor C;

  bool IsDwarf64 = false;
  uint16_t Version = 0;
  uint64_t ProgramStart = 0;
  uint8_t MinInstructionLength = 1;
  int8_t LineBase = 0;
  uint8_t LineRange = 1;
  uint8_t OpcodeBase = 1;
  SmallVector<uint8_t, 16> OperandCounts;
  std::vector<std::string> Directories;
  LineTable::Row Now = {};
};

//===----------------------------------------------------------------------===//
// The header
//===----------------------------------------------------------------------===//

std::optional<uint64_t> LineTableReader::read() {
  uint64_t Length = Data.getU32(C);
  if (Length == DW_LENGTH_DWARF64) {
    IsDwarf64 = true;
    Length = Data.getU64(C);
  }
  if (!C || Length > Sections.Line.size() - C.tell())
    return std::nullopt;
  uint64_t End = C.tell() + Length;
  Data = DataExtractor(Sections.Line.take_front(End), true, 8);
  if (readHeader()) {
    C.seek(ProgramStart);
    runProgram();
  }
  return End;
}

bool LineTableReader::readHeader() {
  Version = Data.getU16(C);
  if (!C || Version < 2 || Version > 5)
    return false;
  if (Version >= 5) {
    Data.getU8(C); // Size of an address
    Data.getU8(C); // and of a segment selector.
  }
  uint64_t HeaderLength = readOffset();
  if (!C || HeaderLength > Data.size() - C.tell())
    return false;
  ProgramStart = C.tell() + HeaderLength;
  MinInstructionLength = Data.getU8(C);
  if (Version >= 4)
    Data.getU8(C); // Operations of an instruction: always one.
  Data.getU8(C);   // Whether rows start statements.
  LineBase = Data.getU8(C);
  LineRange = Data.getU8(C);
  OpcodeBase = Data.getU8(C);
  if (!C || LineRange == 0 || OpcodeBase == 0)
    return false;
  for (unsigned I = 1; I < OpcodeBase; ++I)
    OperandCounts.push_back(Data.getU8(C));
  if (Version >= 5)
    readNewFiles();
  else
    readOldFiles();
  return bool(C);
}

void LineTableReader::addFile(const Entry &File) {
  SmallString<128> Path;
  // Relative to the compilation directory, which is number 0 and before
  // DWARF 5 not in the table.
  if (File.Directory < Directories.size() && !sys::path::is_absolute(File.Path))
    Path = Directories[File.Directory];
  sys::path::append(Path, File.Path);
  Table.Files.push_back(Path.str().str());
}

void LineTableReader::readOldFiles() {
  Directories.push_back("");
  while (true) {
    StringRef Directory = Data.getCStrRef(C);
    if (!C || Directory.empty())
      break;
    Directories.push_back(Directory.str());
  }
  while (true) {
    Entry File;
    File.Path = Data.getCStrRef(C).str();
    if (!C || File.Path.empty())
      return;
    File.Directory = Data.getULEB128(C);
    Data.getULEB128(C); // Time
    Data.getULEB128(C); // and size.
    addFile(File);
  }
}

void LineTableReader::readNewFiles() {
  Table.FirstFile = 0;
  for (const Entry &Directory : readEntries())
    Directories.push_back(Directory.Path);
  for (const Entry &File : readEntries())
    addFile(File);
}

/// A table of DWARF 5: the form of its columns, then its rows.
std::vector<LineTableReader::Entry> LineTableReader::readEntries() {
  SmallVector<std::pair<uint64_t, uint64_t>, 4> Columns;
  uint8_t ColumnCount = Data.getU8(C);
  for (unsigned I = 0; I < ColumnCount && C; ++I) {
    uint64_t Content = Data.getULEB128(C);
    Columns.push_back({Content, Data.getULEB128(C)});
  }
  uint64_t Count = Data.getULEB128(C);
  std::vector<Entry> Entries;
  // Rows without columns take no bytes, so their number means nothing.
  if (Columns.empty())
    return Entries;
  for (uint64_t I = 0; I < Count && C; ++I) {
    Entry &E = Entries.emplace_back();
    for (auto [Content, Form] : Columns) {
      if (Content == DW_LNCT_path)
        E.Path = readString(Form).str();
      else if (Content == DW_LNCT_directory_index)
        E.Directory = readNumber(Form);
      else
        skipForm(Form);
    }
  }
  return Entries;
}

StringRef LineTableReader::readString(uint64_t Form) {
  switch (Form) {
  case DW_FORM_string:
    return Data.getCStrRef(C);
  case DW_FORM_line_strp:
    return stringAt(Sections.LineStrings, readOffset());
  case DW_FORM_strp:
    return stringAt(Sections.Strings, readOffset());
  default:
    skipForm(Form);
    return "";
  }
}

uint64_t LineTableReader::readNumber(uint64_t Form) {
  switch (Form) {
  case DW_FORM_data1:
    return Data.getU8(C);
  case DW_FORM_data2:
    return Data.getU16(C);
  case DW_FORM_data4:
    return Data.getU32(C);
  case DW_FORM_data8:
    return Data.getU64(C);
  case DW_FORM_udata:
    return Data.getULEB128(C);
  default:
    skipForm(Form);
    return 0;
  }
}

void LineTableReader::skipForm(uint64_t Form) {
  switch (Form) {
  case DW_FORM_data1:
  case DW_FORM_data2:
  case DW_FORM_data4:
  case DW_FORM_data8:
  case DW_FORM_udata:
    readNumber(Form);
    return;
  case DW_FORM_string:
  case DW_FORM_line_strp:
  case DW_FORM_strp:
    readString(Form);
    return;
  case DW_FORM_data16:
    Data.skip(C, 16);
    return;
  case DW_FORM_block:
    Data.skip(C, Data.getULEB128(C));
    return;
  default:
    // Of unknown size, so nothing after it can be read.
    Data.skip(C, UINT64_MAX);
  }
}

//===----------------------------------------------------------------------===//
// The program
//===----------------------------------------------------------------------===//

void LineTableReader::runProgram() {
  resetRow();
  while (C && C.tell() < Data.size()) {
    uint8_t Opcode = Data.getU8(C);
    if (Opcode == 0) {
      runExtended();
    } else if (Opcode < OpcodeBase) {
      runStandard(Opcode);
    } else {
      uint8_t Adjusted = Opcode - OpcodeBase;
      advance(Adjusted / LineRange);
      Now.Line += LineBase + Adjusted % LineRange;
      addRow();
    }
  }
}

void LineTableReader::runExtended() {
  uint64_t Length = Data.getULEB128(C);
  if (!C || Length == 0 || Length > Data.size() - C.tell())
    return;
  uint64_t End = C.tell() + Length;
  switch (Data.getU8(C)) {
  case DW_LNE_end_sequence:
    addRow(/*EndsSequence=*/true);
    resetRow();
    break;
  case DW_LNE_set_address:
    Now.Address = Data.getUnsigned(C, Length == 9 ? 8 : 4);
    break;
  }
  C.seek(End);
}

void LineTableReader::runStandard(uint8_t Opcode) {
  switch (Opcode) {
  case DW_LNS_copy:
    return addRow();
  case DW_LNS_advance_pc:
    return advance(Data.getULEB128(C));
  case DW_LNS_advance_line:
    Now.Line += Data.getSLEB128(C);
    return;
  case DW_LNS_set_file:
    Now.File = Data.getULEB128(C);
    return;
  case DW_LNS_const_add_pc:
    return advance((255 - OpcodeBase) / LineRange);
  case DW_LNS_fixed_advance_pc:
    Now.Address += Data.getU16(C);
    return;
  }
  // Columns, flags, and whatever later versions add.
  for (unsigned I = 0; I < OperandCounts[Opcode - 1]; ++I)
    Data.getULEB128(C);
}

//===----------------------------------------------------------------------===//
// Interface
//===----------------------------------------------------------------------===//

std::vector<LineTable> LineTable::readAll(const LineSections &Sections) {
  std::vector<LineTable> Tables;
  uint64_t Offset = 0;
  while (Offset < Sections.Line.size()) {
    LineTableReader Reader(Sections, Offset);
    std::optional<uint64_t> Next = Reader.read();
    if (!Next)
      break;
    Tables.push_back(std::move(Reader.Table));
    Offset = *Next;
  }
  return Tables;
}

std::string LineTable::describe(uint64_t File, uint64_t Line) const {
  if (File < FirstFile || File - FirstFile >= Files.size())
    return "";
  StringRef Path = Files[File - FirstFile];
  StringRef Name = sys::path::filename(Path);
  std::string Text = (Name + ":" + Twine(Line)).str();
  if (Name != Path)
    Text += (" (" + Path + ":" + Twine(Line) + ")").str();
  return Text;
}

std::string LineTable::describe(uint64_t Address) const {
  // A row holds up to the next one of its sequence.
  for (size_t I = 0; I + 1 < Rows.size(); ++I)
    if (!Rows[I].EndsSequence && Rows[I].Address <= Address &&
        Address < Rows[I + 1].Address)
      return describe(Rows[I].File, Rows[I].Line);
  return "";
}

} // namespace tatami::linker
