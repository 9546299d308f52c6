// Traps.h, ControlRegisters.h, HostCalls.h, Relocs.h, MemoryMap.h,
// DwarfRegisters.h: the small tables.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Emit.h"

#include <fmt/format.h>

#include <cctype>

namespace tatami::gen {
namespace {

std::string begin(const std::string &what) {
  return fileHeader(what) + "#pragma once\n\n#include <cstdint>\n\n"
                            "namespace tatami::isa {\n\n";
}

const char end[] = "\n} // namespace tatami::isa\n";

std::string enumerators(const std::vector<Named> &rows,
                        const std::string &prefix) {
  std::string out;
  for (const Named &row : rows)
    out += fmt::format("  /// {}\n  {} = {},\n", row.brief,
                       row.record.substr(prefix.size()), row.number);
  return out;
}

std::string nameFunction(const char *declaration, const char *otherwise,
                         const std::vector<Named> &rows) {
  std::string out =
      fmt::format("inline {} {{\n  switch (unsigned(number)) {{\n", declaration);
  for (const Named &row : rows)
    out += fmt::format("  case {}:\n    return {};\n", row.number,
                       quote(row.name));
  return out + fmt::format("  default:\n    return {};\n  }}\n}}\n", otherwise);
}

} // namespace

std::string emitTraps(const Machine &machine) {
  std::string out = begin("Every way in which a program can be stopped.");
  out += "enum class TrapKind : uint8_t {\n  /// No trap.\n  None = 0,\n" +
         enumerators(machine.traps, "") + "};\n\n";
  out += "/// The trap's name in reports.\n" +
         nameFunction("const char *trapName(TrapKind number)", "\"none\"",
                      machine.traps);
  out += "\n/// One sentence that says what happened.\n"
         "inline const char *trapBrief(TrapKind kind) {\n"
         "  switch (unsigned(kind)) {\n";
  for (const Named &row : machine.traps)
    out += fmt::format("  case {}:\n    return {};\n", row.number,
                       quote(row.brief));
  return out + "  default:\n    return \"\";\n  }\n}\n" + end;
}

std::string emitControlRegisters(const Machine &machine) {
  std::string out = begin("Numbers of the control registers.");
  out += "enum class ControlRegister : uint16_t {\n" +
         enumerators(machine.controlRegisters, "CSR_") + "};\n\n";
  out += "/// Name of a control register, null if there is none.\n" +
         nameFunction("const char *controlRegisterName(unsigned number)",
                      "nullptr", machine.controlRegisters);
  out += "\ninline bool isWritableControlRegister(unsigned number) {\n"
         "  switch (number) {\n";
  for (const Named &row : machine.controlRegisters)
    if (row.flag)
      out += fmt::format("  case {}:\n", row.number);
  return out + "    return true;\n  default:\n    return false;\n  }\n}\n" +
         end;
}

std::string emitHostCalls(const Machine &machine) {
  std::string out = begin("Numbers of the host calls.");
  out += "enum class HostCall : uint16_t {\n" +
         enumerators(machine.hostCalls, "HOST_") + "};\n";
  return out + end;
}

std::string emitRelocs(const Machine &machine) {
  std::string out = begin("ELF machine number and relocations.");
  out += fmt::format("inline constexpr uint16_t elfMachine = {:#x};\n\n",
                     machine.elfMachine);
  out += "enum class Reloc : uint32_t {\n" + enumerators(machine.relocs, "") +
         "};\n\n/// Name as the ELF specification would have it, null if there "
         "is none.\ninline const char *relocName(uint32_t number) {\n"
         "  switch (number) {\n";
  for (const Named &row : machine.relocs)
    out += fmt::format("  case {}:\n    return \"{}\";\n", row.number,
                       row.record);
  return out + "  default:\n    return nullptr;\n  }\n}\n" + end;
}

std::string emitMemoryMap(const Machine &machine) {
  std::string out = begin("Sizes of a node's memory, in bytes.");
  for (const Named &row : machine.memoryMap) {
    std::string name = row.record;
    name[0] = char(std::tolower(name[0]));
    out += fmt::format("/// {}\ninline constexpr uint64_t {} = {};\n", row.brief,
                       name, row.number);
  }
  return out + end;
}

std::string emitDwarfRegisters(const Machine &machine) {
  static const char *const files[] = {"X", "V", "M", "Acc"};
  std::string out = fileHeader("Registers by their number in debug "
                               "information.") +
                    "#pragma once\n\n#include \"tatami/isa/Inst.h\"\n\n"
                    "namespace tatami::isa {\n\n"
                    "struct DwarfRegister {\n  RegFile file;\n"
                    "  uint8_t number;\n"
                    "  /// A call keeps it.\n  bool kept;\n};\n\n";
  out += fmt::format("inline constexpr DwarfRegister dwarfRegisters[{}] = {{\n",
                     machine.dwarfRegisters.size());
  for (const DwarfRegister &reg : machine.dwarfRegisters)
    out += fmt::format("    {{RegFile::{}, {}, {}}}, // {}\n",
                       files[int(reg.file)], reg.number, reg.kept, reg.name);
  return out + "};\n" + end;
}

} // namespace tatami::gen
