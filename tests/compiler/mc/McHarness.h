// The backend's assembler and disassembler in this process, behind plain types:
// LLVM is built without run-time type information, Catch2 needs it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tatami::test {

class McHarness {
public:
  McHarness();
  ~McHarness();

  /// Assembly text of a word in the machine's own mnemonics and with registers
  /// by number; nothing for a reserved encoding.
  std::optional<std::string> disassemble(uint32_t word);

  struct Assembled {
    std::vector<uint32_t> words; ///< one per instruction
    std::string errors;          ///< diagnostics, empty if all went well
  };
  Assembled assemble(const std::string &text);

private:
  struct Impl;
  std::unique_ptr<Impl> impl;
};

} // namespace tatami::test
