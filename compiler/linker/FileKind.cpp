//===- FileKind.cpp - Is this file one we can link? -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Input.h"
#include "tatami/isa/Relocs.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/BinaryFormat/Magic.h"

using namespace llvm;
using namespace llvm::ELF;

namespace tatami::linker {

static Error fail(const Twine &Message) {
  return createStringError(inconvertibleErrorCode(), Message);
}

static Error describeForeignFile(StringRef Bytes) {
  if (Bytes.empty())
    return fail("the file is empty, expected an ELF object or an archive");
  if (all_of(Bytes.take_front(64),
             [](char C) { return isPrint(C) || isSpace(C); }))
    return fail("is a text file, expected an ELF object or an archive (linker "
                "scripts are not supported)");
  return fail("is neither an ELF object nor an archive");
}

static Error checkHeader(StringRef Bytes) {
  if (!Bytes.starts_with(ElfMagic))
    return describeForeignFile(Bytes);
  if (Bytes.size() < sizeof(ElfType::Ehdr))
    return fail("truncated ELF file: " + Twine(Bytes.size()) +
                " bytes are less than an ELF header");
  const auto &Header = *reinterpret_cast<const ElfType::Ehdr *>(Bytes.data());

  // The class and byte order decide where e_machine is, so they come first;
  // a foreign object usually fails here or just below.
  if (Header.e_ident[EI_CLASS] != ELFCLASS64 ||
      Header.e_ident[EI_DATA] != ELFDATA2LSB)
    return fail("is not a 64-bit little-endian ELF file; compile it with "
                "tatami-clang");
  if (Header.e_machine != isa::elfMachine)
    return fail("is built for " + convertEMachineToArchName(Header.e_machine) +
                " (e_machine " + Twine(Header.e_machine) +
                "), expected a Tatami object; compile it with tatami-clang");
  if (Header.e_type != ET_REL)
    return fail("is a linked image or shared object, expected a relocatable "
                "object");
  return Error::success();
}

Expected<ElfFile> openObject(StringRef Bytes) {
  if (Error E = checkHeader(Bytes))
    return E;
  Expected<ElfFile> Elf = ElfFile::create(Bytes);
  if (!Elf)
    return Elf.takeError();

  const ElfType::Ehdr &Header = Elf->getHeader();
  if (Header.e_shoff != 0 && Header.e_shentsize != sizeof(ElfType::Shdr))
    return fail("broken ELF file: section headers of " +
                Twine(Header.e_shentsize) + " bytes, expected " +
                Twine(sizeof(ElfType::Shdr)));
  uint64_t TableSize = uint64_t(Header.e_shnum) * sizeof(ElfType::Shdr);
  if (Header.e_shoff > Bytes.size() ||
      TableSize > Bytes.size() - Header.e_shoff)
    return fail("truncated ELF file: its " + Twine(Bytes.size()) +
                " bytes end before the section headers do");
  return Elf;
}

Error forEachDefinition(StringRef Bytes, function_ref<void(StringRef)> Found) {
  Expected<ElfFile> Elf = openObject(Bytes);
  if (!Elf)
    return Elf.takeError();
  Expected<ElfType::ShdrRange> Headers = Elf->sections();
  if (!Headers)
    return Headers.takeError();
  for (const ElfType::Shdr &Header : *Headers) {
    if (Header.sh_type != SHT_SYMTAB)
      continue;
    Expected<ElfType::SymRange> Symbols = Elf->symbols(&Header);
    if (!Symbols)
      return Symbols.takeError();
    Expected<StringRef> Names = Elf->getStringTableForSymtab(Header, *Headers);
    if (!Names)
      return Names.takeError();
    for (const ElfType::Sym &Sym : *Symbols) {
      if (Sym.isUndefined() || Sym.getBinding() == STB_LOCAL)
        continue;
      Expected<StringRef> Name = Sym.getName(*Names);
      if (!Name)
        return Name.takeError();
      Found(*Name);
    }
    break;
  }
  return Error::success();
}

} // namespace tatami::linker
