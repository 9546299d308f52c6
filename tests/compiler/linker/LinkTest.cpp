//===- LinkTest.cpp - Link in memory and look at the result ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LinkTest.h"
#include "tatami/linker/Diagnostics.h"
#include "llvm/Object/ELF.h"
#include "llvm/Support/VirtualFileSystem.h"
#include <catch2/catch.hpp>

using namespace llvm;

namespace tatami::linker::test {

using ElfFile = object::ELFFile<object::ELF64LE>;

Linked runLink(const std::map<std::string, std::string> &Files,
               const std::vector<std::string> &Args) {
  vfs::InMemoryFileSystem Directory;
  for (const auto &[Name, Bytes] : Files)
    Directory.addFile("/" + Name, 0, MemoryBuffer::getMemBufferCopy(Bytes));
  Directory.setCurrentWorkingDirectory("/");

  Linked Result;
  raw_string_ostream Errors(Result.Errors), Output(Result.Output);
  Diagnostics Diags(Errors, Output);
  std::vector<const char *> Argv;
  for (const std::string &Arg : Args)
    Argv.push_back(Arg.c_str());
  std::optional<Options> Opts = parseOptions(Argv, Diags);
  if (!Opts)
    return Result;
  std::optional<LinkResult> Link = link(*Opts, Directory, Diags);
  // An image exactly if there was no error: nothing else would be honest.
  CHECK(Link.has_value() == !Diags.hasErrors());
  if (!Link)
    return Result;
  Result.Ok = true;
  Result.Map = Link->Map;
  Result.Image.assign(Link->Image.begin(), Link->Image.end());
  return Result;
}

static ElfFile open(const std::string &Image) {
  Expected<ElfFile> Elf = ElfFile::create(Image);
  REQUIRE(bool(Elf));
  return *Elf;
}

std::optional<uint64_t> Linked::symbol(const std::string &Name) const {
  ElfFile Elf = open(Image);
  for (const auto &Header : cantFail(Elf.sections())) {
    if (Header.sh_type != ELF::SHT_SYMTAB)
      continue;
    StringRef Names = cantFail(Elf.getStringTableForSymtab(Header));
    for (const auto &Sym : cantFail(Elf.symbols(&Header)))
      if (cantFail(Sym.getName(Names)) == Name && !Sym.isUndefined())
        return uint64_t(Sym.st_value);
  }
  return std::nullopt;
}

uint64_t Linked::load(uint64_t Address, unsigned Size) const {
  ElfFile Elf = open(Image);
  for (const auto &Segment : cantFail(Elf.program_headers())) {
    if (Segment.p_type != ELF::PT_LOAD || Address < Segment.p_vaddr ||
        Address + Size > Segment.p_vaddr + Segment.p_memsz)
      continue;
    uint64_t Value = 0;
    for (unsigned I = 0; I < Size; ++I) {
      uint64_t Offset = Address - Segment.p_vaddr + I;
      uint8_t Byte =
          Offset < Segment.p_filesz ? Image[Segment.p_offset + Offset] : 0;
      Value |= uint64_t(Byte) << (8 * I);
    }
    return Value;
  }
  FAIL("address " << Address << " is not loaded");
  return 0;
}

std::optional<std::string> Linked::section(const std::string &Name) const {
  ElfFile Elf = open(Image);
  for (const auto &Header : cantFail(Elf.sections()))
    if (cantFail(Elf.getSectionName(Header)) == Name)
      return Header.sh_type == ELF::SHT_NOBITS
                 ? std::string(Header.sh_size, '\0')
                 : Image.substr(Header.sh_offset, Header.sh_size);
  return std::nullopt;
}

uint64_t Linked::sectionAddress(const std::string &Name) const {
  ElfFile Elf = open(Image);
  for (const auto &Header : cantFail(Elf.sections()))
    if (cantFail(Elf.getSectionName(Header)) == Name)
      return Header.sh_addr;
  FAIL("no section " << Name);
  return 0;
}

uint64_t Linked::entry() const { return open(Image).getHeader().e_entry; }

unsigned addStart(ObjectBuilder &Object) {
  unsigned Text =
      Object.section(".text", ObjectBuilder::Text, std::string(64, '\0'));
  Object.global("_start", Text, 0, 64, ELF::STT_FUNC);
  return Text;
}

} // namespace tatami::linker::test
