//===- Output.cpp - Write the image ---------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The file, in order: ELF header, program headers, loaded sections, sections
// that are not loaded, symbol table, string tables, section headers.
//
//===----------------------------------------------------------------------===//

#include "Output.h"
#include "Context.h"
#include "OutputSymbols.h"
#include "Relocate.h"
#include "tatami/isa/Relocs.h"
#include "llvm/MC/StringTableBuilder.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;
using namespace llvm::ELF;

namespace tatami::linker {
namespace {

using Ehdr = ElfType::Ehdr;
using Phdr = ElfType::Phdr;
using Shdr = ElfType::Shdr;

class ImageWriter {
public:
  explicit ImageWriter(Context &Ctx) : Ctx(Ctx), Symbols(Ctx) {}

  SmallVector<char, 0> write();

private:
  void makeSegments();
  void addSegment(uint32_t Flags, SectionRank First, SectionRank Last);
  void addTlsSegment();
  void assignFileOffsets();
  void makeSectionHeaders();
  Shdr &addSectionHeader(StringRef Name, uint32_t Type, uint64_t Size,
                         uint64_t Alignment);
  uint64_t entryAddress() const;
  void writeHeaders();
  void writeSections();

  Context &Ctx;
  OutputSymbols Symbols;
  StringTableBuilder SectionNames{StringTableBuilder::ELF};

