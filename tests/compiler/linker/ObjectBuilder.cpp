//===- ObjectBuilder.cpp - Objects made by hand, for tests ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ObjectBuilder.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Object/ELFTypes.h"

using namespace llvm;
using namespace llvm::ELF;

namespace tatami::linker::test {

using ElfType = object::ELF64LE;

template <typename T> static void append(std::string &Bytes, const T &Value) {
  Bytes.append(reinterpret_cast<const char *>(&Value), sizeof(T));
}

static uint32_t addName(std::string &Names, const std::string &Name) {
  if (Name.empty())
    return 0;
  uint32_t Offset = Names.size();
  Names += Name;
  Names += '\0';
  return Offset;
}

ObjectBuilder::ObjectBuilder() {
  Sections.push_back({"", SHT_NULL, 0, "", 0, 0});
  Relocations.emplace_back();
  Symbols.push_back({});
}

unsigned ObjectBuilder::section(std::string Name, uint64_t Flags,
                                std::string Bytes, uint64_t Alignment,
                                uint32_t Type) {
  uint64_t Size = Bytes.size();
  Sections.push_back(
      {std::move(Name), Type, Flags, std::move(Bytes), Size, Alignment});
  Relocations.emplace_back();
  return Sections.size() - 1;
}

unsigned ObjectBuilder::zeros(std::string Name, uint64_t Flags, uint64_t Size,
                              uint64_t Alignment) {
  unsigned Index = section(std::move(Name), Flags, "", Alignment, SHT_NOBITS);
  Sections[Index].Size = Size;
  return Index;
}

unsigned ObjectBuilder::strings(std::string Name, std::string Bytes) {
  unsigned Index = section(std::move(Name), Strings, std::move(Bytes), 1);
  Sections[Index].EntrySize = 1;
  return Index;
}

unsigned ObjectBuilder::addSymbol(Symbol S) {
  Symbols.push_back(std::move(S));
  return Symbols.size() - 1;
}

static uint8_t symbolInfo(uint8_t Binding, uint8_t Type) {
  return Binding << 4 | Type;
}

unsigned ObjectBuilder::global(std::string Name, unsigned Section,
                               uint64_t Value, uint64_t Size, uint8_t Type,
                               uint8_t Binding, uint8_t Visibility) {
  return addSymbol({std::move(Name), symbolInfo(Binding, Type), Visibility,
                    uint16_t(Section), Value, Size});
}

unsigned ObjectBuilder::weak(std::string Name, unsigned Section,
                             uint64_t Value) {
  return global(std::move(Name), Section, Value, 0, STT_NOTYPE, STB_WEAK);
}

unsigned ObjectBuilder::undefined(std::string Name) {
  return global(std::move(Name), SHN_UNDEF);
}

unsigned ObjectBuilder::undefinedWeak(std::string Name) {
  return weak(std::move(Name), SHN_UNDEF);
}

unsigned ObjectBuilder::common(std::string Name, uint64_t Size,
                               uint64_t Alignment) {
  return global(std::move(Name), SHN_COMMON, Alignment, Size, STT_OBJECT);
}

unsigned ObjectBuilder::local(std::string Name, unsigned Section,
                              uint64_t Value, uint64_t Size, uint8_t Type) {
  ++LocalCount;
  return addSymbol({std::move(Name), symbolInfo(STB_LOCAL, Type), 0,
                    uint16_t(Section), Value, Size});
}

unsigned ObjectBuilder::sectionSymbol(unsigned Section) {
  return local("", Section, 0, 0, STT_SECTION);
}

void ObjectBuilder::relocate(unsigned Section, uint64_t Offset, uint32_t Type,
                             unsigned Symbol, int64_t Addend) {
  Relocations[Section].push_back({Offset, Type, Symbol, Addend});
}

void ObjectBuilder::comdat(unsigned SignatureSymbol,
                           std::vector<unsigned> Members) {
  for (unsigned Member : Members)
    Sections[Member].Flags |= SHF_GROUP;
  Groups.push_back({SignatureSymbol, std::move(Members)});
}

/// The number that each symbol gets in the table: ELF wants locals first.
std::vector<unsigned> ObjectBuilder::symbolOrder() const {
  std::vector<unsigned> Numbers(Symbols.size());
  unsigned NextLocal = 1, NextGlobal = LocalCount + 1;
  for (size_t I = 1; I < Symbols.size(); ++I)
    Numbers[I] = Symbols[I].Info >> 4 == STB_LOCAL ? NextLocal++ : NextGlobal++;
  return Numbers;
}

std::string ObjectBuilder::symbolTable(std::string &Names) const {
  std::vector<unsigned> Numbers = symbolOrder();
  std::vector<const Symbol *> Ordered(Symbols.size());
  for (size_t I = 0; I < Symbols.size(); ++I)
    Ordered[Numbers[I]] = &Symbols[I];

  std::string Bytes;
  for (const Symbol *Sym : Ordered) {
    const Symbol &S = *Sym;
    ElfType::Sym Out = {};
    Out.st_name = addName(Names, S.Name);
    Out.st_info = S.Info;
    Out.st_other = S.Other;
    Out.st_shndx = S.Section;
    Out.st_value = S.Value;
    Out.st_size = S.Size;
    append(Bytes, Out);
  }
  return Bytes;
}

std::string ObjectBuilder::build() const {
  std::vector<Section> All = Sections;
  auto Add = [&](Section S) {
    S.Size = S.Bytes.size();
    All.push_back(std::move(S));
  };
  std::vector<unsigned> Numbers = symbolOrder();
  // Numbers that no symbol has are kept, for tests of wrong ones.
  auto NumberOf = [&](unsigned Symbol) {
    return Symbol < Numbers.size() ? Numbers[Symbol] : Symbol;
  };
  unsigned SymbolTableIndex =
      Sections.size() + Groups.size() +
      llvm::count_if(Relocations, [](const auto &R) { return !R.empty(); });

  for (const Group &G : Groups) {
    std::string Bytes;
    append(Bytes, ElfType::Word(GRP_COMDAT));
    for (unsigned Member : G.Members)
      append(Bytes, ElfType::Word(Member));
    Add({".group", SHT_GROUP, 0, Bytes, 0, 4, 4, SymbolTableIndex,
         NumberOf(G.Signature)});
  }
  for (unsigned I = 0; I < Relocations.size(); ++I) {
    if (Relocations[I].empty())
      continue;
    std::string Bytes;
    for (const Relocation &R : Relocations[I]) {
      ElfType::Rela Out = {};
      Out.r_offset = R.Offset;
      Out.setSymbolAndType(NumberOf(R.Symbol), R.Type, /*IsMips64EL=*/false);
      Out.r_addend = R.Addend;
      append(Bytes, Out);
    }
    Add({".rela" + Sections[I].Name, SHT_RELA, SHF_INFO_LINK, Bytes, 0, 8,
         sizeof(ElfType::Rela), SymbolTableIndex, I});
  }
  std::string Names(1, '\0');
  std::string Table = symbolTable(Names);
  Add({".symtab", SHT_SYMTAB, 0, Table, 0, 8, sizeof(ElfType::Sym),
       SymbolTableIndex + 1, LocalCount + 1});
  Add({".strtab", SHT_STRTAB, 0, Names, 0});

  std::string SectionNames(1, '\0');
  std::vector<uint32_t> NameOffsets;
  for (const Section &S : All)
    NameOffsets.push_back(addName(SectionNames, S.Name));
  NameOffsets.push_back(addName(SectionNames, ".shstrtab"));
  Add({".shstrtab", SHT_STRTAB, 0, SectionNames, 0});

  std::string File(sizeof(ElfType::Ehdr), '\0'), Headers;
  for (size_t I = 0; I < All.size(); ++I) {
    const Section &S = All[I];
    File.resize(alignTo(File.size(), 8));
    ElfType::Shdr Out = {};
    Out.sh_name = NameOffsets[I];
    Out.sh_type = S.Type;
    Out.sh_flags = S.Flags;
    Out.sh_offset = I ? File.size() : 0;
    Out.sh_size = S.Size;
    Out.sh_link = S.Link;
    Out.sh_info = S.Info;
    Out.sh_addralign = S.Alignment;
    Out.sh_entsize = S.EntrySize;
    append(Headers, Out);
    File += S.Bytes;
  }
  File.resize(alignTo(File.size(), 8));

  ElfType::Ehdr Header = {};
  llvm::copy(StringRef(ElfMagic, 4), Header.e_ident);
  Header.e_ident[EI_CLASS] = ELFCLASS64;
  Header.e_ident[EI_DATA] = ELFDATA2LSB;
  Header.e_ident[EI_VERSION] = EV_CURRENT;
  Header.e_type = Type;
  Header.e_machine = Machine;
  Header.e_version = EV_CURRENT;
  Header.e_shoff = File.size();
  Header.e_ehsize = sizeof(Header);
  Header.e_shentsize = sizeof(ElfType::Shdr);
  Header.e_shnum = All.size();
  Header.e_shstrndx = All.size() - 1;
  memcpy(File.data(), &Header, sizeof(Header));
  return File + Headers;
}

std::string
archiveOf(const std::vector<std::pair<std::string, std::string>> &Members) {
  std::string Archive = "!<arch>\n";
  auto Field = [&](std::string Text, size_t Width) {
    Text.resize(Width, ' ');
    Archive += Text;
  };
  for (const auto &[Name, Bytes] : Members) {
    Field(Name + "/", 16);
    Field("0", 12);
    Field("0", 6);
    Field("0", 6);
    Field("644", 8);
    Field(std::to_string(Bytes.size()), 10);
    Archive += "`\n";
    Archive += Bytes;
    if (Archive.size() % 2)
      Archive += '\n';
  }
  return Archive;
}

} // namespace tatami::linker::test
