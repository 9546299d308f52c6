// Line tables of DWARF 4 and 5, enough for "file:line" in a report.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/loader/Bytes.h"
#include "tatami/loader/Image.h"

#include <algorithm>

using namespace tatami;

namespace {

/// A program of more rows than this is broken, not large.
constexpr size_t maxRows = 4'000'000;

struct Strings {
  std::span<const uint8_t> lineStr, str;

  static std::string_view at(std::span<const uint8_t> table, uint64_t offset) {
    ByteReader reader(table);
    reader.seek(std::min<uint64_t>(offset, table.size()));
    return reader.string();
  }
};

/// Forms of DWARF that occur in the tables of files.
enum Form : uint64_t {
  FormData2 = 0x05,
  FormData4 = 0x06,
  FormData8 = 0x07,
  FormString = 0x08,
  FormBlock = 0x09,
  FormData1 = 0x0b,
  FormStrp = 0x0e,
  FormUdata = 0x0f,
  FormData16 = 0x1e,
  FormLineStrp = 0x1f,
};
constexpr uint64_t contentPath = 1, contentDirectory = 2;

/// One unit: its header, then its program.
class LineUnit {
public:
  LineUnit(ByteReader unit, const Strings &strings, Image &image)
      : in(unit), strings(strings), image(image) {}

  void run() {
    version = in.read<uint16_t>();
    if (version < 2 || version > 5)
      return;
    if (version >= 5)
      in.skip(2); // Size of addresses and of segment selectors.
    uint64_t headerLength = in.read<uint32_t>();
    ByteReader header = in.part(headerLength);
    minInstLength = header.read<uint8_t>();
    if (version >= 4)
      header.skip(1); // Operations of a VLIW instruction.
    header.skip(1);   // Whether statements begin at the start.
    lineBase = header.read<int8_t>();
    lineRange = header.read<uint8_t>();
    opcodeBase = header.read<uint8_t>();
    if (header.failed() || lineRange == 0 || opcodeBase == 0)
      return;
    for (unsigned i = 1; i < opcodeBase; ++i)
      lengths.push_back(header.read<uint8_t>());
    if (version >= 5)
      readFiles5(header);
    else
      readFiles4(header);
    if (!header.failed())
      runProgram();
  }

private:
  void addFile(std::string_view name, uint64_t directory) {
    std::string path(name);
    if (!path.starts_with('/') && directory < directories.size() &&
        directory != 0 && !directories[directory].empty())
      path = directories[directory] + "/" + path;
    files.push_back(uint32_t(image.files.size()));
    image.files.push_back(path);
  }

  void readFiles4(ByteReader &header) {
    directories.emplace_back();
    while (!header.failed()) {
      std::string_view name = header.string();
      if (name.empty())
        break;
      directories.emplace_back(name);
    }
    addFile("", 0); // Files count from 1.
    while (!header.failed()) {
      std::string_view name = header.string();
      if (name.empty())
        break;
      uint64_t directory = header.uleb();
      header.uleb(), header.uleb();
      addFile(name, directory);
    }
  }

  void readEntry(ByteReader &header, uint64_t form, std::string_view &text,
                 uint64_t &number) {
    switch (form) {
    case FormString:
      text = header.string();
      return;
    case FormLineStrp:
      text = Strings::at(strings.lineStr, header.read<uint32_t>());
      return;
    case FormStrp:
      text = Strings::at(strings.str, header.read<uint32_t>());
      return;
    case FormUdata:
      number = header.uleb();
      return;
    case FormData1:
      number = header.read<uint8_t>();
      return;
    case FormData2:
      number = header.read<uint16_t>();
      return;
    case FormData4:
      number = header.read<uint32_t>();
      return;
    case FormData8:
      number = header.read<uint64_t>();
      return;
    case FormData16:
      header.skip(16);
      return;
    case FormBlock:
      header.skip(header.uleb());
      return;
    default:
      header.skip(~0ull); // Unknown: give the unit up.
    }
  }

