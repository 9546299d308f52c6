//===- Layout.h - Output sections and their addresses -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_LINKER_LAYOUT_H
#define TATAMI_LINKER_LAYOUT_H

#include "Input.h"
#include "tatami/isa/MemoryMap.h"
#include "llvm/ADT/CachedHashString.h"
#include "llvm/ADT/DenseMap.h"

namespace tatami::linker {

struct Context;

/// Where the parts of a node's memory begin and end.
///
///   0x1000       text, then read-only data    one segment, read and execute
///   64-aligned   tdata, arrays, data, bss     one segment, read and write
///   64-aligned   heap
///   top          stacks: thread 3, 2, 1, then thread 0 at the very top
struct MemoryMap {
  /// Page 0 below it traps, so that null pointers do.
  static constexpr uint64_t ImageStart = isa::nullPageBytes;
  /// Segments, heap and stacks start at a multiple of a vector.
  static constexpr uint64_t SegmentAlignment = 64;
  static constexpr uint64_t SecondaryThreads = 3;

  uint64_t TextEnd = 0;
  uint64_t RodataEnd = 0;
  uint64_t DataStart = 0;
  uint64_t DataEnd = 0;
  uint64_t BssStart = 0;
  uint64_t End = 0;
  uint64_t HeapStart = 0;
  uint64_t HeapEnd = 0;

  /// The template that each thread's block of thread-local variables copies.
  uint64_t TlsStart = 0;
  uint64_t TlsDataEnd = 0;
  uint64_t TlsEnd = 0;
  uint64_t TlsAlignment = 1;
};

/// Sections of the image, in the order in which they lie in memory.
enum class SectionRank : uint8_t {
  Text,
  ReadOnlyData,
  TlsData,
  TlsBss,
  PreinitArray,
  InitArray,
  FiniArray,
  RelroData,
  Data,
  Bss,
  NotLoaded,
};

/// A section of the image.
struct OutputSection {
  bool isAlloc() const { return Flags & llvm::ELF::SHF_ALLOC; }
  bool isNoBits() const { return Type == llvm::ELF::SHT_NOBITS; }

  llvm::StringRef Name;
  SectionRank Rank = SectionRank::NotLoaded;
  uint32_t Type = 0;
  uint64_t Flags = 0;
  uint64_t EntrySize = 0;
  uint64_t Alignment = 1;
  uint64_t Address = 0;
  uint64_t Size = 0;
  uint64_t FileOffset = 0;
  /// Number in the image's section header table.
  uint32_t Index = 0;
  std::vector<Chunk *> Chunks;
};

/// The different elements of all input sections that merge with each other.
struct MergedSection final : Chunk {
  /// Returns the offset of an element equal to \p Bytes.
  uint64_t add(llvm::ArrayRef<uint8_t> Bytes);
  void copyTo(uint8_t *Destination) const override;

private:
  llvm::DenseMap<llvm::CachedHashStringRef, uint64_t> Offsets;
  std::vector<std::pair<llvm::StringRef, uint64_t>> Elements;
};

/// The output section that an input section of that name goes to.
llvm::StringRef outputSectionName(llvm::StringRef Name);

/// Keeps one copy of equal elements of mergeable sections.
void mergeEqualElements(Context &Ctx);

/// Gathers live sections in output sections, in the order of the image.
void createOutputSections(Context &Ctx);

/// Gives every section its address and fills in Ctx.Map. Reports an image that
/// does not fit.
void assignAddresses(Context &Ctx);

} // namespace tatami::linker

#endif // TATAMI_LINKER_LAYOUT_H
