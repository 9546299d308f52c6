//===- Input.h - Object files and what they are made of ---------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The linker's view of its inputs: files hold sections, sections hold bytes and
// relocations, symbols name places in sections. Everything that the rest of the
// linker indexes with (section numbers, symbol numbers, offsets) is checked
// when a file is read, and only then.
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_LINKER_INPUT_H
#define TATAMI_LINKER_INPUT_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Object/ELF.h"
#include "llvm/Support/MemoryBuffer.h"
#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace llvm::lto {
class InputFile;
}

namespace tatami::linker {

using ElfType = llvm::object::ELF64LE;
using ElfFile = llvm::object::ELFFile<ElfType>;
using ElfRela = ElfType::Rela;

struct InputSection;
struct MergedSection;
struct ObjectFile;
struct OutputSection;

/// Bytes that get a place in an output section.
struct Chunk {
  virtual ~Chunk() = default;
  /// Copies the bytes, not yet relocated, to where they go in the image.
  virtual void copyTo(uint8_t *Destination) const = 0;
  /// The section that this is all of, or null.
  virtual const InputSection *asInputSection() const { return nullptr; }

  OutputSection *Out = nullptr;
  uint64_t OutputOffset = 0;
  uint64_t Size = 0;
  uint64_t Alignment = 1;
};

/// One element of a section whose equal elements are merged: a string or a
/// constant.
struct Piece {
  uint64_t InputOffset;
  /// Offset in the merged section; meaningful if the piece is live.
  uint64_t MergedOffset = 0;
  bool Live = false;
};

/// A section of an object file.
struct InputSection final : Chunk {
  void copyTo(uint8_t *Destination) const override;
  const InputSection *asInputSection() const override { return this; }

  bool isAlloc() const { return Flags & llvm::ELF::SHF_ALLOC; }
  bool isExecutable() const { return Flags & llvm::ELF::SHF_EXECINSTR; }
  bool isTls() const { return Flags & llvm::ELF::SHF_TLS; }
  bool isNoBits() const { return Type == llvm::ELF::SHT_NOBITS; }
  bool isDebug() const { return !isAlloc() && Name.starts_with(".debug"); }
  bool isMergeable() const { return !Pieces.empty(); }

  /// The piece that covers \p Offset, or null if \p Offset is outside.
  Piece *findPiece(uint64_t Offset);
  llvm::ArrayRef<uint8_t> pieceData(const Piece &P) const;

  /// The address in the image of the byte at \p Offset; call after layout.
  uint64_t addressOf(uint64_t Offset) const;

  ObjectFile *File = nullptr;
  llvm::StringRef Name;
  uint32_t Type = 0;
  uint64_t Flags = 0;
  uint64_t EntrySize = 0;
  /// Number in the section header table, for messages.
  uint32_t Index = 0;
  llvm::ArrayRef<uint8_t> Data;
  llvm::ArrayRef<ElfRela> Relocations;

  std::vector<Piece> Pieces;
  MergedSection *Merged = nullptr;

  /// The next member of the section's group; the members form a ring.
  InputSection *NextInGroup = nullptr;
  /// Sections that live when this one does (SHF_LINK_ORDER).
  std::vector<InputSection *> Dependents;
  /// Part of the image. False after a COMDAT group lost or was collected.
  bool Live = false;
  /// Member of a COMDAT group of which another file supplied the copy.
  bool Discarded = false;
};

/// A member of an archive that is linked if a symbol it defines is wanted.
struct ArchiveMember {
  std::string Name;
  llvm::StringRef Bytes;
  bool Extracted = false;
};

/// A name, and what it turned out to mean.
struct Symbol {
  enum class Kind : uint8_t {
    /// Referenced, or just known, and not defined so far.
    Undefined,
    /// Defined by an archive member that is not part of the link yet.
    Lazy,
    /// A tentative definition of C: space of a given size.
    Common,
    Defined,
  };

  bool isUndefined() const { return K == Kind::Undefined; }
  bool isDefined() const { return K == Kind::Defined; }
  bool isWeak() const { return Binding == llvm::ELF::STB_WEAK; }
  bool isReferenced() const { return StrongReference || WeakReference; }

