// A small ELF64 reader that trusts nothing.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/loader/Bytes.h"
#include "tatami/isa/MemoryMap.h"
#include "tatami/isa/Relocs.h"
#include "tatami/loader/Image.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

using namespace tatami;

namespace {

/// Page 0 of a node traps: nothing can be loaded there.
constexpr uint64_t imageBase = isa::nullPageBytes;

struct FileHeader {
  uint8_t magic[4], fileClass, data, identVersion, padding[9];
  uint16_t type, machine;
  uint32_t version;
  uint64_t entry, programHeaders, sectionHeaders;
  uint32_t flags;
  uint16_t headerSize, programHeaderSize, programHeaderCount, sectionHeaderSize,
      sectionHeaderCount, sectionNames;
};
static_assert(sizeof(FileHeader) == 64);

struct ProgramHeader {
  uint32_t type, flags;
  uint64_t offset, address, physical, fileSize, memorySize, alignment;
};
static_assert(sizeof(ProgramHeader) == 56);

struct SectionHeader {
  uint32_t name, type;
  uint64_t flags, address, offset, size;
  uint32_t link, info;
  uint64_t alignment, entrySize;
};
static_assert(sizeof(SectionHeader) == 64);

struct ElfSymbol {
  uint32_t name;
  uint8_t info, other;
  uint16_t section;
  uint64_t value, size;
};
static_assert(sizeof(ElfSymbol) == 24);

constexpr uint32_t loadSegment = 1;
constexpr uint32_t flagExecute = 1, flagWrite = 2;
constexpr uint32_t symbolTable = 2, noBits = 8;
constexpr uint16_t executable = 2;

class ElfReader {
public:
  ElfReader(std::span<const uint8_t> bytes, uint64_t sramSize, Image &image)
      : bytes(bytes), sramSize(sramSize), image(image) {}

  std::string run() {
    std::string error = readHeader();
    if (error.empty())
      error = readSegments();
    if (error.empty())
      error = checkSegments();
    if (error.empty())
      readSections();
    return error;
  }

private:
  template <class T> bool readAt(uint64_t offset, T &value) const {
    if (sizeof(T) > bytes.size() || offset > bytes.size() - sizeof(T))
      return false;
    std::memcpy(&value, bytes.data() + offset, sizeof(T));
    return true;
  }

  std::string readHeader() {
    if (bytes.size() < 4 || std::memcmp(bytes.data(), "\177ELF", 4) != 0)
      return "is no ELF file; an image that tatami-ld has linked is needed";
    if (!readAt(0, header))
      return fmt::format("is truncated: an ELF header has {} bytes, the file "
                         "has {}",
                         sizeof(header), bytes.size());
    if (header.fileClass != 2 || header.data != 1)
      return "is no 64-bit little-endian ELF file";
    if (header.machine != isa::elfMachine)
      return fmt::format("is for another machine ({:#x}); Tatami's is {:#x}",
                         header.machine, isa::elfMachine);
    if (header.type != executable)
      return "is no linked executable; tatami-ld makes one of it";
    if (header.programHeaderSize != sizeof(ProgramHeader) ||
        header.programHeaderCount == 0)
      return "has no program headers; tatami-ld writes them";
    return "";
  }

  std::string readSegments() {
    for (unsigned i = 0; i < header.programHeaderCount; ++i) {
      ProgramHeader segment;
      if (header.programHeaders > bytes.size() ||
          !readAt(header.programHeaders + i * sizeof(ProgramHeader), segment))
        return fmt::format("is truncated: program header {} lies beyond the "
                           "end of the file",
                           i);
      if (segment.type != loadSegment || segment.memorySize == 0)
        continue;
      if (segment.fileSize > segment.memorySize)
        return fmt::format("segment {} is larger in the file than in memory",
                           i);
      if (segment.offset > bytes.size() ||
          segment.fileSize > bytes.size() - segment.offset)
        return fmt::format("is truncated: segment {} needs the bytes {:#x} to "
                           "{:#x}, the file has {:#x}",
                           i, segment.offset,
                           segment.offset + segment.fileSize, bytes.size());
      if (segment.memorySize > sramSize ||
          segment.address > sramSize - segment.memorySize)
        return fmt::format(
            "does not fit: segment {} at {:#x} has {} bytes, a node's SRAM "
            "ends at {:#x}",
            i, segment.address, segment.memorySize, sramSize);
      if (segment.address < imageBase)
        return fmt::format("segment {} is at {:#x}; the lowest address is "
                           "{:#x}",
                           i, segment.address, imageBase);
      const uint8_t *begin = bytes.data() + segment.offset;
      image.segments.push_back(
          {segment.address, segment.memorySize,
           (segment.flags & flagWrite) != 0, (segment.flags & flagExecute) != 0,
           std::vector<uint8_t>(begin, begin + segment.fileSize)});
    }
    return "";
  }

