// What is known of every instruction: fields, registers read and written,
// kind of work. The tables are generated from the TableGen files.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/isa/Opcodes.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>

namespace tatami::isa {

/// Register files. None: the operand is an immediate.
enum class RegFile : uint8_t { X, V, M, Acc, None };

/// Index of the register that swallows writes to x0. Decoding turns a result
/// x0 into it, so that executing an instruction needs no test. An operand that
/// is both read and written keeps 0; who executes restores x0 then.
inline constexpr unsigned sinkRegister = 32;

/// Room for any instruction's operand struct.
struct Operands {
  static constexpr size_t capacity = 12;
  alignas(4) unsigned char bytes[capacity] = {};

  /// The operands as the struct of an instruction, e.g. as<isa::Addi>().
  template <class T> const T &as() const {
    static_assert(std::is_trivially_copyable_v<T> && sizeof(T) <= capacity);
    return *reinterpret_cast<const T *>(bytes);
  }
  template <class T> static Operands of(const T &operands) {
    static_assert(std::is_trivially_copyable_v<T> && sizeof(T) <= capacity);
    Operands result;
    if constexpr (!std::is_empty_v<T>)
      std::memcpy(result.bytes, &operands, sizeof(T));
    return result;
  }
  bool operator==(const Operands &) const = default;
};

/// A run of instruction bits that holds a run of an operand's bits.
struct Segment {
  uint8_t instLow, fieldLow, width;
};

/// One operand: where it is in the word, where in the operand struct, and what
/// it may be.
struct OperandInfo {
  const char *name;
  RegFile file;
  bool source, destination;
  /// Which of the instruction's results it is, if it is one.
  uint8_t result;
  /// Byte offset in the operand struct: registers are one byte, immediates
  /// four.
  uint8_t offset;
  uint8_t bits, shift;
  bool isSigned, pcRelative, isControlRegister;
  uint8_t numSegments;
  Segment segments[3];

  bool isRegister() const { return file != RegFile::None; }
};

/// One record of the ISA.
struct InstInfo {
  const char *name;     ///< Record: VADD_W_M.
  const char *baseName; ///< Record that the forms share: VADD_W.
  const char *mnemonic; ///< vadd.w
  const char *assembly; ///< "vadd.w\t$vd, $vs1, $vs2, $m"
  const char *group;
  Form form;
  uint32_t fixedMask, fixedValue;
  uint8_t numOperands;
  OperandInfo operands[5];
  /// Timing classes of the results, the first also that of the work.
  uint8_t classes[2];
  uint8_t numClasses;
  /// Scalar registers read and written without being named, one bit each.
  uint32_t implicitUses, implicitDefs;
  bool readsPc, mayLoad, mayStore, hasSideEffects;
  bool isConditionalBranch, isJump, isIndirectJump;
  /// It touches a vector, mask or accumulator register: work for the vector
  /// side, which the scalar side runs ahead of.
  bool isVectorSide;
  uint8_t laneBits;
  /// Products in the matrix unit; floating-point operations of any unit, every
  /// lane counted whatever the mask.
  uint16_t macs, flops;

  std::span<const OperandInfo> operandList() const {
    return {operands, numOperands};
  }
};

/// Table of all instructions, indexed by opcode.
extern const InstInfo instInfos[numOpcodes];
inline const InstInfo &info(Opcode op) { return instInfos[size_t(op)]; }

} // namespace tatami::isa
