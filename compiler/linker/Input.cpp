//===- Input.cpp - Read and check object files ----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Nothing in a file is believed before it is checked here, so that no later
// step of the link needs to check again.
//
//===----------------------------------------------------------------------===//

#include "Input.h"
#include "Relocate.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Object/Decompressor.h"

using namespace llvm;
using namespace llvm::ELF;

namespace tatami::linker {

static Error fail(const Twine &Message) {
  return createStringError(inconvertibleErrorCode(), Message);
}

/// Larger than any node's memory and any sensible debug section, small enough
/// that sums of sizes never overflow.
constexpr uint64_t MaxSectionSize = uint64_t(1) << 32;
/// What is aligned to more does not fit in a node.
constexpr uint64_t MaxAlignment = uint64_t(1) << 20;

//===----------------------------------------------------------------------===//
// Sections
//===----------------------------------------------------------------------===//

/// Sections that other parts of the reader handle, or that mean nothing to a
/// linked image.
static bool isIgnored(const ElfType::Shdr &Header, StringRef Name) {
  switch (Header.sh_type) {
  case SHT_NULL:
  case SHT_SYMTAB:
  case SHT_SYMTAB_SHNDX:
  case SHT_STRTAB:
  case SHT_RELA:
  case SHT_GROUP:
  case SHT_LLVM_ADDRSIG:
  case SHT_LLVM_CALL_GRAPH_PROFILE:
    return true;
  default:
    return (Header.sh_flags & SHF_EXCLUDE) || Name == ".note.GNU-stack";
  }
}

/// Checks an alignment and brings it to the form that layout relies on.
static Error checkAlignment(StringRef Name, uint64_t Flags,
                            uint64_t &Alignment) {
  Alignment = std::max<uint64_t>(Alignment, 1);
  if (!isPowerOf2_64(Alignment) || Alignment > MaxAlignment)
    return fail("section " + Name + " has alignment " + Twine(Alignment) +
                ", expected a power of two up to " + Twine(MaxAlignment));
  // What is not loaded is aligned only for those who map the file.
  if (!(Flags & SHF_ALLOC))
    Alignment = std::min<uint64_t>(Alignment, 16);
  return Error::success();
}

Error ObjectFile::parse(StringRef Bytes) {
  Expected<ElfFile> Elf = openObject(Bytes);
  if (!Elf)
    return Elf.takeError();
  Expected<ElfType::ShdrRange> HeadersOrError = Elf->sections();
  if (!HeadersOrError)
    return HeadersOrError.takeError();
  Headers = *HeadersOrError;

  if (Error E = parseSections(*Elf))
    return E;
  if (Error E = parseSymbols(*Elf))
    return E;
  if (Error E = parseRelocations(*Elf))
    return E;
  if (Error E = linkSections(*Elf))
    return E;
  for (std::unique_ptr<InputSection> &Section : Sections)
    if (Section)
      if (Error E = splitIntoPieces(*Section))
        return E;
  return Error::success();
}

Error ObjectFile::parseSections(const ElfFile &Elf) {
  // Sections of an object never share bytes. Insisting on it also bounds the
  // work that a hostile file can cause by its own size.
  uint64_t Total = 0;
  for (const ElfType::Shdr &Header : Headers) {
    if (Header.sh_size > MaxSectionSize)
      return fail("broken ELF file: a section of " + Twine(Header.sh_size) +
                  " bytes");
    if (Header.sh_type != SHT_NOBITS && Header.sh_type != SHT_NULL)
      Total += Header.sh_size;
  }
  if (Total > Elf.getBufSize())
    return fail("truncated or broken ELF file: the sections take " +
                Twine(Total) + " bytes, the file has " +
                Twine(Elf.getBufSize()));

  Sections.resize(Headers.size());
  for (uint32_t I = 0; I < Headers.size(); ++I)
    if (Error E = parseSection(Elf, I))
      return E;
  return Error::success();
}

Error ObjectFile::parseSection(const ElfFile &Elf, uint32_t Index) {
  const ElfType::Shdr &Header = Headers[Index];
  Expected<StringRef> Name = Elf.getSectionName(Header);
  if (!Name)
    return Name.takeError();

  if (Header.sh_type == SHT_REL || Header.sh_type == SHT_CREL)
    return fail("section " + *Name +
                " holds relocations in a form that Tatami does not use, "
                "expected SHT_RELA");
  if (Header.sh_type == SHT_SYMTAB) {
    if (SymbolTableHeader)
      return fail("broken ELF file: more than one symbol table");
    SymbolTableHeader = &Header;
  }
  if (isIgnored(Header, *Name))
    return Error::success();

  uint64_t Alignment = Header.sh_addralign;
  if (Error E = checkAlignment(*Name, Header.sh_flags, Alignment))
    return E;

  auto Section = std::make_unique<InputSection>();
  Section->File = this;
  Section->Name = *Name;
  Section->Type = Header.sh_type;
  Section->Flags = Header.sh_flags;
  Section->EntrySize = Header.sh_entsize;
  Section->Index = Index;
  Section->Size = Header.sh_size;
  Section->Alignment = Alignment;
  if (!Section->isNoBits()) {
    Expected<ArrayRef<uint8_t>> Data = Elf.getSectionContents(Header);
    if (!Data)
      return Data.takeError();
    Section->Data = *Data;
  }
  if (Section->Flags & SHF_COMPRESSED)
    if (Error E = decompress(*Section))
      return E;
  Sections[Index] = std::move(Section);
  return Error::success();
}

Error ObjectFile::decompress(InputSection &Section) {
  if (Section.isAlloc() || Section.isNoBits())
    return fail("section " + Section.Name +
                " is compressed, which only debug sections may be");
  Expected<object::Decompressor> Stream = object::Decompressor::create(
      Section.Name, toStringRef(Section.Data), /*IsLE=*/true, /*Is64Bit=*/true);
  if (!Stream)
    return Stream.takeError();
  // No format in use packs much better than 1:1000.
  uint64_t Size = Stream->getDecompressedSize();
  if (Size > MaxSectionSize || Size / 2048 > Section.Data.size())
    return fail("section " + Section.Name + " claims to expand from " +
                Twine(Section.Data.size()) + " to " + Twine(Size) + " bytes");
  SmallVector<uint8_t, 0> &Bytes = Decompressed.emplace_back();
  if (Error E = Stream->resizeAndDecompress(Bytes))
    return E;
  const auto *Header =
      reinterpret_cast<const ElfType::Chdr *>(Section.Data.data());
  uint64_t Alignment = Header->ch_addralign;
  if (Error E = checkAlignment(Section.Name, Section.Flags, Alignment))
    return E;
  Section.Alignment = Alignment;
  Section.Data = Bytes;
  Section.Size = Bytes.size();
  Section.Flags &= ~uint64_t(SHF_COMPRESSED);
  return Error::success();
}

/// Connects sections that live and die together.
Error ObjectFile::linkSections(const ElfFile &Elf) {
  for (const ElfType::Shdr &Header : Headers)
    if (Header.sh_type == SHT_GROUP)
      if (Error E = parseGroup(Elf, Header))
        return E;

  for (std::unique_ptr<InputSection> &Section : Sections) {
    if (!Section || !(Section->Flags & SHF_LINK_ORDER))
      continue;
    uint32_t Link = Headers[Section->Index].sh_link;
    if (Link >= Sections.size())
      return fail("section " + Section->Name + " is linked to section " +
                  Twine(Link) + ", which does not exist");
    if (Sections[Link] && Sections[Link] != Section)
      Sections[Link]->Dependents.push_back(Section.get());
    else
      Section->Flags &= ~uint64_t(SHF_LINK_ORDER);
  }
  return Error::success();
}

Error ObjectFile::parseGroup(const ElfFile &Elf, const ElfType::Shdr &Header) {
  Expected<ArrayRef<ElfType::Word>> Words =
      Elf.getSectionContentsAsArray<ElfType::Word>(Header);
  if (!Words)
    return Words.takeError();
  if (Words->empty())
    return fail("broken ELF file: an empty section group");
  if (Header.sh_info >= RawSymbols.size())
    return fail("broken ELF file: a section group is named by symbol " +
                Twine(Header.sh_info) + ", which does not exist");

  SectionGroup Group;
  Group.Signature = RawSymbols[Header.sh_info].Name;
  Group.IsComdat = Words->front() & GRP_COMDAT;
  InputSection *First = nullptr, *Last = nullptr;
  for (uint32_t Index : Words->drop_front()) {
    if (Index >= Sections.size())
      return fail("broken ELF file: group " + Group.Signature + " has member " +
                  Twine(Index) + ", which does not exist");
    InputSection *Section = Sections[Index].get();
    if (!Section) // Relocations of a member are listed as members too.
      continue;
    if (Section->NextInGroup)
      return fail("broken ELF file: section " + Section->Name +
                  " is in a group twice");
    Section->NextInGroup = First ? First : Section;
    if (Last)
      Last->NextInGroup = Section;
    else
      First = Section;
    Last = Section;
    Group.Members.push_back(Index);
  }
  Groups.push_back(std::move(Group));
  return Error::success();
}

//===----------------------------------------------------------------------===//
// Symbols
//===----------------------------------------------------------------------===//

Error ObjectFile::parseSymbols(const ElfFile &Elf) {
  if (!SymbolTableHeader)
    return Error::success();
  Expected<ElfType::SymRange> Range = Elf.symbols(SymbolTableHeader);
  if (!Range)
    return Range.takeError();
  ElfSymbols = *Range;
  Expected<StringRef> Names =
      Elf.getStringTableForSymtab(*SymbolTableHeader, Headers);
  if (!Names)
    return Names.takeError();
  SymbolNames = *Names;
  if (SymbolTableHeader->sh_info > ElfSymbols.size())
    return fail("broken ELF file: the first global symbol is number " +
                Twine(SymbolTableHeader->sh_info) + " of " +
                Twine(ElfSymbols.size()));

  for (const ElfType::Shdr &Header : Headers) {
    if (Header.sh_type != SHT_SYMTAB_SHNDX)
      continue;
    Expected<ArrayRef<ElfType::Word>> Indices =
        Elf.getSHNDXTable(Header, Headers);
    if (!Indices)
      return Indices.takeError();
    ExtendedIndices = *Indices;
  }

  RawSymbols.resize(ElfSymbols.size());
  Symbols.resize(ElfSymbols.size());
  for (uint32_t I = 0; I < ElfSymbols.size(); ++I) {
    Symbols[I] = &RawSymbols[I];
    if (Error E = parseSymbol(Elf, I))
      return E;
  }
  return Error::success();
}

Error ObjectFile::parseSymbol(const ElfFile &Elf, uint32_t Index) {
  const ElfType::Sym &In = ElfSymbols[Index];
  Symbol &Out = RawSymbols[Index];
  Expected<StringRef> Name = In.getName(SymbolNames);
  if (!Name)
    return Name.takeError();
  Out.Name = *Name;
  Out.File = this;
  Out.Binding = In.getBinding();
  Out.Type = In.getType();
  Out.Visibility = In.getVisibility();
  Out.Value = In.st_value;
  Out.Size = In.st_size;
  Out.IsLocal = Index < SymbolTableHeader->sh_info;
  if (Index == 0) {
    // The null symbol stands for the value 0.
    Out.K = Symbol::Kind::Defined;
    Out.Value = 0;
    return Error::success();
  }
  if (Out.IsLocal != (Out.Binding == STB_LOCAL))
    return fail("broken ELF file: symbol '" + *Name + "' is " +
                (Out.IsLocal ? "among the locals but not local"
                             : "local but among the globals"));
  if (Out.Type == STT_GNU_IFUNC)
    return fail("symbol '" + *Name +
                "' is an ifunc, which static Tatami images do not support");

  if (In.isUndefined()) {
    Out.K = Symbol::Kind::Undefined;
    if (Out.IsLocal)
      return fail("broken ELF file: local symbol '" + *Name +
                  "' is not defined");
    return Error::success();
  }
  if (In.isCommon()) {
    if (!isPowerOf2_64(Out.Value) || Out.Value > MaxAlignment ||
        Out.Size > MaxSectionSize || Out.IsLocal)
      return fail("broken ELF file: common symbol '" + *Name + "' of " +
                  Twine(Out.Size) + " bytes aligned to " + Twine(Out.Value));
    Out.K = Symbol::Kind::Common;
    return Error::success();
  }

  Out.K = Symbol::Kind::Defined;
  if (In.isAbsolute())
    return Error::success();
  Expected<uint32_t> SectionIndex = Elf.getSectionIndex(
      In, ElfSymbols, object::DataRegion<ElfType::Word>(ExtendedIndices));
  if (!SectionIndex)
    return SectionIndex.takeError();
  if (*SectionIndex == 0 || *SectionIndex >= Sections.size())
    return fail("broken ELF file: symbol '" + *Name + "' is in section " +
                Twine(In.st_shndx) + ", which does not exist");
  InputSection *Section = Sections[*SectionIndex].get();
  if (!Section) {
    // In a section that is not linked, such as a group's own: harmless unless
    // referenced, and then reported as undefined.
    Out.K = Out.IsLocal ? Symbol::Kind::Defined : Symbol::Kind::Undefined;
    Out.Value = 0;
    return Error::success();
  }
  if (Out.Type == STT_SECTION && Out.Name.empty())
    Out.Name = Section->Name;
  if (Out.Value > Section->Size)
    return fail("broken ELF file: symbol '" + *Name + "' is at offset " +
                Twine(Out.Value) + " of " + Section->Name + ", which has " +
                Twine(Section->Size) + " bytes");
  Out.Section = Section;
  return Error::success();
}

//===----------------------------------------------------------------------===//
// Relocations and mergeable contents
//===----------------------------------------------------------------------===//

Error ObjectFile::parseRelocations(const ElfFile &Elf) {
  for (const ElfType::Shdr &Header : Headers) {
    if (Header.sh_type != SHT_RELA)
      continue;
    if (Header.sh_info >= Sections.size())
      return fail("broken ELF file: relocations for section " +
                  Twine(Header.sh_info) + ", which does not exist");
    InputSection *Section = Sections[Header.sh_info].get();
    if (!Section)
      continue;
    if (!Section->Relocations.empty())
      return fail("broken ELF file: two relocation sections for " +
                  Section->Name);
    Expected<ArrayRef<ElfRela>> Relocations = Elf.relas(Header);
    if (!Relocations)
      return Relocations.takeError();
    Section->Relocations = *Relocations;
    if (Error E = checkRelocations(*Section))
      return E;
  }
  return Error::success();
}

Error ObjectFile::checkRelocations(const InputSection &Section) {
  for (const ElfRela &Rela : Section.Relocations) {
    uint32_t Type = Rela.getType(/*isMips64EL=*/false);
    const RelocationInfo *Info = findRelocation(Type);
    if (!Info)
      return fail("section " + Section.Name +
                  " has a relocation of unknown type " + Twine(Type) +
                  " at offset 0x" + Twine::utohexstr(Rela.r_offset));
    // Bytes without contents cannot be relocated, hence Data.
    uint64_t Size = Section.Data.size();
    if (Rela.r_offset > Size || Info->Size > Size - Rela.r_offset)
      return fail("relocation " + Info->name() + " at offset 0x" +
                  Twine::utohexstr(Rela.r_offset) + " is outside of section " +
                  Section.Name + " of " + Twine(Size) + " bytes");
    uint32_t SymbolIndex = Rela.getSymbol(/*isMips64EL=*/false);
    if (SymbolIndex >= Symbols.size() && SymbolIndex != 0)
      return fail("section " + Section.Name +
                  " has a relocation with symbol number " + Twine(SymbolIndex) +
                  ", which does not exist");
  }
  if (!Section.Relocations.empty() && Symbols.empty())
    return fail("section " + Section.Name +
                " has relocations, but there is no symbol table");
  return Error::success();
}

/// Cuts a section that may be merged into its elements.
Error ObjectFile::splitIntoPieces(InputSection &Section) {
  bool Merges = (Section.Flags & SHF_MERGE) && !(Section.Flags & SHF_WRITE) &&
                !Section.isNoBits() && Section.Relocations.empty();
  uint64_t Step = Section.EntrySize;
  uint64_t Size = Section.Data.size();
  if (!Merges || Size == 0 || Step == 0 || Step > Size || Size % Step != 0)
    return Error::success();

  bool AreStrings = Section.Flags & SHF_STRINGS;
  auto IsZero = [&](uint64_t Offset) {
    return all_of(Section.Data.slice(Offset, Step),
                  [](uint8_t Byte) { return Byte == 0; });
  };
  if (AreStrings && !IsZero(Size - Step))
    return fail("section " + Section.Name +
                " is marked as strings, but its last string is not terminated");

  bool AtStart = true;
  for (uint64_t Offset = 0; Offset < Size; Offset += Step) {
    if (AtStart)
      Section.Pieces.push_back({Offset});
    AtStart = !AreStrings || IsZero(Offset);
  }
  return Error::success();
}

//===----------------------------------------------------------------------===//
// Where things are
//===----------------------------------------------------------------------===//

void InputSection::copyTo(uint8_t *Destination) const {
  llvm::copy(Data, Destination);
}

Piece *InputSection::findPiece(uint64_t Offset) {
  if (Pieces.empty() || Offset >= Size)
    return nullptr;
  auto After = partition_point(
      Pieces, [&](const Piece &P) { return P.InputOffset <= Offset; });
  return &*std::prev(After);
}

ArrayRef<uint8_t> InputSection::pieceData(const Piece &P) const {
  uint64_t End = &P == &Pieces.back() ? Size : (&P)[1].InputOffset;
  return Data.slice(P.InputOffset, End - P.InputOffset);
}

} // namespace tatami::linker