  /// The address; 0 if undefined. Call after layout.
  uint64_t address() const { return addressWithAddend(0); }
  /// The address plus \p Addend, which for a section symbol of a mergeable
  /// section selects the element and so is part of finding it.
  uint64_t addressWithAddend(int64_t Addend) const;

  llvm::StringRef Name;
  Kind K = Kind::Undefined;
  uint8_t Binding = llvm::ELF::STB_GLOBAL;
  uint8_t Type = llvm::ELF::STT_NOTYPE;
  uint8_t Visibility = llvm::ELF::STV_DEFAULT;
  bool StrongReference = false;
  bool WeakReference = false;
  /// Machine code or the command line mentions it, not only bitcode.
  bool UsedByObject = false;
  /// Of a local symbol that no other file can see.
  bool IsLocal = false;
  /// Made by the linker, so that its value is known only after layout.
  bool IsSynthetic = false;

  /// The file that defines it (or, if undefined, first refers to it).
  ObjectFile *File = nullptr;
  /// Null for absolute symbols.
  InputSection *Section = nullptr;
  /// Offset in the section, absolute value, or alignment of a common symbol.
  uint64_t Value = 0;
  uint64_t Size = 0;
  ArchiveMember *Member = nullptr;
};

/// A section that belongs to a group before it is known whether it is kept.
struct SectionGroup {
  llvm::StringRef Signature;
  bool IsComdat = false;
  std::vector<uint32_t> Members;
};

/// A relocatable object, or, until it is compiled, bitcode.
struct ObjectFile {
  explicit ObjectFile(std::string Name);
  ~ObjectFile();

  /// Reads and checks the whole file. \p Bytes must outlive the object.
  llvm::Error parse(llvm::StringRef Bytes);

  /// Null for an object, and once the bitcode has been compiled.
  std::unique_ptr<llvm::lto::InputFile> Bitcode;
  /// Made of bitcode: its groups have won already.
  bool IsCompiledBitcode = false;

  /// How messages call it: `path` or `archive(member)`.
  std::string Name;
  /// Indexed by section number; null where the linker has no use for it.
  std::vector<std::unique_ptr<InputSection>> Sections;
  std::vector<SectionGroup> Groups;

  /// Indexed by symbol number: each symbol as this file has it.
  std::vector<Symbol> RawSymbols;
  /// Indexed by symbol number: what relocations mean, that is, the file's own
  /// locals and the globals that all files share.
  std::vector<Symbol *> Symbols;

private:
  llvm::Error parseSections(const ElfFile &Elf);
  llvm::Error parseSection(const ElfFile &Elf, uint32_t Index);
  llvm::Error parseGroup(const ElfFile &Elf, const ElfType::Shdr &Header);
  llvm::Error parseSymbols(const ElfFile &Elf);
  llvm::Error parseSymbol(const ElfFile &Elf, uint32_t Index);
  llvm::Error parseRelocations(const ElfFile &Elf);
  llvm::Error checkRelocations(const InputSection &Section);
  llvm::Error decompress(InputSection &Section);
  llvm::Error splitIntoPieces(InputSection &Section);
  llvm::Error linkSections(const ElfFile &Elf);

  ElfType::ShdrRange Headers;
  const ElfType::Shdr *SymbolTableHeader = nullptr;
  ElfType::SymRange ElfSymbols;
  llvm::StringRef SymbolNames;
  llvm::ArrayRef<ElfType::Word> ExtendedIndices;
  /// Backing store of sections that were compressed; a deque never moves it.
  std::deque<llvm::SmallVector<uint8_t, 0>> Decompressed;
};

/// Checks that \p Bytes starts like an object this linker can read and opens
/// it. The message says in one sentence what the file is instead.
llvm::Expected<ElfFile> openObject(llvm::StringRef Bytes);

/// Calls \p Found with each global name that \p Bytes defines.
llvm::Error forEachDefinition(llvm::StringRef Bytes,
                              llvm::function_ref<void(llvm::StringRef)> Found);

} // namespace tatami::linker

#endif // TATAMI_LINKER_INPUT_H
