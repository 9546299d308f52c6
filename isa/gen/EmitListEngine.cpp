// ListDescriptor.h for the emulator, list_descriptor.h for programs and the
// manual's chapter: the list engine's descriptor, three times from one table.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Emit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <stdexcept>

namespace tatami::gen {
namespace {

constexpr unsigned descriptorBytes = 64;

/// wait_count -> waitCount
std::string camel(const std::string &snake) {
  std::string out;
  for (size_t i = 0; i < snake.size(); ++i)
    if (snake[i] == '_' && i + 1 < snake.size())
      out += char(std::toupper(snake[++i]));
    else
      out += snake[i];
  return out;
}

std::string kindRecord(const Named &kind) {
  return kind.record.substr(std::string("LIST_").size());
}

unsigned kindMask(const Machine &machine, const ListField &field) {
  unsigned mask = 0;
  for (const Named &kind : machine.listKinds)
    if (std::count(field.kinds.begin(), field.kinds.end(), kind.record))
      mask |= 1u << kind.number;
  return mask;
}

} // namespace

/// The fields must fill a descriptor, each at a multiple of its size.
static void checkFields(const Machine &machine) {
  unsigned end = 0;
  for (const ListField &field : machine.listFields) {
    if (field.offset != end || field.offset % field.bytes)
      throw std::runtime_error(
          fmt::format("{}: field '{}' is at byte {}, expected a multiple of "
                      "its size, at {}",
                      field.record, field.name, field.offset, end));
    end += field.bytes;
  }
  if (end != descriptorBytes)
    throw std::runtime_error(
        fmt::format("ListEngine.td: the fields have {} bytes, a descriptor {}",
                    end, descriptorBytes));
}

std::string emitListDescriptor(const Machine &machine) {
  checkFields(machine);
  std::string out = fileHeader("The list engine's descriptor.") +
                    "#pragma once\n\n#include <cstddef>\n#include <cstdint>\n\n"
                    "namespace tatami::isa {\n\n";
  for (const Named &fact : machine.listFacts) {
    std::string name = fact.record;
    name[0] = char(std::tolower(name[0]));
    out += fmt::format("/// {}\ninline constexpr unsigned {} = {};\n",
                       fact.brief, name, fact.number);
  }
  out += "\nenum class ListKind : uint8_t {\n";
  for (const Named &kind : machine.listKinds)
    out += fmt::format("  /// {}\n  {} = {},\n", kind.brief, kindRecord(kind),
                       kind.number);
  out += "};\n\n/// Name of a kind, null if there is none.\n"
         "inline const char *listKindName(unsigned number) {\n"
         "  switch (number) {\n";
  for (const Named &kind : machine.listKinds)
    out += fmt::format("  case {}:\n    return {};\n", kind.number,
                       quote(kind.name));
  out += "  default:\n    return nullptr;\n  }\n}\n\n"
         "struct alignas(64) ListDescriptor {\n";
  for (const ListField &field : machine.listFields)
    out += fmt::format("  /// {}\n  {} {};\n", field.brief, field.type,
                       camel(field.name));
  out += "};\n";
  for (const ListField &field : machine.listFields)
    out += fmt::format("static_assert(offsetof(ListDescriptor, {}) == {});\n",
                       camel(field.name), field.offset);
  out += fmt::format("static_assert(sizeof(ListDescriptor) == {});\n\n",
                     descriptorBytes);
  out += "/// Name of the first field that is not zero though the descriptor's "
         "kind has no\n/// use for it; null if there is none.\n"
         "inline const char *unusedListField(const ListDescriptor &d) {\n"
         "  unsigned kind = d.kind < 32 ? 1u << d.kind : 0;\n";
  for (const ListField &field : machine.listFields)
    if (field.name != "kind")
      out += fmt::format("  if (d.{} != 0 && !(kind & {:#x}))\n    return {};\n",
                         camel(field.name), kindMask(machine, field),
                         quote(field.name));
  return out + "  return nullptr;\n}\n\n} // namespace tatami::isa\n";
}

std::string emitListHeader(const Machine &machine) {
  checkFields(machine);
  std::string out =
      fileHeader("The list engine's descriptor; see <tatami/list.h>.") +
      "#ifndef TATAMI_LIST_DESCRIPTOR_H\n#define TATAMI_LIST_DESCRIPTOR_H\n\n"
      "#include <stdint.h>\n\n";
  for (const Named &fact : machine.listFacts)
    if (fact.record == "ListContexts")
      out += fmt::format("/** {}. */\n#define TATAMI_LISTS {}\n\n", fact.brief,
                         fact.number);
  out += "/** What a descriptor does. */\nenum tatami_list_kind {\n";
  for (const Named &kind : machine.listKinds)
    out += fmt::format("  /** {} */\n  TATAMI_LIST_{} = {},\n", kind.brief,
                       kindRecord(kind), kind.number);
  out += "};\n\n/** One entry of a list. A field that is left zero has no "
         "effect. */\nstruct __attribute__((aligned(64))) tatami_descriptor "
         "{\n";
  for (const ListField &field : machine.listFields)
    out += fmt::format("  /** {} */\n  {};\n", field.brief, field.declaration);
  return out + "};\ntypedef struct tatami_descriptor tatami_descriptor;\n\n"
               "#endif\n";
}

std::string emitListManual(const Machine &machine) {
  std::string out =
      "## List engine\n\nA descriptor is 64 bytes at a multiple of 64, little "
      "endian. A field that a kind does not use is zero, or the descriptor "
      "traps. How a list runs: `docs/list-engine.md`. All of it is chosen.\n\n"
      "| kind | name | what |\n|---|---|---|\n";
  for (const Named &kind : machine.listKinds)
    out += fmt::format("| {} | {} | {} |\n", kind.number, kind.name, kind.brief);
  out += "\n| byte | type | field | used by | meaning |\n|---|---|---|---|---|\n";
  for (const ListField &field : machine.listFields) {
    std::string users;
    unsigned mask = kindMask(machine, field), count = 0;
    for (const Named &kind : machine.listKinds)
      if (mask >> kind.number & 1) {
        users += (users.empty() ? "" : ", ") + kind.name;
        ++count;
      }
    out += fmt::format("| {} | {} | `{}` | {} | {} |\n", field.offset,
                       field.type.substr(0, field.type.size() - 2), field.name,
                       count == machine.listKinds.size() ? "all" : users,
                       field.brief);
  }
  out += "\n| number | what |\n|---|---|\n";
  for (const Named &fact : machine.listFacts)
    out += fmt::format("| {} | {} |\n", fact.number, fact.brief);
  return out + "\n";
}

} // namespace tatami::gen
