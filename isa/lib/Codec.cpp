// Decoding, encoding and printing, driven by the generated tables.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/isa/Codec.h"

#include "tatami/isa/ControlRegisters.h"

#include <fmt/format.h>

#include <string_view>

namespace tatami::isa {

static bool isPureResult(const OperandInfo &operand) {
  return operand.file == RegFile::X && operand.destination && !operand.source;
}

int32_t operandValue(const DecodedInst &inst, const OperandInfo &operand) {
  const unsigned char *at = inst.operands.bytes + operand.offset;
  if (operand.isRegister())
    return *at;
  int32_t value;
  std::memcpy(&value, at, sizeof(value));
  return value;
}

void setOperandValue(DecodedInst &inst, const OperandInfo &operand,
                     int32_t value) {
  unsigned char *at = inst.operands.bytes + operand.offset;
  if (operand.isRegister())
    *at = uint8_t(value);
  else
    std::memcpy(at, &value, sizeof(value));
}

std::optional<DecodedInst> decode(uint32_t word) {
  std::optional<Opcode> opcode = findOpcode(word);
  if (!opcode)
    return std::nullopt;
  DecodedInst inst{*opcode, {}};
  for (const OperandInfo &operand : info(*opcode).operandList()) {
    uint32_t field = 0;
    for (unsigned i = 0; i < operand.numSegments; ++i) {
      const Segment &s = operand.segments[i];
      field |= (word >> s.instLow & ((1u << s.width) - 1)) << s.fieldLow;
    }
    int32_t value = int32_t(field);
    if (operand.isSigned)
      value = int32_t(field << (32 - operand.bits)) >> (32 - operand.bits);
    value = int32_t(uint32_t(value) << operand.shift);
    if (value == 0 && isPureResult(operand))
      value = sinkRegister;
    setOperandValue(inst, operand, value);
  }
  return inst;
}

std::optional<uint32_t> encode(const DecodedInst &inst) {
  const InstInfo &record = info(inst.opcode);
  uint32_t word = record.fixedValue;
  for (const OperandInfo &operand : record.operandList()) {
    int64_t value = operandValue(inst, operand);
    if (value == sinkRegister && isPureResult(operand))
      value = 0;
    int64_t field = value >> operand.shift;
    if (field << operand.shift != value)
      return std::nullopt;
    int64_t low = operand.isSigned ? -(int64_t(1) << (operand.bits - 1)) : 0;
    if (field < low || field >= low + (int64_t(1) << operand.bits))
      return std::nullopt;
    for (unsigned i = 0; i < operand.numSegments; ++i) {
      const Segment &s = operand.segments[i];
      word |= (uint32_t(field >> s.fieldLow) & ((1u << s.width) - 1))
              << s.instLow;
    }
  }
  return word;
}

std::string registerName(RegFile file, unsigned number) {
  static const char *const prefixes[] = {"x", "v", "m", "acc", "?"};
  if (file == RegFile::X && number == sinkRegister)
    number = 0;
  return fmt::format("{}{}", prefixes[size_t(file)], number);
}

static std::string operandText(const DecodedInst &inst,
                               const OperandInfo &operand,
                               std::optional<uint64_t> pc) {
  int32_t value = operandValue(inst, operand);
  if (operand.isRegister())
    return registerName(operand.file, value);
  if (operand.pcRelative && pc)
    return fmt::format("{:#x}", *pc + int64_t(value));
  if (operand.isControlRegister)
    if (const char *name = controlRegisterName(value))
      return name;
  return fmt::format("{}", value);
}

std::string disassemble(const DecodedInst &inst, std::optional<uint64_t> pc) {
  const InstInfo &record = info(inst.opcode);
  std::string_view text = record.assembly;
  std::string result;
  while (!text.empty()) {
    char c = text.front();
    text.remove_prefix(1);
    if (c == '\t')
      c = ' ';
    if (c != '$') {
      result += c;
      continue;
    }
    bool braced = text.starts_with('{');
    text.remove_prefix(braced);
    size_t length = 0;
    while (length < text.size() && std::isalnum((unsigned char)text[length]))
      ++length;
    std::string_view name = text.substr(0, length);
    for (const OperandInfo &operand : record.operandList())
      if (name == operand.name)
        result += operandText(inst, operand, pc);
    text.remove_prefix(length + braced);
  }
  return result;
}

std::string disassemble(uint32_t word, std::optional<uint64_t> pc) {
  if (std::optional<DecodedInst> inst = decode(word))
    return disassemble(*inst, pc);
  return fmt::format(".word {:#010x}", word);
}

} // namespace tatami::isa