  template <class Add> void readTable5(ByteReader &header, Add add) {
    std::vector<std::pair<uint64_t, uint64_t>> format;
    for (unsigned n = header.read<uint8_t>(); n-- > 0;) {
      uint64_t content = header.uleb();
      format.emplace_back(content, header.uleb());
    }
    uint64_t count = header.uleb();
    if (format.empty())
      return;
    for (uint64_t i = 0; i < count && !header.failed(); ++i) {
      std::string_view name;
      uint64_t directory = 0;
      for (auto [content, form] : format) {
        std::string_view text;
        uint64_t number = 0;
        readEntry(header, form, text, number);
        if (content == contentPath)
          name = text;
        else if (content == contentDirectory)
          directory = number;
      }
      if (!header.failed())
        add(name, directory);
    }
  }

  void readFiles5(ByteReader &header) {
    readTable5(header, [&](std::string_view name, uint64_t) {
      directories.emplace_back(name);
    });
    readTable5(header, [&](std::string_view name, uint64_t directory) {
      addFile(name, directory);
    });
  }

  void emitRow(bool end) {
    if (!dropped && image.lines.size() < maxRows)
      image.lines.push_back({address, file < files.size() ? files[file] : ~0u,
                             line, end, prologueEnd});
    prologueEnd = false;
  }

  void reset() {
    address = 0;
    file = 1;
    line = 1;
    prologueEnd = dropped = false;
  }

  void extended() {
    uint64_t length = in.uleb();
    ByteReader body = in.part(length);
    switch (body.read<uint8_t>()) {
    case 1: // end_sequence
      emitRow(true);
      reset();
      break;
    case 2: // set_address
      address = length == 5 ? body.read<uint32_t>() : body.read<uint64_t>();
      dropped = address == ~uint64_t(0);
      break;
    default:
      break;
    }
  }

  void runProgram() {
    while (!in.atEnd()) {
      unsigned opcode = in.read<uint8_t>();
      if (opcode >= opcodeBase) {
        unsigned adjusted = opcode - opcodeBase;
        address += uint64_t(adjusted / lineRange) * minInstLength;
        line += lineBase + int(adjusted % lineRange);
        emitRow(false);
        continue;
      }
      switch (opcode) {
      case 0:
        extended();
        break;
      case 1: // copy
        emitRow(false);
        break;
      case 2: // advance_pc
        address += in.uleb() * minInstLength;
        break;
      case 3: // advance_line
        line += uint32_t(in.sleb());
        break;
      case 4: // set_file
        file = in.uleb();
        break;
      case 8: // const_add_pc
        address += uint64_t((255 - opcodeBase) / lineRange) * minInstLength;
        break;
      case 9: // fixed_advance_pc
        address += in.read<uint16_t>();
        break;
      case 10: // set_prologue_end
        prologueEnd = true;
        break;
      default: // Columns, blocks and the like.
        for (unsigned i = 0; i < lengths[opcode - 1]; ++i)
          in.uleb();
      }
    }
  }

  ByteReader in;
  const Strings &strings;
  Image &image;
  unsigned version = 0;
  unsigned minInstLength = 1, lineRange = 1, opcodeBase = 1;
  int lineBase = 0;
  std::vector<uint8_t> lengths;
  std::vector<std::string> directories;
  std::vector<uint32_t> files; ///< This unit's numbers to Image::files.
  uint64_t address = 0, file = 1;
  uint32_t line = 1;
  bool prologueEnd = false;
  /// The linker has left this code out and says so by the largest address.
  bool dropped = false;
};

} // namespace

void tatami::readLineTable(std::span<const uint8_t> debugLine,
                           std::span<const uint8_t> debugLineStr,
                           std::span<const uint8_t> debugStr, Image &image) {
  Strings strings{debugLineStr, debugStr};
  ByteReader in(debugLine);
  while (!in.atEnd()) {
    LineTableFiles files = {in.offset(), uint32_t(image.files.size()), 0};
    uint32_t length = in.read<uint32_t>();
    if (length >= 0xfffffff0) // 64-bit DWARF is not needed for 1.25 MB.
      break;
    ByteReader unit = in.part(length);
    if (in.failed())
      break;
    LineUnit(unit, strings, image).run();
    files.count = uint32_t(image.files.size()) - files.first;
    image.lineTables.push_back(files);
  }
  // Where sequences meet, the end of one gives way to the start of the next.
  std::stable_sort(image.lines.begin(), image.lines.end(),
                   [](const LineRow &a, const LineRow &b) {
                     return std::pair(a.address, !a.endSequence) <
                            std::pair(b.address, !b.endSequence);
                   });
}