  std::vector<Phdr> Segments;
  std::vector<Shdr> Headers;
  std::vector<StringRef> HeaderNames;
  uint64_t FileEnd = 0;
  uint64_t HeadersOffset = 0;
  SmallVector<char, 0> Image;
};

//===----------------------------------------------------------------------===//
// Segments and file offsets
//===----------------------------------------------------------------------===//

void ImageWriter::addSegment(uint32_t Flags, SectionRank First,
                             SectionRank Last) {
  Phdr Segment = {};
  Segment.p_type = PT_LOAD;
  Segment.p_flags = Flags;
  uint64_t Start = UINT64_MAX, FileEnd = 0, MemoryEnd = 0;
  uint64_t Alignment = MemoryMap::SegmentAlignment;
  for (const std::unique_ptr<OutputSection> &Out : Ctx.OutputSections) {
    if (Out->Rank < First || Out->Rank > Last || Out->Size == 0 ||
        Out->Rank == SectionRank::TlsBss)
      continue;
    uint64_t End = Out->Address + Out->Size;
    Start = std::min(Start, Out->Address);
    MemoryEnd = std::max(MemoryEnd, End);
    if (!Out->isNoBits())
      FileEnd = std::max(FileEnd, End);
    Alignment = std::max(Alignment, Out->Alignment);
  }
  if (MemoryEnd == 0)
    return;
  Segment.p_vaddr = Start;
  Segment.p_paddr = Start;
  Segment.p_filesz = FileEnd ? FileEnd - Start : 0;
  Segment.p_memsz = MemoryEnd - Start;
  Segment.p_align = Alignment;
  Segments.push_back(Segment);
}

void ImageWriter::addTlsSegment() {
  const MemoryMap &Map = Ctx.Map;
  if (Map.TlsEnd == Map.TlsStart)
    return;
  Phdr Segment = {};
  Segment.p_type = PT_TLS;
  Segment.p_flags = PF_R;
  Segment.p_vaddr = Map.TlsStart;
  Segment.p_paddr = Map.TlsStart;
  Segment.p_filesz = Map.TlsDataEnd - Map.TlsStart;
  Segment.p_memsz = Map.TlsEnd - Map.TlsStart;
  Segment.p_align = Map.TlsAlignment;
  Segments.push_back(Segment);
}

void ImageWriter::makeSegments() {
  addSegment(PF_R | PF_X, SectionRank::Text, SectionRank::ReadOnlyData);
  addSegment(PF_R | PF_W, SectionRank::TlsData, SectionRank::Bss);
  addTlsSegment();
}

/// Loaded bytes are congruent to their address modulo the segment's alignment,
/// as ELF demands; beyond that the file is packed.
void ImageWriter::assignFileOffsets() {
  uint64_t Next = sizeof(Ehdr) + Segments.size() * sizeof(Phdr);
  for (Phdr &Segment : Segments) {
    if (Segment.p_type != PT_LOAD)
      continue;
    uint64_t Align = Segment.p_align;
    Segment.p_offset = alignTo(Next, Align) + (Segment.p_vaddr & (Align - 1));
    Next = Segment.p_offset + Segment.p_filesz;
  }
  auto OffsetOf = [&](uint64_t Address) -> uint64_t {
    for (const Phdr &Segment : Segments)
      if (Address >= Segment.p_vaddr &&
          Address <= Segment.p_vaddr + Segment.p_filesz)
        return Segment.p_offset + (Address - Segment.p_vaddr);
    return Next;
  };
  for (Phdr &Segment : Segments)
    if (Segment.p_type == PT_TLS)
      Segment.p_offset = OffsetOf(Segment.p_vaddr);
  for (std::unique_ptr<OutputSection> &Out : Ctx.OutputSections) {
    if (Out->isAlloc()) {
      Out->FileOffset = OffsetOf(Out->Address);
      continue;
    }
    Out->FileOffset = alignTo(Next, Out->Alignment);
    Next = Out->FileOffset + (Out->isNoBits() ? 0 : Out->Size);
  }
  FileEnd = Next;
}

//===----------------------------------------------------------------------===//
// Section headers
//===----------------------------------------------------------------------===//

Shdr &ImageWriter::addSectionHeader(StringRef Name, uint32_t Type,
                                    uint64_t Size, uint64_t Alignment) {
  Shdr Header = {};
  Header.sh_type = Type;
  Header.sh_size = Size;
  Header.sh_addralign = Alignment;
  Header.sh_offset = FileEnd = alignTo(FileEnd, Alignment);
  if (Type != SHT_NOBITS)
    FileEnd += Size;
  SectionNames.add(Name);
  HeaderNames.push_back(Name);
  Headers.push_back(Header);
  return Headers.back();
}

void ImageWriter::makeSectionHeaders() {
  Headers.push_back({});
  HeaderNames.push_back("");
  for (const std::unique_ptr<OutputSection> &Out : Ctx.OutputSections) {
    Shdr Header = {};
    Header.sh_type = Out->Type;
    Header.sh_flags = Out->Flags;
    Header.sh_addr = Out->Address;
    Header.sh_offset = Out->FileOffset;
    Header.sh_size = Out->Size;
    Header.sh_addralign = Out->Alignment;
    Header.sh_entsize = Out->EntrySize;
    SectionNames.add(Out->Name);
    HeaderNames.push_back(Out->Name);
    Headers.push_back(Header);
  }

  if (!Ctx.Opts.StripAll) {
    Shdr &Table = addSectionHeader(".symtab", SHT_SYMTAB, Symbols.tableSize(),
                                   alignof(uint64_t));
    Table.sh_entsize = sizeof(ElfType::Sym);
    Table.sh_link = Headers.size();
    Table.sh_info = Symbols.firstGlobal();
    addSectionHeader(".strtab", SHT_STRTAB, Symbols.stringsSize(), 1);
  }

  SectionNames.add(".shstrtab");
  SectionNames.finalize();
  addSectionHeader(".shstrtab", SHT_STRTAB, SectionNames.getSize(), 1);
  for (size_t I = 1; I < Headers.size(); ++I)
    Headers[I].sh_name = SectionNames.getOffset(HeaderNames[I]);
  HeadersOffset = alignTo(FileEnd, alignof(uint64_t));
  FileEnd = HeadersOffset + Headers.size() * sizeof(Shdr);
}

//===----------------------------------------------------------------------===//
// Bytes
//===----------------------------------------------------------------------===//

uint64_t ImageWriter::entryAddress() const {
  uint64_t Address;
  StringRef Entry = Ctx.Opts.Entry;
  if (const Symbol *Sym = Ctx.Symbols.find(Entry))
    return Sym->address();
  return Entry.getAsInteger(0, Address) ? 0 : Address;
}

void ImageWriter::writeHeaders() {
  Ehdr Header = {};
  llvm::copy(StringRef(ElfMagic, 4), Header.e_ident);
  Header.e_ident[EI_CLASS] = ELFCLASS64;
  Header.e_ident[EI_DATA] = ELFDATA2LSB;
  Header.e_ident[EI_VERSION] = EV_CURRENT;
  Header.e_type = ET_EXEC;
  Header.e_machine = isa::elfMachine;
  Header.e_version = EV_CURRENT;
  Header.e_entry = entryAddress();
  Header.e_phoff = Segments.empty() ? 0 : sizeof(Ehdr);
  Header.e_shoff = HeadersOffset;
  Header.e_ehsize = sizeof(Ehdr);
  Header.e_phentsize = sizeof(Phdr);
  Header.e_phnum = Segments.size();
  Header.e_shentsize = sizeof(Shdr);
  Header.e_shnum = Headers.size();
  Header.e_shstrndx = Headers.size() - 1;

  char *Start = Image.data();
  memcpy(Start, &Header, sizeof(Header));
  for (size_t I = 0; I < Segments.size(); ++I)
    memcpy(Start + sizeof(Ehdr) + I * sizeof(Phdr), &Segments[I], sizeof(Phdr));
  for (size_t I = 0; I < Headers.size(); ++I)
    memcpy(Start + HeadersOffset + I * sizeof(Shdr), &Headers[I], sizeof(Shdr));
}

void ImageWriter::writeSections() {
  auto *Start = reinterpret_cast<uint8_t *>(Image.data());
  for (const std::unique_ptr<OutputSection> &Out : Ctx.OutputSections)
    if (!Out->isNoBits())
      for (const Chunk *C : Out->Chunks)
        C->copyTo(Start + Out->FileOffset + C->OutputOffset);
  relocateImage(Ctx, Start);

  for (size_t I = 1; I < Headers.size(); ++I) {
    uint8_t *Bytes = Start + Headers[I].sh_offset;
    if (Headers[I].sh_type == SHT_SYMTAB) {
      Symbols.writeTable(Bytes);
      Symbols.writeStrings(Start + Headers[I + 1].sh_offset);
    }
  }
  SectionNames.write(Start + Headers.back().sh_offset);
}

SmallVector<char, 0> ImageWriter::write() {
  if (Ctx.OutputSections.size() >= SHN_LORESERVE - 4) {
    Ctx.Diags.error("too many sections of different names for one image: " +
                    Twine(Ctx.OutputSections.size()));
    return {};
  }
  makeSegments();
  assignFileOffsets();
  if (!Ctx.Opts.StripAll)
    Symbols.collect();
  makeSectionHeaders();
  Image.resize(FileEnd);
  writeHeaders();
  writeSections();
  return std::move(Image);
}

} // namespace

SmallVector<char, 0> writeImage(Context &Ctx) {
  return ImageWriter(Ctx).write();
}

} // namespace tatami::linker
