// Operands.h: one struct of operands per base instruction, a template on Form
// where an instruction has masked forms.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Emit.h"

#include <fmt/format.h>

#include <set>

namespace tatami::gen {

/// The form with the most operands: its fields serve all forms.
static const Inst &richest(const Machine &machine, const std::string &base,
                           unsigned &forms) {
  const Inst *result = nullptr;
  forms = 0;
  for (const Inst &inst : machine.insts) {
    if (inst.baseName != base)
      continue;
    ++forms;
    if (!result || inst.operands.size() > result->operands.size())
      result = &inst;
  }
  return *result;
}

std::string emitOperands(const Machine &machine) {
  std::string out = fileHeader(
      "Operands of each instruction. Registers are numbers, immediates are "
      "their\n// meaning: sign-extended and scaled.");
  out += "#pragma once\n\n#include \"tatami/isa/Opcodes.h\"\n\n"
         "namespace tatami::isa {\n\n";
  std::set<std::string> seen;
  for (const Inst &any : machine.insts) {
    if (!seen.insert(any.baseName).second)
      continue;
    unsigned forms;
    const Inst &inst = richest(machine, any.baseName, forms);
    out += fmt::format("/// {}: {}\n", inst.mnemonic(), inst.brief);
    if (forms > 1)
      out += "template <Form F> ";
    out += fmt::format("struct {} {{\n", structName(inst.baseName));
    if (forms > 1)
      out += "  static constexpr Form form = F;\n";
    std::string names;
    for (const Operand &op : inst.operands)
      if (op.isRegister())
        names += (names.empty() ? "" : ", ") + op.name;
    if (!names.empty())
      out += fmt::format("  uint8_t {};\n", names);
    for (const Operand &op : inst.operands)
      if (!op.isRegister())
        out += fmt::format("  int32_t {};\n", op.name);
    out += "};\n";
  }
  out += "\n} // namespace tatami::isa\n";
  return out;
}

} // namespace tatami::gen
