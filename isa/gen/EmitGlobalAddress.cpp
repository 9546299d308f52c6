// GlobalAddress.h for the emulator, global_address.h for programs and the
// manual's chapter: the layout of a global address, three times from one table.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Emit.h"

#include <fmt/format.h>

#include <cctype>
#include <stdexcept>

namespace tatami::gen {
namespace {

struct Field {
  const Named &row;
  unsigned bits;
  uint64_t mask;
  std::string name() const { // Offset
    std::string text = row.name;
    text[0] = char(std::toupper(text[0]));
    return text;
  }
};

/// Upwards from bit 0, without gaps.
std::vector<Field> fieldsOf(const Machine &machine) {
  std::vector<Field> fields;
  const auto &rows = machine.addressFields;
  for (size_t i = 0; i < rows.size(); ++i) {
    unsigned begin = i ? fields.back().row.number + fields.back().bits : 0;
    unsigned end = i + 1 < rows.size() ? rows[i + 1].number : 64;
    if (rows[i].number != begin || end <= begin || end > 64)
      throw std::runtime_error(
          fmt::format("{}: a field from bit {} up to bit {}, expected one from "
                      "bit {}",
                      rows[i].record, rows[i].number, end, begin));
    fields.push_back(
        {rows[i], end - begin, ~uint64_t(0) >> (64 - (end - begin))});
  }
  if (fields.empty())
    throw std::runtime_error("GlobalAddress.td: no AddressField");
  for (const Named &space : machine.addressSpaces)
    if (space.number > fields.back().mask)
      throw std::runtime_error(fmt::format("{}: {} is too large for {}",
                                           space.record, space.number,
                                           fields.back().row.record));
  return fields;
}

/// SPACE_NODE -> NODE
std::string spaceName(const Named &space) {
  return space.record.substr(std::string("SPACE_").size());
}

} // namespace

std::string emitGlobalAddress(const Machine &machine) {
  std::string out = fileHeader("The layout of a global address.") +
                    "#pragma once\n\n#include <cstdint>\n\n"
                    "namespace tatami::isa {\n\n"
                    "enum class AddressSpace : uint8_t {\n";
  for (const Named &space : machine.addressSpaces)
    out += fmt::format("  /// {}\n  {} = {},\n", space.brief, spaceName(space),
                       space.number);
  out += "};\n\n";
  for (const Field &field : fieldsOf(machine)) {
    bool isSpace = field.row.record == "ADDRESS_SPACE";
    out += fmt::format(
        "inline constexpr unsigned address{}Shift = {};\n"
        "/// {}\nconstexpr {} address{}(uint64_t address) {{\n"
        "  return {}address >> {} & {:#x}{};\n}}\n",
        field.name(), field.row.number, field.row.brief,
        isSpace ? "AddressSpace" : "uint64_t", field.name(),
        isSpace ? "AddressSpace(" : "", field.row.number, field.mask,
        isSpace ? ")" : "");
  }
  return out + "\n} // namespace tatami::isa\n";
}

std::string emitGlobalAddressHeader(const Machine &machine) {
  std::string out =
      fileHeader("The layout of a global address; see <tatami/mesh.h>.") +
      "#ifndef TATAMI_GLOBAL_ADDRESS_H\n#define TATAMI_GLOBAL_ADDRESS_H\n\n"
      "/** What a global address is in. */\nenum tatami_address_space {\n";
  for (const Named &space : machine.addressSpaces)
    out += fmt::format("  /** {} */\n  TATAMI_{} = {},\n", space.brief,
                       space.record, space.number);
  out += "};\n\n";
  for (const Field &field : fieldsOf(machine))
    out += fmt::format("/** {}. */\n#define TATAMI_{}_SHIFT {}\n"
                       "#define TATAMI_{}_MASK {:#x}ull\n",
                       field.row.brief, field.row.record, field.row.number,
                       field.row.record, field.mask);
  return out + "\n#endif\n";
}

std::string emitGlobalAddressManual(const Machine &machine) {
  std::string out = "## Global addresses\n\nAll of it is chosen.\n\n"
                    "| bits | field | meaning |\n|---|---|---|\n";
  for (const Field &field : fieldsOf(machine))
    out += fmt::format("| {} to {} | {} | {} |\n",
                       field.row.number + field.bits - 1, field.row.number,
                       field.row.name, field.row.brief);
  out += "\n| space | name | memory |\n|---|---|---|\n";
  for (const Named &space : machine.addressSpaces)
    out += fmt::format("| {} | {} | {} |\n", space.number, space.name,
                       space.brief);
  return out + "\n";
}

} // namespace tatami::gen
