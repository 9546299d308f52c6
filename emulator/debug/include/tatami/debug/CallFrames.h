// .debug_frame: where a function's caller left its registers.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace tatami::debug {

/// How to find a register's value in the caller. Numbers are DWARF's.
struct FrameRule {
  enum class Kind : uint8_t {
    Unspecified,   ///< As the calling convention says.
    Undefined,     ///< Lost.
    SameValue,     ///< Still in the register.
    Offset,        ///< In memory, value bytes from the CFA.
    ValueOffset,   ///< It is the CFA plus value.
    Register,      ///< In register number value.
    Expression,    ///< In memory, where the expression says.
    ValueExpression, ///< What the expression says.
  };
  Kind kind = Kind::Unspecified;
  int64_t value = 0;
  std::span<const uint8_t> expression;
};

/// The rules that hold at one instruction.
struct FrameRules {
  static constexpr unsigned registers = 80;
  /// The caller's sp: register plus offset, or an expression if there is one.
  unsigned cfaRegister = 0;
  int64_t cfaOffset = 0;
  std::span<const uint8_t> cfaExpression;
  unsigned returnAddress = 1;
  std::array<FrameRule, registers> rules;
};

/// The table as a whole. It refers to the bytes it was made from. Broken
/// entries are left out.
class CallFrames {
public:
  explicit CallFrames(std::span<const uint8_t> debugFrame);

  /// The code that one entry describes.
  struct Entry {
    uint64_t begin, end;
    size_t cie; ///< Index into cies.
    std::span<const uint8_t> program;
  };
  /// Ascending by address.
  const std::vector<Entry> &entries() const { return fdes; }

  /// The rules before the instruction at \p pc is executed; nothing if no
  /// entry covers it, or a broken one does.
  std::optional<FrameRules> rulesAt(uint64_t pc) const;

private:
  struct Cie {
    uint64_t codeAlignment = 1;
    int64_t dataAlignment = 1;
    unsigned returnAddress = 1;
    std::span<const uint8_t> program;
  };
  bool readCie(uint64_t offset, std::span<const uint8_t> section, Cie &cie);

  std::vector<Cie> cies;
  std::vector<Entry> fdes;
  friend class RuleMachine;
};

} // namespace tatami::debug
