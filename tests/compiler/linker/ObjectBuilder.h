//===- ObjectBuilder.h - Objects made by hand, for tests --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Writes relocatable ELF objects without an assembler, so that the linker's
// tests can state exactly what is in their inputs, right or wrong.
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_TESTS_LINKER_OBJECTBUILDER_H
#define TATAMI_TESTS_LINKER_OBJECTBUILDER_H

#include "llvm/BinaryFormat/ELF.h"
#include <cstdint>
#include <string>
#include <vector>

namespace tatami::linker::test {

class ObjectBuilder {
public:
  static constexpr uint64_t Text =
      llvm::ELF::SHF_ALLOC | llvm::ELF::SHF_EXECINSTR;
  static constexpr uint64_t Rodata = llvm::ELF::SHF_ALLOC;
  static constexpr uint64_t Data = llvm::ELF::SHF_ALLOC | llvm::ELF::SHF_WRITE;
  static constexpr uint64_t Tls = Data | llvm::ELF::SHF_TLS;
  static constexpr uint64_t Strings =
      Rodata | llvm::ELF::SHF_MERGE | llvm::ELF::SHF_STRINGS;

  struct Section {
    std::string Name;
    uint32_t Type;
    uint64_t Flags;
    std::string Bytes;
    uint64_t Size; // Of the bytes, or of a section without.
    uint64_t Alignment = 1;
    uint64_t EntrySize = 0;
    uint32_t Link = 0;
    uint32_t Info = 0;
  };

  ObjectBuilder();

  /// Each returns the number of what it added, to refer to it by.
  unsigned section(std::string Name, uint64_t Flags, std::string Bytes,
                   uint64_t Alignment = 4,
                   uint32_t Type = llvm::ELF::SHT_PROGBITS);
  unsigned zeros(std::string Name, uint64_t Flags, uint64_t Size,
                 uint64_t Alignment = 4);
  unsigned strings(std::string Name, std::string Bytes);
  unsigned global(std::string Name, unsigned Section, uint64_t Value = 0,
                  uint64_t Size = 0, uint8_t Type = llvm::ELF::STT_NOTYPE,
                  uint8_t Binding = llvm::ELF::STB_GLOBAL,
                  uint8_t Visibility = llvm::ELF::STV_DEFAULT);
  unsigned weak(std::string Name, unsigned Section, uint64_t Value = 0);
  unsigned undefined(std::string Name);
  unsigned undefinedWeak(std::string Name);
  unsigned common(std::string Name, uint64_t Size, uint64_t Alignment);
  unsigned local(std::string Name, unsigned Section, uint64_t Value = 0,
                 uint64_t Size = 0, uint8_t Type = llvm::ELF::STT_NOTYPE);
  unsigned sectionSymbol(unsigned Section);

  void relocate(unsigned Section, uint64_t Offset, uint32_t Type,
                unsigned Symbol, int64_t Addend = 0);
  void comdat(unsigned SignatureSymbol, std::vector<unsigned> Members);
  Section &operator[](unsigned Index) { return Sections[Index]; }

  uint16_t Machine = 0x5441;
  uint16_t Type = llvm::ELF::ET_REL;

  std::string build() const;

private:
  struct Symbol {
    std::string Name;
    uint8_t Info, Other;
    uint16_t Section;
    uint64_t Value, Size;
  };
  struct Relocation {
    uint64_t Offset;
    uint32_t Type, Symbol;
    int64_t Addend;
  };
  struct Group {
    unsigned Signature;
    std::vector<unsigned> Members;
  };
  unsigned addSymbol(Symbol S);
  std::vector<unsigned> symbolOrder() const;
  std::string symbolTable(std::string &Names) const;

  std::vector<Section> Sections;
  std::vector<Symbol> Symbols;
  std::vector<std::vector<Relocation>> Relocations;
  std::vector<Group> Groups;
  unsigned LocalCount = 0;
};

/// An archive of objects, each a name and its bytes; without an index.
std::string
archiveOf(const std::vector<std::pair<std::string, std::string>> &Members);

} // namespace tatami::linker::test

#endif // TATAMI_TESTS_LINKER_OBJECTBUILDER_H
