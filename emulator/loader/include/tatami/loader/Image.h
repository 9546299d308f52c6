// A program as the emulator runs it: what an ELF file says, checked.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tatami {

/// A row of the line table: from \c address on, code stems from this line.
struct LineRow {
  uint64_t address;
  uint32_t file; ///< Index into Image::files.
  uint32_t line;
  bool endSequence;
  /// A debugger would stop here, behind the function's prologue.
  bool prologueEnd = false;
};

/// The sections of an image that describe its source (DWARF), as they are.
struct DebugSections {
  std::vector<uint8_t> info, abbrev, str, lineStr, strOffsets, addr, locLists,
      loc, rngLists, ranges, frame;
};

/// Whose files are Image::files[first] and on: the line table at \c offset.
struct LineTableFiles {
  uint64_t offset;
  uint32_t first, count;
};

/// An executable image for one node.
struct Image {
  struct Segment {
    uint64_t address = 0;
    uint64_t memorySize = 0;
    bool writable = false;
    bool executable = false;
    std::vector<uint8_t> data; ///< The rest of memorySize is zero.
  };
  struct Symbol {
    uint64_t address = 0;
    uint64_t size = 0;
    bool isFunction = false;
    std::string name;
  };

  uint64_t entry = 0;
  std::vector<Segment> segments;
  /// Ascending by address.
  std::vector<Symbol> symbols;
  std::vector<std::string> files;
  /// Ascending by address.
  std::vector<LineRow> lines;
  std::vector<LineTableFiles> lineTables;
  DebugSections debug;

  /// The segment with the code.
  const Segment &text() const;
  /// First address that a program may store to.
  uint64_t readOnlyEnd() const;

  /// The function that \p address lies in; null if nobody knows.
  const Symbol *functionAt(uint64_t address) const;
  /// "file:line" of \p address, empty if the image has no line table.
  std::string sourceAt(uint64_t address) const;
};

/// Reads an ELF file from memory. \p sramSize is the room that a node has.
/// Returns an empty string, or what is wrong and what would be right.
std::string readElf(std::span<const uint8_t> bytes, uint64_t sramSize,
                    Image &image);

/// The same for a file; the message begins with the file's name.
std::string readElfFile(const std::string &path, uint64_t sramSize,
                        Image &image);

/// Reads the line tables of DWARF 4 and 5; broken ones are left out, for a
/// report without lines is better than none.
void readLineTable(std::span<const uint8_t> debugLine,
                   std::span<const uint8_t> debugLineStr,
                   std::span<const uint8_t> debugStr, Image &image);

} // namespace tatami