  std::string checkSegments() {
    auto &segments = image.segments;
    std::sort(segments.begin(), segments.end(),
              [](auto &a, auto &b) { return a.address < b.address; });
    unsigned texts = 0;
    bool writableSeen = false;
    for (size_t i = 0; i < segments.size(); ++i) {
      const Image::Segment &s = segments[i];
      if (i + 1 < segments.size() &&
          s.address + s.memorySize > segments[i + 1].address)
        return fmt::format("segments at {:#x} and {:#x} overlap", s.address,
                           segments[i + 1].address);
      texts += s.executable;
      if (s.executable && s.writable)
        return fmt::format("segment at {:#x} is both code and writable",
                           s.address);
      if (!s.writable && writableSeen)
        return fmt::format("segment at {:#x} is read-only but behind a "
                           "writable one",
                           s.address);
      writableSeen |= s.writable;
    }
    if (texts != 1)
      return fmt::format("has {} executable segments; exactly one is needed",
                         texts);
    const Image::Segment &text = image.text();
    image.entry = header.entry;
    if (text.address % 4 != 0)
      return fmt::format("its code is at {:#x}, no multiple of 4",
                         text.address);
    if (image.entry % 4 != 0 || image.entry < text.address ||
        image.entry - text.address >= text.data.size())
      return fmt::format("its entry point {:#x} is not in its code",
                         image.entry);
    if (image.readOnlyEnd() > sramSize - 4096)
      return fmt::format("does not fit: code ends at {:#x}, which leaves a "
                         "node no page to write to",
                         image.readOnlyEnd());
    return "";
  }

  std::span<const uint8_t> contents(const SectionHeader &section) const {
    if (section.type == noBits || section.offset > bytes.size() ||
        section.size > bytes.size() - section.offset)
      return {};
    return bytes.subspan(section.offset, section.size);
  }

  static std::string_view stringAt(std::span<const uint8_t> table,
                                   uint64_t offset) {
    if (offset >= table.size())
      return {};
    const char *begin = reinterpret_cast<const char *>(table.data()) + offset;
    return {begin, strnlen(begin, table.size() - offset)};
  }

  /// Symbols and lines are for reports: what is broken in them is left out.
  void readSections() {
    if (header.sectionHeaderSize != sizeof(SectionHeader) ||
        header.sectionHeaders > bytes.size())
      return;
    std::vector<SectionHeader> sections;
    for (unsigned i = 0; i < header.sectionHeaderCount; ++i) {
      SectionHeader section;
      if (!readAt(header.sectionHeaders + i * sizeof(SectionHeader), section))
        return;
      sections.push_back(section);
    }
    std::span<const uint8_t> names, line;
    DebugSections &debug = image.debug;
    const std::pair<std::string_view, std::vector<uint8_t> *> kept[] = {
        {".debug_info", &debug.info},
        {".debug_abbrev", &debug.abbrev},
        {".debug_str", &debug.str},
        {".debug_line_str", &debug.lineStr},
        {".debug_str_offsets", &debug.strOffsets},
        {".debug_addr", &debug.addr},
        {".debug_loclists", &debug.locLists},
        {".debug_loc", &debug.loc},
        {".debug_rnglists", &debug.rngLists},
        {".debug_ranges", &debug.ranges},
        {".debug_frame", &debug.frame}};
    if (header.sectionNames < sections.size())
      names = contents(sections[header.sectionNames]);
    for (const SectionHeader &section : sections) {
      std::string_view name = stringAt(names, section.name);
      if (name == ".debug_line")
        line = contents(section);
      for (auto &[wanted, bytes] : kept)
        if (name == wanted && bytes->empty()) {
          std::span<const uint8_t> all = contents(section);
          bytes->assign(all.begin(), all.end());
        }
      if (section.type == symbolTable && section.link < sections.size())
        readSymbols(contents(section), contents(sections[section.link]));
    }
    std::stable_sort(image.symbols.begin(), image.symbols.end(),
                     [](auto &a, auto &b) { return a.address < b.address; });
    readLineTable(line, debug.lineStr, debug.str, image);
  }

  void readSymbols(std::span<const uint8_t> table,
                   std::span<const uint8_t> names) {
    for (size_t at = 0; at + sizeof(ElfSymbol) <= table.size();
         at += sizeof(ElfSymbol)) {
      ElfSymbol symbol;
      std::memcpy(&symbol, table.data() + at, sizeof(symbol));
      unsigned type = symbol.info & 15;
      std::string_view name = stringAt(names, symbol.name);
      // No type, data, functions: the rest is sections and files.
      if (name.empty() || type > 2 || symbol.section == 0)
        continue;
      image.symbols.push_back(
          {symbol.value, symbol.size, type == 2, std::string(name)});
    }
  }

  std::span<const uint8_t> bytes;
  uint64_t sramSize;
  Image &image;
  FileHeader header;
};

} // namespace

std::string tatami::readElf(std::span<const uint8_t> bytes, uint64_t sramSize,
                            Image &image) {
  return ElfReader(bytes, sramSize, image).run();
}

std::string tatami::readElfFile(const std::string &path, uint64_t sramSize,
                                Image &image) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored))
    return fmt::format("{}: cannot be read: it is a directory", path);
  std::ifstream in(path, std::ios::binary);
  if (!in)
    return fmt::format("{}: cannot be opened: {}", path, std::strerror(errno));
  std::vector<uint8_t> bytes{std::istreambuf_iterator<char>(in), {}};
  if (in.bad() || (bytes.empty() && !in.eof()))
    return fmt::format("{}: cannot be read", path);
  std::string error = readElf(bytes, sramSize, image);
  return error.empty() ? "" : path + ": " + error;
}
