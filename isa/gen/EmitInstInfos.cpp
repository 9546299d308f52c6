// InstInfos.cpp: the table of isa::InstInfo.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Emit.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <stdexcept>

namespace tatami::gen {
namespace {

const char *fileName(File file) {
  static const char *const names[] = {"X", "V", "M", "Acc", "None"};
  return names[size_t(file)];
}

/// Floating-point operations, all lanes counted.
unsigned flopsOf(const Inst &inst) {
  auto starts = [&](const char *prefix) {
    return inst.name.starts_with(prefix);
  };
  if (inst.macs)
    return starts("MMA_S") || starts("MMA_U") ? 0 : 2 * inst.macs;
  if (inst.group != "vector-float" && inst.group != "scalar-float")
    return 0;
  static const char *const arithmetic[] = {"WVFloat", "WVDiv", "WVApprox",
                                           "WVFReduce", "WVFReduceOrdered"};
  if (std::find(std::begin(arithmetic), std::end(arithmetic),
                inst.classes.front()) == std::end(arithmetic))
    return 0;
  unsigned lanes = inst.group == "vector-float" ? 16 : 1;
  bool fused = inst.name.find("MADD") != std::string::npos ||
               inst.name.find("MSUB") != std::string::npos;
  return fused ? 2 * lanes : lanes;
}

uint32_t registerMask(const std::vector<unsigned> &registers) {
  uint32_t mask = 0;
  for (unsigned number : registers)
    mask |= 1u << number;
  return mask;
}

class Emitter {
public:
  explicit Emitter(const Machine &machine) : machine(machine) {
    for (size_t i = 0; i < machine.classes.size(); ++i)
      classIndex[machine.classes[i]] = i;
    // A form without a mask keeps the room of the others' mask, so offsets are
    // those of the form with the most registers.
    for (const Inst &inst : machine.insts) {
      unsigned registers = 0;
      for (const Operand &op : inst.operands)
        registers += op.isRegister();
      unsigned &most = registersOf[inst.baseName];
      most = std::max(most, registers);
      if (most > registers && inst.form != "Plain")
        throw std::runtime_error(inst.name + ": fewer registers than a form");
    }
  }

  std::string run() {
    std::string out = fileHeader("What is known of every instruction.");
    out += "#include \"tatami/isa/Access.h\"\n#include \"tatami/isa/Inst.h\"\n\nnamespace tatami::isa {\n\n"
           "const InstInfo instInfos[numOpcodes] = {\n";
    for (const Inst &inst : machine.insts)
      out += row(inst);
    out += "};\n\nconst uint16_t sramBytesOf[numOpcodes] = {\n";
    for (const Inst &inst : machine.insts)
      out += fmt::format("    {}, // {}\n", inst.sramBytes, inst.name);
    out += "};\n\n} // namespace tatami::isa\n";
    return out;
  }

private:
  /// Registers are single bytes in the order of the form with the most
  /// operands; the immediates follow, aligned to four.
  std::string operands(const Inst &inst) {
    const Inst *rich = &inst;
    for (const Inst &other : machine.insts)
      if (other.baseName == inst.baseName &&
          other.operands.size() > rich->operands.size())
        rich = &other;
    std::map<std::string, unsigned> offset;
    unsigned next = 0;
    for (const Operand &op : rich->operands)
      if (op.isRegister())
        offset[op.name] = next++;
    next = (next + 3) / 4 * 4;
    for (const Operand &op : rich->operands)
      if (!op.isRegister()) {
        offset[op.name] = next;
        next += 4;
      }
    if (next > 12)
      throw std::runtime_error(inst.name + ": operands need over 12 bytes");
    std::string out;
    for (const Operand &op : inst.operands) {
      if (op.segments.size() > 3)
        throw std::runtime_error(inst.name + ": operand " + op.name +
                                 " is scattered over more than 3 places");
      out += fmt::format(
          "\n      {{{}, RegFile::{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {{",
          quote(op.name), fileName(op.file), op.source, op.destination,
          op.result, offset.at(op.name), op.bits, op.shift, op.isSigned,
          op.pcRelative, op.type == "csr", op.segments.size());
      for (const Segment &s : op.segments)
        out += fmt::format("{{{}, {}, {}}}, ", s.instLow, s.fieldLow, s.width);
      out += "}},";
    }
    return out;
  }

  std::string row(const Inst &inst) {
    bool vector = std::any_of(
        inst.operands.begin(), inst.operands.end(), [](const Operand &op) {
          return op.isRegister() && op.file != File::X;
        });
    if (inst.classes.empty() || inst.classes.size() > 2)
      throw std::runtime_error(inst.name + ": one or two timing classes");
    return fmt::format(
        "    {{{}, {}, {}, {},\n     {}, Form::{}, {:#010x}, {:#010x}, {}, "
        "{{{}}},\n     {{{}, {}}}, {}, {:#x}, {:#x}, {}, {}, {}, {}, {}, {}, "
        "{}, {}, {}, {}, {}}},\n",
        quote(inst.name), quote(inst.baseName), quote(inst.mnemonic()),
        quote(inst.asmString), quote(inst.group), inst.form, inst.fixedMask,
        inst.fixedValue, inst.operands.size(), operands(inst),
        classIndex.at(inst.classes.front()),
        classIndex.at(inst.classes.back()), inst.classes.size(),
        registerMask(inst.implicitUses), registerMask(inst.implicitDefs),
        inst.readsPc, inst.mayLoad, inst.mayStore, inst.sideEffects,
        inst.isBranch && !inst.isCall, inst.name == "JAL", inst.name == "JALR",
        vector, inst.laneBits, inst.macs, flopsOf(inst));
  }

  const Machine &machine;
  std::map<std::string, size_t> classIndex;
  std::map<std::string, unsigned> registersOf;
};

} // namespace

std::string emitInstInfos(const Machine &machine) {
  return Emitter(machine).run();
}

std::string emitDispatchFacts(const Machine &machine) {
  std::string out = fileHeader(
      "What an interpreter's loop asks of an instruction at compile time.");
  out += "#pragma once\n\n#include \"tatami/isa/Opcodes.h\"\n\n"
         "namespace tatami::isa {\n\n"
         "struct DispatchFacts {\n"
         "  /// exec() needs the instruction's address.\n"
         "  bool readsPc;\n"
         "  /// It writes an x register that it also reads, so that the decoder\n"
         "  /// cannot redirect x0: restore it.\n"
         "  bool mayWriteX0;\n"
         "  /// It names vector, mask or accumulator registers.\n"
         "  bool isVectorSide;\n"
         "  uint16_t macs, flops;\n};\n\n"
         "inline constexpr DispatchFacts dispatchFacts[] = {\n";
  for (const Inst &inst : machine.insts) {
    bool vector = false, tied = false;
    for (const Operand &op : inst.operands) {
      vector |= op.isRegister() && op.file != File::X;
      tied |= op.tied() && op.file == File::X;
    }
    out += fmt::format("    {{{}, {}, {}, {}, {}}}, // {}\n", inst.readsPc, tied,
                       vector, inst.macs, flopsOf(inst), inst.name);
  }
  return out + "};\n\n} // namespace tatami::isa\n";
}

} // namespace tatami::gen
