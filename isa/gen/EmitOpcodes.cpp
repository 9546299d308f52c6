// Opcodes.h: one enumerator per record. Dispatch.inc: the same as an X-macro
// together with the struct that holds the operands.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Emit.h"

#include <fmt/format.h>

#include <map>

namespace tatami::gen {

std::string emitOpcodes(const Machine &machine) {
  std::string out = fileHeader("Opcodes: one per record of the ISA.");
  out += "#pragma once\n\n#include <cstddef>\n#include <cstdint>\n\n"
         "namespace tatami::isa {\n\n"
         "/// What happens to the lanes that a mask leaves out: there is no "
         "mask, they\n/// keep their value, they become zero.\n"
         "enum class Form : uint8_t { Plain, Merge, Zero };\n\n"
         "enum class Opcode : uint16_t {\n";
  for (const Inst &inst : machine.insts)
    out += fmt::format("  {},\n", inst.name);
  out += fmt::format("}};\n\ninline constexpr size_t numOpcodes = {};\n\n"
                     "}} // namespace tatami::isa\n",
                     machine.insts.size());
  return out;
}

std::string emitDispatch(const Machine &machine) {
  std::string out = fileHeader(
      "Every instruction: TATAMI_INST(opcode, struct of its operands).");
  std::map<std::string, unsigned> forms;
  for (const Inst &inst : machine.insts)
    ++forms[inst.baseName];
  out += "#ifndef TATAMI_INST\n#error \"define TATAMI_INST(Opcode, Type)\"\n"
         "#endif\n";
  for (const Inst &inst : machine.insts) {
    std::string type = structName(inst.baseName);
    if (forms[inst.baseName] > 1)
      type += fmt::format("<Form::{}>", inst.form);
    out += fmt::format("TATAMI_INST({}, {})\n", inst.name, type);
  }
  out += "#undef TATAMI_INST\n";
  return out;
}

} // namespace tatami::gen
