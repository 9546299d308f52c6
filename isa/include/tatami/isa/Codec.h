// Words to instructions, instructions to words and to text.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/isa/Inst.h"

#include <cstdint>
#include <optional>
#include <string>

namespace tatami::isa {

/// An instruction with its operands as exec() wants them: immediates are
/// their meaning (sign-extended, in bytes), a result x0 is sinkRegister.
struct DecodedInst {
  Opcode opcode;
  Operands operands;
};

/// The opcode of a word, or nothing for a reserved encoding (generated: a
/// decision tree over the fixed bits).
std::optional<Opcode> findOpcode(uint32_t word);

/// Decodes a word; nothing for a reserved encoding.
std::optional<DecodedInst> decode(uint32_t word);

/// Encodes; nothing if an operand is outside its range.
std::optional<uint32_t> encode(const DecodedInst &inst);
/// The same from an operand struct: encode(Opcode::ADDI, Addi{8, 0, 42}).
template <class T> std::optional<uint32_t> encode(Opcode op, const T &fields) {
  return encode(DecodedInst{op, Operands::of(fields)});
}

/// Value of an operand: a register's number or an immediate's meaning.
int32_t operandValue(const DecodedInst &inst, const OperandInfo &operand);
void setOperandValue(DecodedInst &inst, const OperandInfo &operand,
                     int32_t value);

/// Assembly text. With \p pc, targets of branches are absolute addresses.
std::string disassemble(const DecodedInst &inst,
                        std::optional<uint64_t> pc = std::nullopt);
/// The same from a word; `.word 0x...` for a reserved encoding.
std::string disassemble(uint32_t word,
                        std::optional<uint64_t> pc = std::nullopt);

/// Name of a register: "x5", "v31", "m0", "acc7".
std::string registerName(RegFile file, unsigned number);

} // namespace tatami::isa
